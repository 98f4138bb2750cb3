/**
 * Our ledger, driven in two ways. *Plain* is what the guard does: lock the partition, load, apply,
 * store, commit, then the next batch. *Kept* leaves the balances in memory from batch to batch and
 * computes a batch while PostgreSQL stores the one before; the partition's row of order is the fence:
 * if anybody else wrote in between, the batch rolls back. A guard may do the same on hot partitions.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import {
  Balances,
  type Entry,
  loadBalancesIn,
  loadLackingIn,
  type PostedAct,
  storeMovementsIn,
  touchedBy,
} from "@sandbank/kernel/ledger";
import { type Migrations, statement, type Store, type Tx } from "@sandbank/kernel/store";

/** The row of order and the baselines' tables. */
export const benchMigrations: Migrations = {
  schema: "bench",
  folder: new URL("./sql/", import.meta.url),
};

const LOCK = statement("bench.lock", "select seq from bench.head where partition = $1 for update");
const ADVANCE = statement("bench.advance", "update bench.head set seq = $2 where partition = $1");

const PARTITION = 1;
const NOON = 1_795_579_200_000 as Instant;

async function lockIn(tx: Tx): Promise<bigint> {
  const [head] = await tx.query<{ seq: bigint }>(LOCK, [PARTITION]);
  if (!head) throw new Error("the partition has no row of order");
  return head.seq;
}

function applyAll(balances: Balances, groups: readonly Entry[][], from: bigint): PostedAct[] {
  const acts: PostedAct[] = [];
  let seq = from;
  for (const entries of groups) {
    seq += 1n;
    const result = balances.apply(entries, { seq, now: NOON });
    if (result.ok) acts.push({ seq, postings: result.postings });
  }
  return acts;
}

/** Posts one batch; answers how many transfers were accepted. */
export function postPlain(store: Store, groups: readonly Entry[][]): Promise<number> {
  return store.transaction(async (tx) => {
    const locked = lockIn(tx);
    const balances = await loadBalancesIn(tx, PARTITION, touchedBy(groups.flat()));
    const from = await locked;
    const acts = applyAll(balances, groups, from);
    const stored = storeMovementsIn(tx, PARTITION, {
      ...{ at: toIso(NOON), acts },
      movements: balances.movements(),
    });
    await Promise.all([stored, tx.query(ADVANCE, [PARTITION, from + BigInt(groups.length)])]);
    return acts.length;
  });
}

/** Posts batches one behind the other, two of them under way at a time. */
export class KeptLedger {
  readonly #store: Store;
  readonly #balances = new Balances([], []);
  #seq: bigint | undefined;
  #locked: Promise<unknown> = Promise.resolve();
  #committing: Promise<number>[] = [];

  /** `store` must have two connections. */
  constructor(store: Store) {
    this.#store = store;
  }

  /** Takes a batch when there is room for it; says how many of an earlier one were accepted. */
  async post(groups: readonly Entry[][]): Promise<number> {
    const { promise: sent, resolve } = Promise.withResolvers<void>();
    const committing = this.#store.transaction((tx) => this.#postIn(tx, groups, resolve));
    this.#committing.push(committing);
    await Promise.race([sent, committing]);
    return this.#committing.length === 2 ? ((await this.#committing.shift()) ?? 0) : 0;
  }

  /** Waits for what is under way. */
  async end(): Promise<void> {
    await Promise.all(this.#committing);
    this.#committing = [];
  }

  async #postIn(tx: Tx, groups: readonly Entry[][], sent: () => void): Promise<number> {
    const [balances, touched] = [this.#balances, touchedBy(groups.flat())];
    await loadLackingIn(tx, PARTITION, { balances, touched });
    const from = (this.#seq ??= await lockIn(tx));
    this.#seq = from + BigInt(groups.length);
    const acts = applyAll(balances, groups, from);
    const movements = balances.take();
    await this.#locked;
    const locked = lockIn(tx);
    this.#locked = locked;
    const stored = Promise.all([
      storeMovementsIn(tx, PARTITION, { at: toIso(NOON), acts, movements }),
      tx.query(ADVANCE, [PARTITION, this.#seq]),
    ]);
    sent();
    await stored;
    if ((await locked) !== from) throw new Error("somebody else wrote: the balances are stale");
    return acts.length;
  }
}
