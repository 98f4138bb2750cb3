/** What the ledger's tests stand on where there is a PostgreSQL under them. */
import assert from "node:assert/strict";
import { type Instant, toIso } from "../clock/index.ts";
import { QueryFault, statement, type Store, type Tx } from "../store/index.ts";
import { type TestDatabase, testDatabase } from "../testing/index.ts";
import { NOON } from "./ledger.fixture.ts";
import type { AccountRef, Entry } from "./entry.ts";
import { ledgerMigrations, loadBalancesIn, storeMovementsIn, touchedBy } from "./ledger.store.ts";
import type { PostedAct } from "./ledger.store.ts";
import type { GroupResult, Movements } from "./ledger.ts";

const OWN = statement("test.own", "select ledger.open_partition($1, $2)");

export const shop: AccountRef = { key: 'shop/茶, "A"', book: "money:CNY", floor: -1_000n };
export const dayLimit: AccountRef = {
  ...{ key: "limit/day", book: "limits", cap: 500n, period: "2026-11-24" },
};
export const count: AccountRef = { key: "limit/count", book: "limits", cap: 40n };

/** The nth hold of a test. */
export const uuid = (n: number): string =>
  `0199aaaa-0000-7000-8000-${n.toString().padStart(12, "0")}`;

export const NOTHING: Movements = {
  opened: [],
  changed: [],
  resettled: [],
  holdsOpened: [],
  holdsChanged: [],
};

export interface Batch {
  readonly groups: readonly Entry[][];
  /** The place in the order before the first. */
  readonly from: bigint;
  readonly now?: Instant;
}

/** A database with the ledger, two roles that post and one that reads. */
export class LedgerBed {
  readonly database: TestDatabase;
  readonly tokens: Store;
  readonly reader: Store;
  #partitions = 0;

  private constructor(database: TestDatabase) {
    this.database = database;
    this.tokens = database.as("sandbank_tokens");
    this.reader = database.as("sandbank_reader");
  }

  static async open(): Promise<LedgerBed> {
    const database = await testDatabase({
      migrations: [ledgerMigrations],
      roles: [
        { role: "sandbank_tokens", memberOf: ["sandbank_act"] },
        { role: "sandbank_pos", memberOf: ["sandbank_act"] },
        { role: "sandbank_reader", memberOf: ["sandbank_read"] },
      ],
    });
    return new LedgerBed(database);
  }

  end(): Promise<void> {
    return this.database.end();
  }

  /** A partition of its own for each test. */
  async partitionOf(role = "sandbank_tokens"): Promise<number> {
    this.#partitions += 1;
    await this.database.owner.query(OWN, [this.#partitions, role]);
    return this.#partitions;
  }

  /** Runs groups as one batch, as the guard would. */
  post(partition: number, batch: Batch): Promise<GroupResult[]> {
    return this.tokens.transaction((tx) => postIn(tx, partition, batch));
  }

  /** Stores movements that no engine of ours would make. */
  storeRaw(
    partition: number,
    movements: Partial<Movements>,
    acts: PostedAct[] = [],
  ): Promise<void> {
    const what = { at: toIso(NOON), acts, movements: { ...NOTHING, ...movements } };
    return this.tokens.transaction((tx) => storeMovementsIn(tx, partition, what));
  }

  /** What is stored of these accounts and holds, as the engine would see it. */
  stored(partition: number, keys: string[], holds: string[] = []) {
    return this.tokens.transaction(async (tx) => {
      const touched = { keys: new Set(keys), holds: new Set(holds) };
      const found = await loadBalancesIn(tx, partition, touched);
      return {
        accounts: keys.map((key) => found.account(key)),
        holds: holds.map((id) => found.hold(id)),
      };
    });
  }
}

export async function postIn(tx: Tx, partition: number, batch: Batch): Promise<GroupResult[]> {
  const { groups, from, now = NOON } = batch;
  const found = await loadBalancesIn(tx, partition, touchedBy(groups.flat()));
  const acts: PostedAct[] = [];
  const results = groups.map((entries, i) => {
    const seq = from + BigInt(i + 1);
    const result = found.apply(entries, { seq, now });
    if (result.ok) acts.push({ seq, postings: result.postings });
    return result;
  });
  await storeMovementsIn(tx, partition, { at: toIso(now), acts, movements: found.movements() });
  return results;
}

export async function refusedWith(sqlState: string, work: Promise<unknown>): Promise<QueryFault> {
  const fault = await work.then(
    () => assert.fail(`expected ${sqlState}`),
    (error: unknown) => error,
  );
  assert.ok(fault instanceof QueryFault, String(fault));
  assert.equal(fault.sqlState, sqlState, fault.message);
  return fault;
}
