/** What came of an act, as either module says it. */
import type { OutcomeAnswer } from "@sandbank/sandbox/contract";

/** Payment tokens answer with what was made and not with its place in the log: then it is `done`. */
export type Outcome = OutcomeAnswer | { readonly outcome: "done" };

export function outcomeOf(answer: object): Outcome {
  if ("outcome" in answer) return answer as OutcomeAnswer;
  if (!("task" in answer && "at" in answer)) return { outcome: "done" };
  return { outcome: "parked", task: String(answer.task), at: String(answer.at) };
}
