/** What the page for serving a holder says. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";

export const serviceWords = {
  title: { zh: "客户来询", en: "A holder asks" },
  lead: {
    zh: "按客户自己说出的信息查找，写明用途；每查一次，日志就多一条记录，每人每日最多200次。所有号码只显示末四位。",
    en: "Found by what the holder says of himself, for a stated purpose. Each look is an act on record, at most 200 a day for each person. Of every number the last four digits are shown.",
  },
  look: { zh: "查看", en: "Look" },
  purpose: { zh: "用途", en: "Purpose" },
  reference: { zh: "来电、个案或投诉编号", en: "Number of the call, case or complaint" },
  reference_wanted: {
    zh: "编号：写字母、数字或 _ . : -，至多64个。",
    en: "Number: letters, digits or _ . : -, at most 64.",
  },
  said: { zh: "客户自述", en: "What the holder says" },
  said_hint: {
    zh: "客户号，或者卡号末四位、标记号末四位、一笔支付中的任意两项。",
    en: "The customer number, or two of these: last four digits of the card, of the token, one payment.",
  },
  holder: { zh: "客户号", en: "Customer number" },
  holder_wanted: {
    zh: "客户号：写字母、数字或 _ . : -，至多80个。",
    en: "Customer number: letters, digits or _ . : -, at most 80.",
  },
  card: { zh: "卡号末四位", en: "Last four digits of the card" },
  card_wanted: { zh: "卡号末四位：写四位数字。", en: "Last four of the card: give four digits." },
  token: { zh: "标记号末四位", en: "Last four digits of the token" },
  token_wanted: {
    zh: "标记号末四位：写四位数字。",
    en: "Last four of the token: give four digits.",
  },
  paid: { zh: "一笔支付", en: "One payment" },
  paid_all: {
    zh: "一笔支付：商户、金额和日期要一起写。",
    en: "One payment: give merchant, amount and day together.",
  },
  merchant: { zh: "商户编号", en: "Id of the merchant" },
  merchant_wanted: {
    zh: "商户编号：写字母、数字或 . _ -，至多40个。",
    en: "Id of the merchant: letters, digits or . _ -, at most 40.",
  },
  amount: { zh: "金额（元）", en: "Amount (CNY)" },
  day: { zh: "日期", en: "Day" },
  on_record: {
    zh: "{at}查看，已记入日志，编号{act}。",
    en: "Looked at {at}; it is on record as {act}.",
  },
  another: { zh: "查看另一位", en: "Look for another" },
  cards: { zh: "卡片", en: "Cards" },
  tokens: { zh: "支付标记", en: "Tokens" },
  payments: { zh: "最近的支付", en: "Latest payments" },
  declines: { zh: "最近被拒的支付", en: "Latest declines" },
  none: { zh: "没有。", en: "None." },
  number: { zh: "号码", en: "Number" },
  expires: { zh: "有效至", en: "Valid until" },
  state: { zh: "状态", en: "State" },
  scenes: { zh: "场景", en: "Scenes" },
  at: { zh: "时间", en: "Time" },
  where: { zh: "商户", en: "Merchant" },
  sum: { zh: "金额", en: "Amount" },
  captured: { zh: "已扣款", en: "Captured" },
  refunded: { zh: "已退款", en: "Refunded" },
  why: { zh: "原因", en: "Why" },
} as const satisfies Catalogue;

export const PURPOSE_WORDS = {
  enquiry: { zh: "咨询", en: "Enquiry" },
  dispute: { zh: "争议交易", en: "Disputed payment" },
  complaint: { zh: "投诉", en: "Complaint" },
  fraud: { zh: "疑似盗用", en: "Suspected fraud" },
} as const satisfies Readonly<Record<string, Text>>;

export const TOKEN_STATES = {
  active: { word: { zh: "可用", en: "Active" }, tone: "live" },
  suspended: { word: { zh: "已暂停", en: "Suspended" }, tone: "stop" },
  expired: { word: { zh: "已过期", en: "Expired" }, tone: "off" },
  deleted: { word: { zh: "已删除", en: "Deleted" }, tone: "off" },
} as const;

export const CARD_STATES = {
  open: { word: { zh: "可用", en: "Open" }, tone: "live" },
  closed: { word: { zh: "已注销", en: "Closed" }, tone: "off" },
} as const;

export const PAYMENT_STATES = {
  authorised: { zh: "已授权", en: "Authorised" },
  part_captured: { zh: "部分扣款", en: "Captured in part" },
  captured: { zh: "已扣款", en: "Captured" },
  voided: { zh: "已撤销", en: "Void" },
  expired: { zh: "已过期", en: "Expired" },
} as const satisfies Readonly<Record<string, Text>>;

export const CAUSE_OF_SUSPENSION = {
  holder: { zh: "客户本人", en: "by the holder" },
  issuer: { zh: "银行", en: "by the bank" },
  requestor: { zh: "请求方", en: "by the requestor" },
  risk: { zh: "风险控制", en: "for risk" },
  sandbox: { zh: "监管机构", en: "by the supervisor" },
} as const satisfies Readonly<Record<string, Text>>;
