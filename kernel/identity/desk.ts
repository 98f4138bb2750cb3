/**
 * What every function of identity works with: the store, machine time, the site that passkeys are
 * bound to, and what was lately looked up. A look-up is believed for at most five seconds, so a key
 * or session revoked by another process ends within five seconds; one revoked here ends at once.
 */
import type { Instant } from "../clock/index.ts";
import type { Store } from "../store/index.ts";
import type { KeyRow, SessionRow } from "./credential.store.ts";
import type { RequestKeyRow } from "./request-key.store.ts";

/** How long a look-up of a key or session is believed. */
export const BELIEVED_MS = 5_000;

/** How many look-ups are kept; the oldest goes first. */
export const BELIEVED_MAX = 20_000;

/** Where passkeys are valid: the registrable name and the exact origins that may ask for one. */
export interface Site {
  /** Host name without port, such as `localhost`. An address is not a name: browsers refuse it. */
  readonly id: string;
  readonly name: string;
  readonly origins: readonly string[];
}

export interface Desk {
  readonly store: Store;
  readonly mode: "demo" | "live";
  readonly site: Site;
  readonly now: () => Instant;
  readonly keys: Believed<KeyRow>;
  readonly sessions: Believed<SessionRow>;
  readonly requestKeys: Believed<RequestKeyRow>;
}

/** Answers of the database by digest, absent ones too, each for a short while. */
export class Believed<Row> {
  readonly #entries = new Map<string, { readonly row: Row | undefined; readonly until: number }>();
  readonly #asking = new Map<string, Promise<Row | undefined>>();
  readonly #now: () => Instant;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** The remembered answer, or that of `ask`; callers at the same time share one question. */
  async get(key: string, ask: () => Promise<Row | undefined>): Promise<Row | undefined> {
    const entry = this.#entries.get(key);
    if (entry !== undefined && entry.until > this.#now()) return entry.row;
    const pending = this.#asking.get(key);
    if (pending !== undefined) return pending;
    const question = this.#ask(key, ask).finally(() => {
      if (this.#asking.get(key) === question) this.#asking.delete(key);
    });
    this.#asking.set(key, question);
    return question;
  }

  async #ask(key: string, ask: () => Promise<Row | undefined>): Promise<Row | undefined> {
    const until = this.#now() + BELIEVED_MS;
    const mine = {};
    this.#marks.set(key, mine);
    const row = await ask();
    if (this.#marks.get(key) !== mine) return row;
    this.#marks.delete(key);
    this.#entries.delete(key);
    this.#entries.set(key, { row, until });
    if (this.#entries.size > BELIEVED_MAX) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return row;
  }

  /** An answer on its way when its key is forgotten is not kept: it may predate the change. */
  readonly #marks = new Map<string, object>();

  forget(key: string): void {
    this.#entries.delete(key);
    this.#asking.delete(key);
    this.#marks.delete(key);
  }

  forgetAll(): void {
    this.#entries.clear();
    this.#asking.clear();
    this.#marks.clear();
  }
}
