/** The one refusal of a text that holds what it must not. */
import { declareRefusals } from "@sandbank/kernel/words";

export const refuse = declareRefusals("tokens", {
  card_number_in_text: {
    category: "invalid",
    text: {
      zh: "此处不得填写卡号（{masked}）。内容未被保存。",
      en: "A card number ({masked}) does not belong here. Nothing of it was kept.",
    },
    remedy: {
      zh: "去掉卡号后重试；卡号只在绑卡时填写。",
      en: "Take it out and try again; a number is given only where a card is bound.",
    },
  },
});
