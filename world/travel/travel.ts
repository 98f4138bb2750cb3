/**
 * Farsail Travel 远帆旅行, a fictional travel agency: tickets are captured when issued, hotels in two
 * parts (deposit and stay), trips that are called off are voided or refunded.
 */
import type { ShopFront } from "../shop/shop.ts";

export const FARSAIL: ShopFront = {
  id: "farsail",
  name: { zh: "远帆旅行（虚构）", en: "Farsail Travel (fictional)" },
  trid: "10100000001",
  articles: [
    {
      id: "flight",
      name: { zh: "机票", en: "Flight" },
      ...{ merchant: "FARSAIL-AIR", mcc: "4511", scene: "farsail-trips", channel: "app" },
    },
    {
      id: "rail",
      name: { zh: "火车票", en: "Rail ticket" },
      ...{ merchant: "FARSAIL-RAIL", mcc: "4112", scene: "farsail-trips", channel: "web" },
    },
    {
      id: "hotel",
      name: { zh: "酒店", en: "Hotel" },
      ...{ merchant: "FARSAIL-HOTEL", mcc: "7011", scene: "farsail-stays", channel: "app" },
    },
  ],
};
