/**
 * Draws of a scenario: one seed gives one life, on any machine. Whole numbers only; nothing here is
 * a secret or may become one.
 */

/** A stream of draws. */
export interface Draw {
  /** A whole number from 0 to `n` - 1. */
  below(n: number): number;
  /** One of the entries, each as likely as its weight. */
  weighted<T>(entries: readonly (readonly [T, number])[]): T;
}

/** Starts a stream (mulberry32: 32 bits of state, public domain). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (n: number) => Number((BigInt(next()) * BigInt(n)) >> 32n);
  return {
    below,
    weighted(entries) {
      let at = below(entries.reduce((sum, [, weight]) => sum + weight, 0));
      for (const [entry, weight] of entries) {
        if (at < weight) return entry;
        at -= weight;
      }
      throw new Error("weights of nothing");
    },
  };
}
