/**
 * What is still open of a pilot, and the queries by which steps close: one function for each name
 * that a plan may use. Pure; everything it looks at was read under the lock or stands in the facts.
 * A query that is not true says what stands against it, to the fen.
 *
 * Balances, holds and what a pilot's own module has left are read before the lock, from other
 * partitions. That is safe only because a plan closes its classes first: from then on all of them
 * only ever fall. Duties stand against their own step, and against the archive whatever the plan
 * calls its steps, so that none is left behind by a plan that does not name it.
 */
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import type { LimitRule } from "@sandbank/kernel/guard";
import type { Failed } from "@sandbank/kernel/words";
import type { Duty, LedgerReading } from "../ports.ts";
import type { ItemRow } from "./exit.store.ts";
import type { Predicate } from "../declaration/declaration.contract.ts";

/** Whose money it is: a cost to the institution, an asset of it, in flight, or none of them. */
export type Side = "owed_to_customers" | "owed_by_customers" | "in_flight" | "to_do";

/** One thing that stands against a query. */
export interface Open {
  readonly predicate: Predicate;
  /** What it is: the name of a limit, of a kind of items, or of what is counted. */
  readonly of: string;
  readonly unit: "fen" | "count";
  readonly amount: bigint;
  readonly side: Side;
  /** When it ends by its own terms; null where it ends only by being done. */
  readonly ends: Instant | null;
}

/** The figures of other partitions in the form in which they are journalled. */
export interface LedgerFacts {
  readonly at: string;
  readonly stocks: readonly {
    readonly limit: string;
    readonly unit: "fen" | "count";
    readonly amount: string;
    /** False where it counts what is not owed, or what another limit counts already. */
    readonly owed?: boolean;
  }[];
  readonly holds: { readonly count: string; readonly last: string | null };
  /** Left out where the pilot has no module of its own. */
  readonly duties?: readonly (Omit<Duty, "amount"> & { readonly amount: string })[];
}

/** Everything that the queries look at. */
export interface Reality {
  readonly ledger: LedgerFacts;
  /** Partitions that do not obey the latest policy yet. */
  readonly deaf: number;
  readonly permits: {
    readonly count: bigint;
    readonly amount: bigint;
    readonly last: Instant | null;
  };
  readonly complaints: bigint;
  readonly claims: { readonly count: bigint; readonly amount: bigint };
  readonly items: readonly ItemRow[];
  readonly archived: boolean;
  /** Until when USE runs on, where it does. */
  readonly runOffUntil: Instant | null;
}

/** A limit without a window, as far as it says whether what stands on it is owed. */
type Stock = Pick<LimitRule, "id" | "scope" | "measure" | "classes" | "products">;

/**
 * Whether what stands on a limit is money that customers owe, counted here and nowhere else: a credit
 * line that was granted is owed by nobody, and a limit on each customer counts again what one on the
 * whole pilot counts.
 */
export function isOwed(limit: Stock, all: readonly Stock[]): boolean {
  if (!limit.classes.includes("USE")) return false;
  if (limit.scope === "pilot") return true;
  const products = ({ products: of = [] }: Stock) => of.toSorted().join();
  return !all.some(
    (other) =>
      other.scope === "pilot" &&
      other.measure === limit.measure &&
      other.classes.includes("USE") &&
      (other.products === undefined || products(other) === products(limit)),
  );
}

export function factsOf(
  reading: LedgerReading,
  at: string,
  limits: readonly Stock[] = [],
): LedgerFacts {
  const owed = (id: string) => {
    const limit = limits.find((one) => one.id === id);
    return limit === undefined || isOwed(limit, limits);
  };
  return {
    at,
    stocks: reading.stocks.map(({ limit, unit, amount }) => ({
      ...{ limit, unit, amount: String(amount), owed: owed(limit) },
    })),
    holds: {
      count: String(reading.holds.count),
      last: reading.holds.last,
    },
    ...(reading.duties === undefined
      ? {}
      : { duties: reading.duties.map((duty) => ({ ...duty, amount: String(duty.amount) })) }),
  };
}

/** A number of things that stands against a query; nothing if there are none. */
const counted = (of: Pick<Open, "predicate" | "of" | "amount"> & Partial<Open>): Open[] =>
  of.amount === 0n ? [] : [{ unit: "count", side: "to_do", ends: null, ...of }];

/** What the pilot's module has left, of one step or of all. */
function duties({ ledger: { duties: left = [] } }: Reality, of: (step: string) => boolean): Open[] {
  return left
    .filter(({ step, amount }) => of(step) && BigInt(amount) !== 0n)
    .map(({ of: what, unit, amount, side, ends }) => ({
      ...{ predicate: "duties_done" as const, of: what, unit, amount: BigInt(amount), side },
      ends: ends === null ? null : fromIso(ends),
    }));
}

