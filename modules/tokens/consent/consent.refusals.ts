/** Every "no" to a consent, in both languages. */
import { declareRefusals } from "@sandbank/kernel/words";
import { entry } from "../entry.ts";

/** Refuses with one of the codes of consents; in order of precedence. */
export const refuseConsent = declareRefusals("tokens", {
  consent_text_not_current: entry("conflicting", {
    zh: "所同意的文本不是现行版本。",
    en: "What was agreed to is not the text in use.",
    doZh: "重新阅读现行文本后同意。",
    doEn: "Read the text in use and agree to that.",
  }),
  consent_over_already: entry("conflicting", {
    zh: "同意的截止日已过。",
    en: "The consent's last day has passed.",
    doZh: "选择今天或以后的日期。",
    doEn: "Choose today or a later day.",
  }),
});
