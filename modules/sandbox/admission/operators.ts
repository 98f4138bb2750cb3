/** Who runs a pilot here: whoever the composition names, and whom its terms name. Pure. */
import type { Admission } from "./admission.contract.ts";

/** Each organisation once, by its id; none before there are terms or an operator. */
export function operatorsUnder(
  terms: Pick<Admission, "operators"> | null | undefined,
  operator: string | undefined,
): string[] {
  const named = (terms?.operators ?? []).map(({ organisation }) => organisation);
  return [...new Set([operator, ...named].flatMap((one) => one ?? []))];
}
