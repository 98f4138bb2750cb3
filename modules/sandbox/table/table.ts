/**
 * Total tables of states: every event has an answer in every state, the state that it leads to or the
 * code by which that state refuses it. The database holds the legal moves a second time.
 */

/** Where an event leads, or why it leads nowhere. */
export type Next<S extends string, R extends string> = { readonly to: S } | { readonly refusal: R };

/** A row for each state `S`, in it a cell for each event `E`; `R` are the codes of refusal. */
export type Table<S extends string, E extends string, R extends string> = Readonly<
  Record<S, Readonly<Record<E, Next<S, R>>>>
>;

/** One row: the legal moves, every other event refused by the state's own code. */
export function row<S extends string, E extends string, R extends string>(
  events: readonly E[],
  refusal: R,
  legal: Partial<Record<E, S>>,
): Readonly<Record<E, Next<S, R>>> {
  const cells = events.map((event): readonly [E, Next<S, R>] => {
    const to = legal[event];
    return [event, to === undefined ? { refusal } : { to }];
  });
  return Object.fromEntries(cells) as Record<E, Next<S, R>>;
}
