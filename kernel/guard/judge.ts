/**
 * What becomes of one command before the ledger is asked: an answer from the journal, a refusal, or
 * a decision with the entries of its limits. Pure; the batch does the loading and the writing.
 */
import type { Instant } from "../clock/index.ts";
import type { Entry } from "../ledger/index.ts";
import { type Failed, isRefusal, type Refusal, refusalEntry } from "../words/index.ts";
import type { Admitted } from "./admitted.ts";
import type { Change, CommandClass, Decision, Outcome } from "./command.ts";
import { refuse } from "./guard.refusals.ts";
import type { Known } from "./guard.store.ts";
import type { Policy } from "./policy.ts";
import { failedChecks } from "./checks.ts";
import { closedBy } from "./supervision.ts";
import { isApproval, park } from "./task.ts";

export type Verdict =
  /** Answered from the journal: nothing is written. */
  | { readonly kind: "replay"; readonly outcome: Outcome }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly changes: readonly Change[] }
  | { readonly kind: "parked"; readonly changes: readonly Change[] }
  | {
      readonly kind: "decided";
      readonly decision: Decision;
      /** The class as which it counts: of an approval, that of what is approved. */
      readonly cls: CommandClass;
      /** Checks of the policy that failed; the ledger is still asked, so that all are named. */
      readonly failed: readonly Failed[];
    };

/** Same id: the same outcome for the same content and principal, else a conflict. */
export function replay(admitted: Admitted, known: Known): Outcome {
  if (known.digest.length === 0) return { kind: "refused", refusal: refuse("act_erased") };
  if (Buffer.compare(known.digest, admitted.digest) !== 0) {
    return { kind: "refused", refusal: refuse("command_id_reused") };
  }
  if (known.principal !== admitted.call.principal.id) {
    return { kind: "refused", refusal: refuse("command_id_of_another") };
  }
  return recalled(known);
}

/** The outcome that the journal keeps of an act. */
export function recalled(known: Pick<Known, "outcome" | "seq" | "at" | "answer" | "act">): Outcome {
  const { seq, at } = known;
  if (known.outcome === "accepted") {
    return { kind: "accepted", seq, at, answer: JSON.parse(known.answer) };
  }
  if (known.outcome === "parked") return { kind: "parked", task: known.act, at };
  return { kind: "refused", seq, refusal: refusalOf(known.answer) };
}

/** Principal, supervision and decision of a command that is new. */
export function judge(
  admitted: Admitted,
  state: unknown,
  at: { readonly now: Instant; readonly policy: Policy | undefined; readonly supervised: boolean },
): Verdict {
  const { call, command } = admitted;
  const refused = (refusal: Refusal): Verdict => ({ kind: "refused", refusal, changes: [] });
  if (!call.principal.roles.some((role) => command.may.includes(role))) {
    return refused(refuse("role_may_not"));
  }
  const cls = isApproval(state) ? state.cls : command.class;
  const held = at.supervised && !command.name.startsWith("guard.put_");
  const closed = held ? closedBy(at.policy, cls, at.now) : undefined;
  if (closed) return refused(closed);
  const question = {
    state,
    command: admitted.content,
    facts: admitted.facts,
    principal: call.principal,
    now: at.now,
    id: admitted.act,
    partition: call.partition,
  };
  const decided = command.decide(question);
  if (isRefusal(decided)) return refused(decided);
  if ("onRefusal" in decided) {
    return { kind: "refused", refusal: decided.refusal, changes: decided.onRefusal };
  }
  if (command.fourEyes) return { kind: "parked", changes: [park(admitted, state, at.now)] };
  const counts = decided.counts;
  const failed =
    held && at.policy && counts ? failedChecks(at.policy, { cls, counts, now: at.now }) : [];
  return { kind: "decided", decision: decided, cls, failed };
}

/** The hold that a decision opens, if it does. */
export function holdOf(entries: readonly Entry[]): string | undefined {
  return entries.find((entry) => entry.kind === "hold")?.hold;
}

/** One refusal for all that failed: the code and category of the first. */
export function refusalFor(failed: readonly Failed[]): Refusal {
  const [first] = failed;
  const code = first?.code ?? "content_not_understood";
  const category = refusalEntry(code)?.category ?? "exhausted";
  return { refused: true, code, category, failed };
}

/** Malformed and unauthenticated calls leave no trace; every other refusal is journalled. */
export function isJournalled(refusal: Refusal): boolean {
  return refusal.category !== "invalid" && refusal.category !== "unauthenticated";
}

/** A refusal as the journal keeps it, and back. */
export function refusalText(refusal: Refusal): string {
  return JSON.stringify(refusal, (_, value) => (typeof value === "bigint" ? `${value}` : value));
}

export function refusalOf(text: string): Refusal {
  const refusal = JSON.parse(text) as Refusal;
  const big = (value: unknown) => (value === undefined ? undefined : BigInt(value as string));
  const failed = refusal.failed.map((one) => {
    const numbers = { used: big(one.used), cap: big(one.cap), asked: big(one.asked) };
    return {
      ...one,
      ...Object.fromEntries(Object.entries(numbers).filter(([, v]) => v !== undefined)),
    };
  });
  return { ...refusal, failed };
}
