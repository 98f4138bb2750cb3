/** What reading templates of regimes says no to. */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of the regimes' own codes. */
export const refuse = declareRefusals("sandbox regimes", {
  regime_unknown: {
    category: "absent",
    text: { zh: "没有这个监管制度的模板。", en: "There is no template of such a regime." },
    remedy: { zh: "从模板列表中选择。", en: "Choose one from the list of templates." },
  },
});
