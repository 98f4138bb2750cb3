/** How far the exit of a pilot had come when a window ended. */
import { toIso } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { type ProgressRow, readProgress } from "../exit/progress.store.ts";
import type { ExitFacts, Window } from "../indicator/facts.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import type { SideReadings } from "./side.ts";

/** A pilot that does not leave has no source; a window before it began to, nothing to measure. */
export function exitReadings(store: Store): NonNullable<SideReadings["exit"]> {
  return async ({ pilot, window }) => {
    const of = { pilot, until: toIso(window.ends) };
    const row = await readProgress(store, SANDBOX_PARTITION, of);
    return row && exitFacts(row, window);
  };
}

const NOTHING: ExitFacts = { steps: 0n, stepsDone: 0n, items: [], opening: [] };

export function exitFacts(
  { plan, opening, begun_at: begun, steps, closed, items }: ProgressRow,
  { ends }: Pick<Window, "ends">,
): ExitFacts {
  if (begun >= ends) return NOTHING;
  return {
    ...{ steps, stepsDone: closed },
    items: items.map(({ kind, listed, ended }) => ({
      ...{ kind, listed: BigInt(listed), ended: BigInt(ended) },
      label: plan.items.find(({ id }) => id === kind)?.text ?? { zh: kind, en: kind },
    })),
    // What ends by being repaid or closed; everything else that was open is a step's own query.
    opening: opening.open
      .filter(({ predicate }) => predicate === "stocks_zero")
      .map(({ of, amount }) => ({ limit: of, amount: BigInt(amount) })),
  };
}
