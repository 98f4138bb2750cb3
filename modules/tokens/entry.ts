/** The shape of one refusal of payment tokens: category, sentence and remedy in both languages. */
import type { Category, RefusalEntry } from "@sandbank/kernel/words";

/** One line of a table of refusals. */
export const entry = <const C extends Exclude<Category, "unauthenticated">>(
  category: C,
  said: {
    readonly zh: string;
    readonly en: string;
    readonly doZh: string;
    readonly doEn: string;
  },
): RefusalEntry & { readonly category: C } => ({
  category,
  text: { zh: said.zh, en: said.en },
  remedy: { zh: said.doZh, en: said.doEn },
});
