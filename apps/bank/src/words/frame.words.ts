/** What the frame of the app and the parts of every page say. */
import type { Catalogue } from "@sandbank/ui";

export const frameWords = {
  name: { zh: "智令", en: "Zhiling" },
  tokens: { zh: "智令", en: "Tokens" },
  cards: { zh: "卡片", en: "Cards" },
  payments: { zh: "付款", en: "Payments" },
  notices: { zh: "通知", en: "Notices" },
  me: { zh: "我的", en: "Me" },
  public_page: { zh: "试点公示页", en: "Public page of the pilot" },
  demo: {
    zh: "模拟：银行、商户、卡片和资金均属虚构，不涉及真实付款。演示时间{now}。",
    en: "Simulated: bank, merchants, cards and money are fictional; nothing real is paid. Demo time {now}.",
  },
  reading: { zh: "正在读取", en: "Reading" },
  sending: { zh: "正在提交", en: "Sending" },
  absent: { zh: "没有这个页面", en: "There is no such page" },
  absent_text: {
    zh: "地址可能有误，或者内容已经移走。",
    en: "The address may be wrong, or what stood here has moved.",
  },
  to_tokens: { zh: "回到我的智令", en: "Back to my tokens" },
  broken: { zh: "这一页没有显示出来", en: "This page could not be shown" },
  broken_text: {
    zh: "页面程序出了错，没有提交任何内容。重新载入后再试。",
    en: "The page itself failed and sent nothing. Reload it and try again.",
  },
  reload: { zh: "重新载入", en: "Reload" },
  cancel: { zh: "不改了", en: "Leave it as it is" },
  earlier: { zh: "更早的", en: "Earlier" },
  newest: { zh: "回到最新", en: "Back to the newest" },
} as const satisfies Catalogue;
