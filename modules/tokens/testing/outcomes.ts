/** What came of an act, in short, for tests that compare it with a table. */
import type { Outcome } from "@sandbank/kernel/guard";
import type { Failed } from "@sandbank/kernel/words";

/** `accepted`, `parked`, or the code of the refusal. */
export function codeOf(outcome: Outcome): string {
  return outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
}

/** Everything that failed. */
export function failedOf(outcome: Outcome): readonly Failed[] {
  return outcome.kind === "refused" ? outcome.refusal.failed : [];
}
