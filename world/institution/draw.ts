/** Draws from a seed, so that one seed is one life: xorshift on 32 bits, no figure of it is money. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761 + 88_172_645) >>> 0 || 1;
  }

  /** A whole number of `least` to `most`. */
  between(least: number, most: number): number {
    return least + (this.#next() % (most - least + 1));
  }

  /** True `share` times in a hundred. */
  happens(share: number): boolean {
    return this.#next() % 100 < share;
  }

  one<T>(of: readonly T[]): T {
    const drawn = of[this.#next() % of.length];
    if (drawn === undefined) throw new Error("nothing to draw from");
    return drawn;
  }

  #next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state;
  }
}
