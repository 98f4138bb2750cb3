/** What the ledger says no to, in order of precedence. Entries that cite a limit use its own code. */
import { declareRefusals } from "../words/index.ts";

export const refuseEntry = declareRefusals("ledger", {
  amount_not_positive: {
    category: "invalid",
    text: { zh: "金额须大于零。", en: "The amount must be greater than zero." },
    remedy: { zh: "填写至少 0.01 元的金额。", en: "Give an amount of at least CNY 0.01." },
  },
  amount_too_large: {
    category: "invalid",
    text: { zh: "金额过大，账户无法记账。", en: "The amount is larger than an account can count." },
    remedy: { zh: "减少金额后再试。", en: "Try a smaller amount." },
  },
  accounts_same: {
    category: "invalid",
    text: { zh: "付款与收款不能是同一账户。", en: "An account cannot pay itself." },
    remedy: { zh: "选择另一个收款账户。", en: "Choose another account to receive." },
  },
  books_differ: {
    category: "invalid",
    text: { zh: "两个账户不在同一账本。", en: "The two accounts belong to different books." },
    remedy: { zh: "选择同一账本的账户。", en: "Choose accounts of one book." },
  },
  account_closed: {
    category: "forbidden",
    text: { zh: "账户已关闭。", en: "The account is closed." },
    remedy: { zh: "使用仍然有效的账户。", en: "Use an account that is open." },
  },
  account_not_empty: {
    category: "conflicting",
    text: {
      zh: "账户尚有余额或未完成的预留。",
      en: "The account still holds a balance or a hold.",
    },
    remedy: { zh: "先结清余额并完成预留。", en: "Settle the balance and finish its holds first." },
  },
  hold_exists: {
    category: "conflicting",
    text: { zh: "该预留编号已被使用。", en: "A hold with this number exists already." },
    remedy: { zh: "换一个编号。", en: "Use another number." },
  },
  hold_absent: {
    category: "absent",
    text: { zh: "没有这笔预留。", en: "There is no such hold." },
    remedy: { zh: "核对预留编号。", en: "Check the number of the hold." },
  },
  hold_expired: {
    category: "conflicting",
    text: {
      zh: "预留已过期，款项已退回。",
      en: "The hold has expired and what it held has gone back.",
    },
    remedy: { zh: "重新发起一笔授权。", en: "Ask for a new authorisation." },
  },
  hold_ended: {
    category: "conflicting",
    text: { zh: "预留已经入账或撤销。", en: "The hold has already been captured or voided." },
    remedy: { zh: "查询这笔交易的当前状态。", en: "Look up where this payment stands." },
  },
  capture_above_hold: {
    category: "exhausted",
    text: {
      zh: "入账金额超过预留余额。",
      en: "The capture is larger than what is left of the hold.",
    },
    remedy: { zh: "入账金额不超过预留余额。", en: "Capture at most what is left." },
  },
  floor_reached: {
    category: "exhausted",
    text: { zh: "账户余额已到下限。", en: "The account is at its floor." },
    remedy: { zh: "减少金额后再试。", en: "Try a smaller amount." },
  },
  funds_insufficient: {
    category: "exhausted",
    text: { zh: "可用余额不足。", en: "There are not enough funds." },
    remedy: { zh: "减少金额，或先存入资金。", en: "Try a smaller amount, or add funds first." },
  },
});
