/**
 * Draws that repeat. Each input has dice of its own, seeded by the run, by what it is thrown at and
 * by its number, so that one input can be drawn again without those before it.
 */
export interface Dice {
  /** A whole number from 0 up to, but not, `count`. */
  below(count: number): number;
  /** True `parts` times in `of`. */
  chance(parts: number, of: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** Dice for input number `input` of `thing` in the run of `seed`. */
export function diceOf(seed: number, thing: string, input: number): Dice {
  let state = mixed(mixed(seed ^ textHash(thing)) ^ input);
  const below = (count: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    return mixed(state) % count;
  };
  return {
    below,
    chance: (parts, of) => below(of) < parts,
    pick: (list) => list[below(list.length)] as never,
  };
}

/** Mulberry32's mixing: 32 bits in, 32 well-spread bits out. */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return (bits ^ (bits >>> 14)) >>> 0;
}

/** FNV-1a. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash;
}
