/**
 * How long nobody was heard, counted only while somebody listened. Silence is machine time in which
 * this server looked and heard nothing: each look speaks for the moment before it and no longer, so
 * that a machine that stood still accuses nobody. Kept in memory: a server that starts begins anew.
 */
import type { Instant } from "@sandbank/kernel/clock";

/** The most that one look speaks for; looks come four times a second. */
export const LOOK_MS_MAX = 1_000;

export class Listening {
  /** Milliseconds in which this server has listened so far. */
  #listened = 0;
  #looked: Instant;
  /** What the latest look speaks for. */
  #span = 0;
  readonly #heard = new Map<string, { readonly beat: Instant; readonly at: number }>();

  /** `up`: since when this server listens. Silence before that is nobody's. */
  constructor(up: Instant) {
    this.#looked = up;
  }

  /** Looks once more. A clock that went back adds nothing. */
  look(now: Instant): void {
    this.#span = Math.min(LOOK_MS_MAX, Math.max(0, now - this.#looked));
    this.#listened += this.#span;
    this.#looked = now;
  }

  /** Milliseconds listened since `pilot` was last heard; `beat` is machine time of its last beat. */
  silentMs(pilot: string, beat: Instant): number {
    const known = this.#heard.get(pilot);
    if (known?.beat === beat) return this.#listened - known.at;
    const since = Math.min(this.#span, Math.max(0, this.#looked - beat));
    const at = this.#listened - since;
    this.#heard.set(pilot, { beat, at });
    return since;
  }
}
