/** What asking after an erasure is refused for. */
import { declareRefusals } from "@sandbank/kernel/words";

export const refuse = declareRefusals("tokens", {
  erasure_unknown: {
    category: "absent",
    text: { zh: "没有这份删除凭证。", en: "There is no such receipt of an erasure." },
    remedy: { zh: "核对凭证编号。", en: "Check the receipt's id." },
  },
});
