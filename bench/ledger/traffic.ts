/**
 * The transfers of the ledger's bench: customers pay, each under a day limit of their own; a share
 * is authorised first and captured by a later transfer; a share asks for more than the limit allows.
 * The same seed gives the same transfers.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { AccountRef, Entry } from "@sandbank/kernel/ledger";
import type { Fen } from "@sandbank/kernel/money";

export const CUSTOMERS = 10_000;
export const BATCH = 1_000;
/** One transfer in this many opens a hold, one in as many captures one. */
const HELD_EVERY = 10;
const CAP = 1_000_000_000_000n;
const AMOUNT_MAX = 10_000;
const FAR = 4_102_444_800_000 as Instant;

export type Shape = "10k accounts" | "one hot account";

interface Customer {
  readonly deposit: AccountRef;
  readonly limit: AccountRef;
}

const day = { code: "customer_day_exceeded", limit: "day", unit: "fen", clause: "3.1" } as const;

export const customers: readonly Customer[] = Array.from({ length: CUSTOMERS }, (_, n) => {
  const name = n.toString().padStart(8, "0");
  const deposit: AccountRef = { key: `deposit/${name}`, book: "money:CNY", cap: 0n };
  const period = "2026-11-24";
  const limit: AccountRef = {
    key: `limit/${name}/day/${period}`,
    book: "limits",
    cap: CAP,
    period,
  };
  return { deposit, limit };
});

export const cash: AccountRef = { key: "cash", book: "money:CNY" };
const merchant: AccountRef = { key: "merchant/hot", book: "money:CNY" };

/** Everybody's deposit, as groups that a batch can post. */
export function funding(): Entry[][] {
  const amount = (CAP / 2n) as Fen;
  return customers.map(({ deposit, limit }) => [
    { kind: "transfer", debit: cash, credit: deposit, amount },
    { kind: "use", account: limit, amount: 1n, cites: day },
  ]);
}

/** A small generator of Lehmer's kind: quick, and the same on every machine. */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

/** An endless source of batches for one shape and share of declines. */
export class Traffic {
  readonly #shape: Shape;
  readonly #declines: number;
  readonly #roll = dice(20_261_124);
  readonly #open: { readonly hold: string; readonly amount: Fen }[] = [];
  #holds: number;

  /** `declines` in percent; `run` keeps the holds of one source apart from those of another. */
  constructor(shape: Shape, declines: number, run: number) {
    this.#shape = shape;
    this.#declines = declines;
    this.#holds = run * 100_000_000;
  }

  batch(): Entry[][] {
    const groups: Entry[][] = [];
    const opened: { readonly hold: string; readonly amount: Fen }[] = [];
    for (let n = 0; n < BATCH; n += 1) {
      const held = n % HELD_EVERY === 0;
      const due = n % HELD_EVERY === 1 ? this.#open.pop() : undefined;
      if (due) groups.push([{ kind: "capture", hold: due.hold, amount: due.amount, final: true }]);
      else groups.push(this.#transfer(held ? opened : undefined));
    }
    this.#open.push(...opened);
    return groups;
  }

  #transfer(opened?: { readonly hold: string; readonly amount: Fen }[]): Entry[] {
    const from = this.#roll(CUSTOMERS);
    const declined = this.#roll(100) < this.#declines;
    const { deposit: debit, limit: account } = customers[from] as Customer;
    const credit = this.#payee(from);
    const asked = BigInt(1 + this.#roll(AMOUNT_MAX));
    const amount = (declined ? CAP + asked : asked) as Fen;
    if (!opened) {
      return [
        { kind: "transfer", debit, credit, amount },
        { kind: "use", account, amount, cites: day },
      ];
    }
    const hold = this.#nextHold();
    if (!declined) opened.push({ hold, amount });
    return [
      { kind: "hold", hold, amount, expires: FAR },
      { kind: "transfer", debit, credit, amount, hold },
      { kind: "use", account, amount, hold, cites: day },
    ];
  }

  #payee(from: number): AccountRef {
    if (this.#shape === "one hot account") return merchant;
    const to = (from + 1 + this.#roll(CUSTOMERS - 1)) % CUSTOMERS;
    return (customers[to] as Customer).deposit;
  }

  #nextHold(): string {
    this.#holds += 1;
    return `0199aaaa-0000-7000-8000-${this.#holds.toString().padStart(12, "0")}`;
  }
}
