/**
 * Rates at the edge: one token bucket for each caller. A rate protects the machine and nothing else;
 * limits on use are balances in the ledger. Machine time, memory of this process only.
 */
export interface Rate {
  /** Requests that come back each second. */
  readonly per_second: number;
  /** Requests that may come at once after a quiet while. */
  readonly burst: number;
}

/** Callers remembered; beyond it the one that was heard longest ago is forgotten. */
const CALLERS_MAX = 50_000;

interface Bucket {
  left: number;
  at: number;
}

export class Buckets {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Takes one request. 0 if it may pass, else the whole seconds until one may. */
  take(caller: string): number {
    const now = this.#now();
    const { per_second, burst } = this.#rate;
    let bucket = this.#buckets.get(caller);
    if (bucket === undefined) {
      bucket = { left: burst, at: now };
      this.#remember(caller, bucket);
    }
    bucket.left = Math.min(
      burst,
      bucket.left + (Math.max(0, now - bucket.at) / 1_000) * per_second,
    );
    bucket.at = now;
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / per_second));
    bucket.left -= 1;
    return 0;
  }

  #remember(caller: string, bucket: Bucket): void {
    this.#buckets.set(caller, bucket);
    if (this.#buckets.size <= CALLERS_MAX) return;
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
