/** What the issuer's words about a card are refused for, in order of precedence. */
import { declareRefusals } from "@sandbank/kernel/words";

export const refuse = declareRefusals("tokens", {
  issuer_system_only: {
    category: "forbidden",
    text: {
      zh: "卡片事件只能由发卡系统的程序密钥送入。",
      en: "Only the issuer's system tells what became of a card, by its key.",
    },
    remedy: { zh: "由发卡核心系统送入。", en: "Have the issuer's core send it." },
  },
  card_event_place_taken: {
    category: "conflicting",
    text: {
      zh: "该卡的第{seq}号事件已由另一事件占用。",
      en: "Place {seq} among the events of this card belongs to another event.",
    },
    remedy: { zh: "核对事件序号。", en: "Check the event's place." },
  },
});
