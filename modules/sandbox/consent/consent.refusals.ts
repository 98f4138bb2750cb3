/** What consents to the user statement say no to, in order of precedence. */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of these codes. */
export const refuse = declareRefusals("consent", {
  statement_unknown: {
    category: "absent",
    text: {
      zh: "没有这一版用户明示，或出示的内容与其不符。",
      en: "There is no such version of the user statement, or what was shown is not it.",
    },
    remedy: {
      zh: "核对版本号与散列值。",
      en: "Compare version and hash with the published statement.",
    },
  },
  consent_from_the_future: {
    category: "conflicting",
    text: { zh: "同意的时间晚于现在。", en: "This consent was given later than now." },
    remedy: { zh: "核对时间。", en: "Check the time." },
  },
});
