/**
 * Lantern Consumer Finance 灯塔消费金融, a fictional lender whose customers pay instalments and fees
 * by token; what was paid twice goes back as a refund.
 */
import type { ShopFront } from "../shop/shop.ts";

export const LANTERN: ShopFront = {
  id: "lantern",
  name: { zh: "灯塔消费金融（虚构）", en: "Lantern Consumer Finance (fictional)" },
  trid: "10100000002",
  articles: [
    {
      id: "instalment",
      name: { zh: "分期还款", en: "Instalment" },
      ...{ merchant: "LANTERN-LOAN", mcc: "6012", scene: "lantern-pay", channel: "app" },
    },
    {
      id: "fee",
      name: { zh: "服务费", en: "Service fee" },
      ...{ merchant: "LANTERN-FEE", mcc: "6051", scene: "lantern-pay", channel: "web" },
    },
  ],
};
