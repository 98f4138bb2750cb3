/** What is said to somebody who leaves and has what names him erased. */
import type { Catalogue } from "@sandbank/ui";

export const leavingWords = {
  title: { zh: "退出并删除我的信息", en: "Leave, and have my data erased" },
  lead: {
    zh: "您可以随时退出。三步都完成后，智令业务里不再有能指认您的内容；登录账户和您提出的投诉不在其内。",
    en: "You can leave at any time. After three steps nothing of the tokens' business names you any more; your sign-in and your complaints are not part of it.",
  },
  tokens: { zh: "一、注销全部智令", en: "1. Delete every token" },
  tokens_left: {
    zh: "还有{n}个智令没有注销。",
    en: { one: "{n} token is not deleted yet.", other: "{n} tokens are not deleted yet." },
  },
  tokens_none: { zh: "没有未注销的智令。", en: "No token is left." },
  to_token: { zh: "去注销{name}（尾号{tail}）", en: "Delete {name}, ending {tail}" },
  money: { zh: "二、结清卡上的钱", en: "2. Settle the money on your cards" },
  money_card: { zh: "尾号{tail}的卡上有{amount}。", en: "{amount} is on the card ending {tail}." },
  money_back: { zh: "转回我的账户", en: "Return it to my account" },
  money_held: {
    zh: "另有{amount}为已授权的付款冻结，扣款、撤销或到期后再来。",
    en: "{amount} more is held for payments under way; come back once they are taken, voided or expired.",
  },
  money_none: {
    zh: "卡上没有钱，也没有待扣的款。",
    en: "There is no money on your cards and none on hold.",
  },
  erase: { zh: "三、删除我的信息", en: "3. Erase my data" },
  erase_about: {
    zh: "删除后无法恢复，付款记录和通知都不再能查看。金额和分录留在账上，不含姓名。",
    en: "This cannot be undone: you will read none of your payments and notices again. Amounts and postings stay in the books, without a name.",
  },
  not_yet: { zh: "前两步完成后才能删除。", en: "It can be done once the first two steps are." },
  act: { zh: "删除我的信息", en: "Erase my data" },
  sure: {
    zh: "确定删除？您会得到一份凭证，写明删了什么、留下什么。",
    en: "Erase for good? You get a receipt that says what is gone and what stays.",
  },
  yes: { zh: "确定删除", en: "Erase for good" },
  keep: { zh: "不删除", en: "Keep it" },
  receipt: { zh: "删除凭证", en: "Receipt of the erasure" },
  receipt_lead: {
    zh: "已删除。凭证不写您的姓名，凭编号随时可查。",
    en: "It is erased. The receipt does not name you and can be read by its number at any time.",
  },
  number: { zh: "凭证编号", en: "Number of the receipt" },
  at: { zh: "时间", en: "Time" },
  cards: { zh: "卡片", en: "Cards" },
  acts: { zh: "不再能打开的操作记录", en: "Acts that open no more" },
  payments: { zh: "去掉姓名的付款", en: "Payments without your name" },
  vault: { zh: "保险库", en: "The vault" },
  vault_waiting: { zh: "正在销毁", en: "Being destroyed" },
  vault_done: {
    zh: "{at}已销毁：密文{sealed}份，索引{claims}个",
    en: "Destroyed at {at}: ciphertexts {sealed}, index entries {claims}",
  },
  covers: { zh: "删除了什么", en: "What is gone" },
  stays: { zh: "留下什么，为什么", en: "What stays, and why" },
} as const satisfies Catalogue;
