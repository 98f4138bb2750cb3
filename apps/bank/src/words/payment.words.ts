/** What the pages of payments say, and what stands in the way of one. */
import type { Text } from "@sandbank/kernel/words";
import type { HeldPayment } from "@sandbank/tokens/contract";
import type { Catalogue, Tone } from "@sandbank/ui";

export const paymentWords = {
  title: { zh: "付款", en: "Payments" },
  latest: { zh: "最近付款", en: "Latest payments" },
  all: { zh: "全部付款", en: "All payments" },
  show: { zh: "显示", en: "Show" },
  show_all: { zh: "最近的", en: "Latest" },
  show_paid: { zh: "已付款", en: "Paid" },
  show_declined: { zh: "未付款", en: "Not paid" },
  none: { zh: "还没有付款。", en: "No payment yet." },
  none_declined: {
    zh: "没有未付款的。被拒绝的付款会在这里说明原因。",
    en: "None. A payment that is declined is explained here.",
  },
  declined: { zh: "未付款", en: "Not paid" },
  refunded: { zh: "已退{amount}", en: "{amount} refunded" },
  with_token: { zh: "用智令尾号{tail}", en: "By the token ending {tail}" },
  decline_lead: {
    zh: "在{merchant}的{amount}没有付成，钱没有动。",
    en: "{amount} at {merchant} was not paid. No money has moved.",
  },
  gap: { zh: "差在哪里", en: "What it fell short by" },
  cap: { zh: "上限", en: "Cap" },
  used: { zh: "当时已用", en: "Used by then" },
  left: { zh: "还可用", en: "Left" },
  asked: { zh: "这笔付款", en: "This payment" },
  short: { zh: "差额", en: "Short by" },
  why: { zh: "还有哪些原因", en: "What else stood in the way" },
  remedy: { zh: "可以怎么办", en: "What you can do" },
  this_payment: { zh: "这笔付款", en: "This payment" },
  merchant: { zh: "商户", en: "Merchant" },
  scene: { zh: "场景", en: "Scene" },
  order: { zh: "订单", en: "Order" },
  at: { zh: "时间", en: "Time" },
  by: { zh: "依据", en: "Rule" },
  by_holder: { zh: "您设的限制，第{version}版", en: "Your own limits, version {version}" },
  by_issuer: { zh: "银行设的限制，第{version}版", en: "The bank's limits, version {version}" },
  by_pilot: { zh: "试点的上限，声明书{clause}条", en: "The pilot's cap, clause {clause}" },
  number: { zh: "编号", en: "Reference" },
  change_limits: { zh: "修改限额", en: "Change the limits" },
  change_hours: { zh: "修改可用时间", en: "Change the hours" },
  not_you: { zh: "不是您付的？暂停这个智令", en: "Was it not you? Pause this token" },
  complain: { zh: "投诉", en: "Complain" },
  confirm_ahead: {
    zh: "是您要付的吗？确认后，商户十分钟内再收一次就能付成。",
    en: "Is it you who wants to pay? Confirm it, and it passes when the merchant tries again within ten minutes.",
  },
  confirm_payment: { zh: "确认这笔付款", en: "Confirm this payment" },
  confirm_why: {
    zh: "您确认的是：在{merchant}付{amount}，一次，十分钟内有效。",
    en: "You confirm this: {amount} at {merchant}, once, within ten minutes.",
  },
  confirmed: {
    zh: "已确认，{until}前有效。让商户再收一次。",
    en: "It is confirmed until {until}. Have the merchant try again.",
  },
  absent: { zh: "没有找到这笔付款", en: "This payment was not found" },
  absent_text: {
    zh: "它可能更早，从付款列表里往前翻。",
    en: "It may be an earlier one: page back in the list of payments.",
  },
} as const satisfies Catalogue;

/** How a payment stands, as its payer says it. */
export const STATE_WORDS: Readonly<
  Record<HeldPayment["state"], { readonly word: Text; readonly tone: Tone }>
> = {
  authorised: { word: { zh: "待扣款", en: "On hold" }, tone: "live" },
  part_captured: { word: { zh: "已付一部分", en: "Paid in part" }, tone: "live" },
  captured: { word: { zh: "已付款", en: "Paid" }, tone: "ok" },
  voided: { word: { zh: "已撤销", en: "Cancelled" }, tone: "off" },
  expired: { word: { zh: "已过期，没有扣款", en: "Expired, nothing paid" }, tone: "off" },
};

/**
 * Titles of declines, short enough for a line of a list; whose rule it was stands on the decline's own
 * page. What is not listed is said by the sentence that comes with it.
 */
export const DECLINE_WORDS: Readonly<Record<string, Text>> = {
  token_payment_amount_exceeded: { zh: "超过了单笔限额", en: "Above the limit for one payment" },
  token_payment_below_least: { zh: "低于单笔下限", en: "Below the least for one payment" },
  token_day_amount_exceeded: { zh: "超过了每天限额", en: "Above the limit for a day" },
  token_day_count_exceeded: { zh: "超过了每天笔数", en: "Above the number of payments a day" },
  token_week_amount_exceeded: { zh: "超过了每周限额", en: "Above the limit for a week" },
  token_week_count_exceeded: { zh: "超过了每周笔数", en: "Above the number of payments a week" },
  token_month_amount_exceeded: { zh: "超过了每月限额", en: "Above the limit for a month" },
  token_month_count_exceeded: { zh: "超过了每月笔数", en: "Above the number of payments a month" },
  token_life_amount_exceeded: { zh: "超过了累计限额", en: "Above the limit altogether" },
  token_life_count_exceeded: {
    zh: "超过了累计笔数",
    en: "Above the number of payments altogether",
  },
  token_confirmation_needed: { zh: "要您先确认", en: "You have to confirm it first" },
  token_cryptogram_required: { zh: "缺少支付密文", en: "It came without a cryptogram" },
  token_hour_closed: { zh: "不在允许的时段", en: "Outside the allowed hours" },
  token_holiday_closed: { zh: "节假日不能付款", en: "Nothing is paid on public holidays" },
  token_before_first_day: { zh: "还没到允许的第一天", en: "Before the first day allowed" },
  token_after_last_day: { zh: "已过允许的最后一天", en: "After the last day allowed" },
  token_suspended: { zh: "智令已暂停", en: "The token is paused" },
  token_expired: { zh: "智令已过期", en: "The token has expired" },
  token_deleted: { zh: "智令已注销", en: "The token is deleted" },
  scene_not_of_token: { zh: "智令不用在这个场景", en: "The token does not serve this scene" },
  funds_insufficient: { zh: "卡上的钱不够", en: "There is not enough money on the card" },
  customer_limit_exceeded: {
    zh: "超过了试点给每位客户的上限",
    en: "Above what the pilot allows a customer",
  },
  pilot_limit_exceeded: { zh: "超过了整个试点的上限", en: "Above what the whole pilot may do" },
  single_amount_exceeded: {
    zh: "超过了试点的单笔上限",
    en: "Above what the pilot allows in one payment",
  },
  class_closed: { zh: "试点暂停了新付款", en: "The pilot takes no new payments now" },
  outside_test_period: { zh: "试点不在测试期内", en: "The pilot's test is not running" },
};