/** What a query has to know of its step. */
interface Asking {
  readonly id?: string;
  readonly until: readonly Predicate[];
  readonly items?: string | undefined;
}

type Query = (reality: Reality, step: Asking) => readonly Open[];

/** One query for each name: the empty list is "true". */
const QUERIES: Readonly<Record<Predicate, Query>> = {
  classes_closed: ({ deaf }) =>
    counted({ predicate: "classes_closed", of: "partitions", amount: BigInt(deaf) }),
  permits_finished({ permits: { count, amount, last } }) {
    const each = {
      ...({ predicate: "permits_finished", of: "permits", side: "in_flight", ends: last } as const),
    };
    return [...counted({ ...each, amount: count }), ...counted({ ...each, unit: "fen", amount })];
  },
  holds_finished({ ledger: { holds } }) {
    const each = { predicate: "holds_finished", of: "holds", side: "in_flight" } as const;
    const ends = holds.last === null ? null : fromIso(holds.last);
    return counted({ ...each, amount: BigInt(holds.count), ends });
  },
  stocks_zero: ({ ledger: { stocks }, runOffUntil }) =>
    stocks
      .filter(({ amount }) => BigInt(amount) !== 0n)
      .map(({ limit, unit, amount, owed = true }) => ({
        ...{ predicate: "stocks_zero" as const, of: limit, unit, amount: BigInt(amount) },
        ...{ side: owed ? ("owed_by_customers" as const) : ("to_do" as const) },
        ends: runOffUntil,
      })),
  duties_done: (reality, { id }) => duties(reality, (step) => step === id),
  items_finished: ({ items }, { items: kind }) =>
    items
      .filter((item) => item.kind === kind && item.state === "listed")
      .map(({ ref, amount, ends }) => ({
        ...{ predicate: "items_finished" as const, of: `${kind}/${ref}`, side: "to_do" as const },
        ...(amount === null
          ? { unit: "count" as const, amount: 1n }
          : { unit: "fen" as const, amount }),
        ends,
      })),
  complaints_ended: ({ complaints }) =>
    counted({ predicate: "complaints_ended", of: "complaints", amount: complaints }),
  claims_paid({ claims: { count, amount } }) {
    const each = { predicate: "claims_paid", of: "claims", side: "owed_to_customers" } as const;
    return amount === 0n
      ? counted({ ...each, amount: count })
      : counted({ ...each, unit: "fen", amount });
  },
  archive_verified: (reality) => [
    ...duties(reality, () => true),
    ...counted({
      ...({ predicate: "archive_verified", of: "archive" } as const),
      amount: reality.archived ? 0n : 1n,
    }),
  ],
};

/** What stands against the queries of a step, in the order in which it names them. */
export function openOf(step: Asking, reality: Reality): readonly Open[] {
  return step.until.flatMap((name) => QUERIES[name](reality, step));
}

/** What stands against any query of any step: each thing once. */
export function openOfAll(steps: readonly Asking[], reality: Reality): readonly Open[] {
  const seen = new Set<string>();
  return steps
    .flatMap((step) => openOf(step, reality))
    .filter(({ predicate, of, unit }) => {
      const name = `${predicate} ${of} ${unit}`;
      if (seen.has(name)) return false;
      seen.add(name);
      return true;
    });
}

/** How a refusal lists what is open: the cap of everything that ends is nothing. */
export function failedOf(open: readonly Open[], clause: string): readonly Failed[] {
  return open.map(({ predicate, of, unit, amount }) => ({
    ...{ code: predicate, limit: of, unit, used: amount, cap: 0n, clause },
  }));
}

/**
 * The same for all the world to read: what a module has left by its kinds and not one by one, since
 * the amount of a single payment is its holder's business.
 */
export function told(open: readonly Open[]): readonly Open[] {
  const sums = new Map<string, Open>();
  for (const one of open) {
    const of = one.predicate === "duties_done" ? (one.of.split("/", 1)[0] ?? "") : one.of;
    const name = `${one.predicate} ${of} ${one.unit}`;
    const sum = sums.get(name);
    const apart = sum === undefined || sum.ends === null || one.ends === null;
    const ends = apart ? null : later(sum.ends, one.ends);
    sums.set(name, sum ? { ...sum, amount: sum.amount + one.amount, ends } : { ...one, of });
  }
  return [...sums.values()];
}

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/** What is open in a form that is journalled and shown. */
export function openText(open: readonly Open[], iso: (at: Instant) => string) {
  return open.map(({ amount, ends, ...rest }) => ({
    ...rest,
    amount: String(amount),
    ends: ends === null ? null : iso(ends),
  }));
}
