/** What the inbox says no to. */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of the inbox's own codes. */
export const refuse = declareRefusals("sandbox inbox", {
  letter_unknown: {
    category: "absent",
    text: { zh: "收件箱里没有这条消息。", en: "There is no such message in your inbox." },
    remedy: { zh: "从收件箱的列表中选择。", en: "Choose one from the list of your inbox." },
  },
});
