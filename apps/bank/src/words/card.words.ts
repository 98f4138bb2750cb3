/** What the pages of cards say. */
import type { Text } from "@sandbank/kernel/words";
import type { HeldCard } from "@sandbank/tokens/contract";
import type { Catalogue, Tone } from "@sandbank/ui";

export const cardWords = {
  title: { zh: "我的卡片", en: "My cards" },
  lead: {
    zh: "卡号只存在银行的保险库里，商户、通知和这个应用里都没有。",
    en: "Card numbers stay in the bank's vault; no merchant, notice or page of this app has one.",
  },
  none: {
    zh: "您还没有添加卡片。添加后就能为它申请智令。",
    en: "You have added no card. With one you can make tokens for it.",
  },
  tail: { zh: "尾号{tail}", en: "Ending {tail}" },
  good_until: { zh: "有效期至{month}", en: "Good until {month}" },
  available: { zh: "可用", en: "Available" },
  held: { zh: "其中待扣{held}", en: "{held} on hold" },
  add: { zh: "添加卡片", en: "Add a card" },
  token_for: { zh: "为这张卡申请智令", en: "Make a token for this card" },
  empty_money: {
    zh: "卡上还没有钱，但已经可以申请智令。演示中由银行人员存入，方法见README的“In ten minutes”一节。",
    en: "There is no money on it yet, but you can make a token. In the demonstration staff of the bank put money there, as the README shows under “In ten minutes”.",
  },
  bind_lead: {
    zh: "在银行绑定一次，以后在商户只用智令。",
    en: "Bind it once, at the bank; at merchants you use tokens from then on.",
  },
  number: { zh: "卡号", en: "Card number" },
  number_hint: {
    zh: "演示用卡号以9999开头，例如9999 0200 0000 0010；不要输入真实卡号。",
    en: "Cards of the demonstration begin with 9999, such as 9999 0200 0000 0010. Do not enter a real one.",
  },
  fill: { zh: "填一张演示用的卡", en: "Fill in a card of the demonstration" },
  number_hint_live: {
    zh: "卡正面的12到19位数字",
    en: "The 12 to 19 digits on the front of the card",
  },
  number_fault: { zh: "卡号是12到19位数字", en: "A card number has 12 to 19 digits" },
  expires: { zh: "有效期", en: "Good until" },
  expires_hint: {
    zh: "卡面上的月/年，例如12/30",
    en: "Month and year as on the card, such as 12/30",
  },
  expires_fault: { zh: "有效期写成12/30", en: "Write month and year such as 12/30" },
  bind: { zh: "绑定这张卡", en: "Bind the card" },
  bound: { zh: "卡已绑定。", en: "The card is bound." },
  token_now: { zh: "接着申请智令", en: "Go on and make a token" },
} as const satisfies Catalogue;

/** How a card stands, by what its issuer said of it. */
export const STATE_WORDS: Readonly<
  Record<HeldCard["state"], { readonly word: Text; readonly tone: Tone }>
> = {
  open: { word: { zh: "正常", en: "Open" }, tone: "ok" },
  lost: { word: { zh: "已挂失", en: "Reported lost" }, tone: "warn" },
  closing: { word: { zh: "正在注销", en: "Being closed" }, tone: "warn" },
  closed: { word: { zh: "已注销", en: "Closed" }, tone: "off" },
};
