/**
 * Turning the clock of a demonstration by hand. What falls due on the way happens at its own
 * instant and in its own order: the clock stops at each, everything that is due there is done until
 * nothing more is, and only then does it go on.
 */
import { type Instant, toIso } from "../clock/index.ts";
import type { Principal } from "../identity/index.ts";
import { nextHoldDue } from "../ledger/index.ts";
import type { Store } from "../store/index.ts";
import { isRefusal, type Refusal } from "../words/index.ts";
import { refuse } from "./guard.refusals.ts";
import type { RunningGuard } from "./running.ts";

/** Something that happens at an instant: a module's state rows with `next_at`. */
export interface DueSource {
  /** The earliest instant at which something is due, if that is not after `until`. */
  next(until: Instant): Promise<Instant | undefined>;
  /** Does what is due now. */
  fire(): Promise<void>;
}

export interface Turn {
  /** Chooses the id of each step's command, so that turning again by one id is one turn. */
  readonly id: string;
  readonly to: Instant;
  readonly principal: Principal;
  /** Partition in which the turns are journalled. */
  readonly partition: number;
}

/** How many instants one turn may stop at before we believe that they make each other for ever. */
const STOPS_MAX = 100_000;

/** So far goes one turn: each day has its dues, and whoever turns waits for all of them. */
const TURN_DAYS_MAX = 1_100;
const DAY_MS = 86_400_000;

/** Refuses `clock_turned_too_far` for a turn from `now` that would take for ever, before any of it is done. */
export function refuseFarTurn(now: Instant, to: Instant): Refusal | undefined {
  return to - now > TURN_DAYS_MAX * DAY_MS ? refuse("clock_turned_too_far") : undefined;
}

/** Advances business time; answers with the number of stops on the way, or why it may not. */
export async function advance(
  guard: RunningGuard,
  sources: readonly DueSource[],
  turn: Turn,
): Promise<{ readonly at: Instant; readonly stops: number } | Refusal> {
  for (let stops = 0; stops < STOPS_MAX; stops++) {
    const dues = await Promise.all(sources.map((source) => source.next(turn.to)));
    const due = dues.filter((one) => one !== undefined).toSorted((a, b) => a - b)[0];
    const at = due ?? turn.to;
    const turned = await turnTo(guard, turn, {
      at,
      id: due === undefined ? turn.id : `${turn.id}.${at}`,
    });
    if (isRefusal(turned)) return turned;
    if (due === undefined) return { at, stops };
    for (const [i, source] of sources.entries()) if (dues[i] !== undefined) await source.fire();
  }
  throw new Error("the clock stopped too often on one turn");
}

async function turnTo(
  guard: RunningGuard,
  turn: Turn,
  step: { readonly at: Instant; readonly id: string },
): Promise<true | Refusal> {
  const outcome = await guard.act({
    ...{ partition: turn.partition, id: step.id, principal: turn.principal },
    ...{ command: "guard.turn_clock", content: { to: toIso(step.at) } },
  });
  if (outcome.kind === "refused") return outcome.refusal;
  if (outcome.kind !== "accepted") throw new Error(`the clock's turn is ${outcome.kind}`);
  return true;
}

/** Holds of every partition end at their instant. */
export function dueHolds(guard: RunningGuard, readings: Store): DueSource {
  const partitions = () => guard.partitions.map((row) => row.partition);
  return {
    async next(until) {
      const all = await Promise.all(partitions().map((p) => nextHoldDue(readings, p, until)));
      return all.filter((one) => one !== undefined).toSorted((a, b) => a - b)[0];
    },
    async fire() {
      await Promise.all(partitions().map((partition) => guard.tick(partition)));
    },
  };
}
