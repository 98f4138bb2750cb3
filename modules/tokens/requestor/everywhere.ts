/**
 * Some things are the same in every partition: requestors and scenes. One act is done in each, under
 * one id, so that asking again finishes what an interruption left undone. What takes two people is
 * proposed in each: a task a partition.
 */
import type { Call } from "@sandbank/kernel/guard";
import { answerOf, type Parked } from "@sandbank/kernel/http";
import type { Refusal } from "@sandbank/kernel/words";
import type { TokensPorts } from "../ports.ts";
import { refuse, type TokensRefusal } from "../refusals.ts";

/** Acts in every partition; `exists` is the refusal of those that have it, and counts if all do. */
export async function actEverywhere<Answer>(
  { guard, partitions }: Pick<TokensPorts, "guard" | "partitions">,
  asked: {
    readonly call: Omit<Call, "partition">;
    readonly exists: TokensRefusal;
    readonly answer: Answer;
  },
): Promise<Answer | Refusal | Parked> {
  let added = 0;
  let parked: Parked | undefined;
  for (const partition of partitions.all) {
    const outcome = await guard.act({ ...asked.call, partition });
    if (outcome.kind === "refused" && outcome.refusal.code === asked.exists) continue;
    if (outcome.kind === "parked") parked = { parked: true, task: outcome.task, at: outcome.at };
    else if (outcome.kind !== "accepted") return answerOf(outcome, () => asked.answer);
    added += 1;
  }
  return parked ?? (added === 0 ? refuse(asked.exists) : asked.answer);
}
