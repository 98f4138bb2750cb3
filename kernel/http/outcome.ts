/**
 * From the guard's outcome to the answer of a route: accepted becomes the route's answer, parked a
 * 202, refused a problem, unknown a 503 that tells the caller to ask again with the same id.
 */
import type { Json, Outcome } from "../guard/index.ts";
import type { Refusal } from "../words/index.ts";
import { OutcomeUnknown } from "./problem.ts";
import type { Parked } from "./route.ts";

/** Renders an outcome; `render` makes the route's answer of what the journal kept. */
export function answerOf<Answer>(
  outcome: Outcome,
  render: (answer: Json, accepted: Outcome & { readonly kind: "accepted" }) => Answer,
): Answer | Refusal | Parked {
  switch (outcome.kind) {
    case "accepted":
      return render(outcome.answer, outcome);
    case "parked":
      return { parked: true, task: outcome.task, at: outcome.at };
    case "refused":
      return outcome.refusal;
    case "unknown":
      throw new OutcomeUnknown();
  }
}
