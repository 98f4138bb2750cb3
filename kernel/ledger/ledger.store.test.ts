/**
 * The ledger over a real PostgreSQL: what is stored is what was decided, what a wrong engine would
 * write is refused, and a role reaches nothing but its own partition through the functions.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { type Instant, toIso } from "../clock/index.ts";
import type { Fen } from "../money/index.ts";
import { QueryFault, statement, type Store, type Tx } from "../store/index.ts";
import { type TestDatabase, testDatabase } from "../testing/index.ts";
import { type Account, openAccount } from "./account.ts";
import type { AccountRef, Entry } from "./entry.ts";
import type { Hold } from "./hold.ts";
import { accountStatement, balances, differingAccounts, trialBalance } from "./reads.store.ts";
import {
  dueHoldsIn,
  ledgerMigrations,
  loadBalancesIn,
  loadLackingIn,
  type PostedAct,
  storeMovementsIn,
  touchedBy,
} from "./ledger.store.ts";
import { Balances, type GroupResult, type Movements } from "./ledger.ts";

const OWN = statement("test.own", "select ledger.open_partition($1, $2)");
const LAST = statement(
  "test.last",
  "select coalesce(max(seq), 0) as seq from ledger.act where partition = $1",
);
const LOCK = statement(
  "test.lock",
  "select role from ledger.partition where partition = $1 for update",
);

/** Accounts whose pending counters are not what the open holds still reserve of them. */
const ASTRAY = statement(
  "test.astray",
  `with reserved as (
     select l.account, l.side % 2 = 1 as debit,
            sum(case when l.side < 3 then h.amount - h.captured
                     when h.captured = 0 then l.amount else 0 end) as amount
       from ledger.hold h cross join unnest(h.accounts, h.amounts, h.sides) l(account, amount, side)
      where h.partition = $1 and h.state = 'open' group by 1, 2)
   select a.key from ledger.account a
     left join reserved d on d.account = a.id and d.debit
     left join reserved c on c.account = a.id and not c.debit
    where a.partition = $1
      and (a.pending_debits, a.pending_credits) <> (coalesce(d.amount, 0), coalesce(c.amount, 0))`,
);

const NOON = Date.parse("2026-11-24T04:00:00Z") as Instant;
const MINUTE = 60_000;

const cash: AccountRef = { key: "cash", book: "money:CNY" };
const mei: AccountRef = { key: "deposit/mei", book: "money:CNY", cap: 0n, owner: "mei" };
const shop: AccountRef = { key: 'shop/茶, "A"', book: "money:CNY", floor: -1_000n };
const day: AccountRef = { key: "limit/day", book: "limits", cap: 500n, period: "2026-11-24" };
const count: AccountRef = { key: "limit/count", book: "limits", cap: 40n };
const cites = { code: "day_exceeded", limit: "day", unit: "fen", clause: "3" } as const;

const pay = (debit: AccountRef, credit: AccountRef, amount: bigint, hold?: string): Entry => ({
  ...{ kind: "transfer", debit, credit, amount: amount as Fen },
  ...(hold && { hold }),
});
const use = (account: AccountRef, amount: bigint, hold?: string, whole = false): Entry => ({
  ...{ kind: "use", account, amount, whole, cites },
  ...(hold && { hold }),
});
const open = (hold: string, amount: bigint, expires: number): Entry => ({
  ...{ kind: "hold", hold, amount: amount as Fen, expires: expires as Instant },
});
const capture = (hold: string, amount: bigint, final = false): Entry => ({
  ...{ kind: "capture", hold, amount: amount as Fen, final },
});
const uuid = (n: number): string => `0199aaaa-0000-7000-8000-${n.toString().padStart(12, "0")}`;

const NOTHING: Movements = {
  opened: [],
  changed: [],
  resettled: [],
  holdsOpened: [],
  holdsChanged: [],
};

let database: TestDatabase;
let tokens: Store;
let reader: Store;
let lastPartition = 0;

/** A partition of its own for each test. */
async function partitionOf(role: string): Promise<number> {
  lastPartition += 1;
  await database.owner.query(OWN, [lastPartition, role]);
  return lastPartition;
}

/** Runs groups as one batch, as the guard would. `from` is the seq before the first. */
function post(
  store: Store,
  partition: number,
  batch: { readonly groups: readonly Entry[][]; readonly from: bigint; readonly now?: Instant },
): Promise<GroupResult[]> {
  return store.transaction((tx) => postIn(tx, partition, batch));
}

async function postIn(
  tx: Tx,
  partition: number,
  batch: { readonly groups: readonly Entry[][]; readonly from: bigint; readonly now?: Instant },
): Promise<GroupResult[]> {
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

/** What is stored of these accounts and holds, as the engine would see it. */
function stored(partition: number, keys: string[], holds: string[] = []) {
  return tokens.transaction(async (tx) => {
    const found = await loadBalancesIn(tx, partition, {
      keys: new Set(keys),
      holds: new Set(holds),
    });
    return {
      accounts: keys.map((key) => found.account(key)),
      holds: holds.map((id) => found.hold(id)),
    };
  });
}

async function refusedWith(sqlState: string, work: Promise<unknown>): Promise<QueryFault> {
  const fault = await work.then(
    () => assert.fail(`expected ${sqlState}`),
    (error: unknown) => error,
  );
  assert.ok(fault instanceof QueryFault, String(fault));
  assert.equal(fault.sqlState, sqlState, fault.message);
  return fault;
}

before(async () => {
  database = await testDatabase({
    migrations: [ledgerMigrations],
    roles: [
      { role: "sandbank_tokens", memberOf: ["sandbank_act"] },
      { role: "sandbank_pos", memberOf: ["sandbank_act"] },
      { role: "sandbank_reader", memberOf: ["sandbank_read"] },
    ],
  });
  tokens = database.as("sandbank_tokens");
  reader = database.as("sandbank_reader");
});
after(() => database.end());

describe("what is stored", () => {
  it("is loaded as it was, accounts and holds, by key and through a hold alone", async () => {
    const partition = await partitionOf("sandbank_tokens");
    const hold = uuid(1);
    const expires = NOON + 7 * MINUTE + 123;
    const results = await post(tokens, partition, {
      from: 0n,
      groups: [
        [pay(cash, mei, 900n)],
        [
          open(hold, 300n, expires),
          pay(mei, shop, 300n, hold),
          use(day, 300n, hold),
          use(count, 1n, hold, true),
        ],
        [use({ ...day, cap: 200n }, 1n)],
        [{ kind: "give_back", account: { ...day, cap: 200n }, amount: 5n }],
      ],
    });
    assert.deepEqual(
      results.map((result) => result.ok),
      [true, true, false, true],
    );
    const keys = [mei, shop, day, count].map((ref) => ref.key);
    const { accounts, holds } = await stored(partition, keys, [hold]);
    const none = { owner: null, period: null, grandfathered: null, closed: false };
    const still = { debits: 0n, credits: 0n, pendingDebits: 0n, pendingCredits: 0n };
    assert.deepEqual(accounts, [
      {
        ...{ ...none, ...still, id: 257n, key: mei.key, book: "money:CNY" },
        ...{ credits: 900n, pendingDebits: 300n, cap: 0n, floor: null },
      },
      {
        ...{ ...none, ...still, id: 512n, key: shop.key, book: "money:CNY" },
        ...{ pendingCredits: 300n, cap: null, floor: -1_000n },
      },
      {
        ...{ ...none, ...still, id: 513n, key: day.key, book: "limits" },
        ...{ pendingDebits: 300n, cap: 200n, floor: 0n, grandfathered: 300n },
      },
      {
        ...{ ...none, ...still, id: 514n, key: count.key, book: "limits" },
        ...{ pendingDebits: 1n, cap: 40n, floor: 0n },
      },
    ]);
    const leg = { side: "debit", amount: 300n, whole: false };
    assert.deepEqual(holds, [
      {
        ...{ id: hold, amount: 300n, captured: 0n, expires, state: "open" },
        legs: [
          { ...leg, account: 257n },
          { ...leg, account: 512n, side: "credit" },
          { ...leg, account: 513n },
          { ...leg, account: 514n, amount: 1n, whole: true },
        ],
      },
    ]);
    await post(tokens, partition, { from: 4n, groups: [[capture(hold, 100n)]] });
    await post(tokens, partition, { from: 5n, groups: [[{ kind: "release", hold }]] });
    const end = await stored(partition, keys, [hold]);
    assert.deepEqual(
      end.accounts.map((account) => [account?.debits, account?.credits, account?.pendingDebits]),
      [
        [100n, 900n, 0n],
        [0n, 100n, 0n],
        [100n, 0n, 0n],
        [1n, 0n, 0n],
      ],
    );
    assert.deepEqual([end.holds[0]?.state, end.holds[0]?.captured], ["released", 100n]);
    assert.deepEqual(await differingAccounts(reader, partition), []);
  });

  it("is nothing where nothing was stored", async () => {
    const partition = await partitionOf("sandbank_tokens");
    const found = await stored(partition, ["x"], [uuid(1)]);
    assert.deepEqual(found, { accounts: [undefined], holds: [undefined] });
    assert.deepEqual(await post(tokens, partition, { from: 0n, groups: [] }), []);
  });

  it("names what is due, earliest first, and no more than asked for", async () => {
    const partition = await partitionOf("sandbank_tokens");
    const groups = [3, 1, 2, 9].map((minute) => [
      open(uuid(minute), 5n, NOON + minute * MINUTE),
      use(day, 5n, uuid(minute)),
    ]);
    await post(tokens, partition, { from: 0n, groups });
    const due = (now: number, most: number) =>
      tokens.transaction((tx) => dueHoldsIn(tx, partition, { now: now as Instant, most }));
    assert.deepEqual(await due(NOON + MINUTE - 1, 10), []);
    assert.deepEqual(await due(NOON + 3 * MINUTE, 10), [uuid(1), uuid(2), uuid(3)]);
    assert.deepEqual(await due(NOON + 3 * MINUTE, 2), [uuid(1), uuid(2)]);
    await post(tokens, partition, { from: 4n, groups: [[{ kind: "release", hold: uuid(1) }]] });
    assert.deepEqual(await due(NOON + 3 * MINUTE, 10), [uuid(2), uuid(3)]);
  });
});

describe("balances that outlive their batch", () => {
  it("load only what they lack and stay equal to what is stored", async () => {
    const partition = await partitionOf("sandbank_tokens");
    const kept = new Balances([], []);
    const loaded: number[] = [];
    let seq = 0n;
    const batch = (groups: readonly Entry[][]) =>
      tokens.transaction(async (tx) => {
        const counting: Tx = {
          query: tx.query.bind(tx),
          rows: (asked, values) => {
            loaded[loaded.length - 1]! += 1;
            return tx.rows(asked, values);
          },
        };
        loaded.push(0);
        await loadLackingIn(counting, partition, {
          balances: kept,
          touched: touchedBy(groups.flat()),
        });
        const acts = groups.flatMap((entries): PostedAct[] => {
          const result = kept.apply(entries, { seq: ++seq, now: NOON });
          return result.ok ? [{ seq, postings: result.postings }] : [];
        });
        const movements = kept.take();
        await storeMovementsIn(tx, partition, { at: toIso(NOON), acts, movements });
      });
    const expires = NOON + MINUTE;
    await batch([[pay(cash, mei, 900n)], [use(day, 600n)]]);
    await batch([
      [open(uuid(1), 90n, expires), pay(mei, shop, 90n, uuid(1)), use(day, 90n, uuid(1))],
    ]);
    await batch([[capture(uuid(1), 40n)], [pay(mei, shop, 901n)]]);
    await batch([[capture(uuid(1), 30n, true)], [use({ ...day, cap: 100n }, 1n)]]);
    await batch([[capture(uuid(1), 1n)], [pay(mei, shop, 1n)]]);
    await batch([[pay(mei, shop, 2n)]]);
    assert.deepEqual(loaded, [1, 2, 0, 0, 2, 0], "an ended hold is forgotten and read again");
    const keys = [cash, mei, shop, day].map((ref) => ref.key);
    const fresh = await stored(partition, keys, [uuid(1)]);
    assert.deepEqual(
      fresh.accounts,
      keys.map((key) => kept.account(key) && { ...kept.account(key), owner: null, period: null }),
    );
    assert.equal(fresh.holds[0]?.state, "captured");
    assert.deepEqual(await differingAccounts(reader, partition), []);
  });
});

describe("the readers", () => {
  it("list balances by prefix, statements newest first, and a trial balance at any instant", async () => {
    const partition = await partitionOf("sandbank_tokens");
    const later = (NOON + MINUTE) as Instant;
    await post(tokens, partition, { from: 0n, groups: [[pay(cash, mei, 900n), use(count, 1n)]] });
    await post(tokens, partition, {
      ...{ from: 1n, now: later },
      groups: [
        [open(uuid(5), 40n, NOON + 9 * MINUTE), pay(mei, shop, 40n, uuid(5))],
        [pay(mei, shop, 7n)],
      ],
    });
    const zero = { debits: 0n, credits: 0n, pending_debits: 0n, pending_credits: 0n };
    assert.deepEqual((await balances(reader, partition, "deposit/")).map(plain), [
      {
        ...{ key: mei.key, book: "money:CNY", owner: "mei", period: null, cap: 0n, closed: false },
        ...{ debits: 7n, credits: 900n, pending_debits: 40n, pending_credits: 0n },
      },
    ]);
    assert.deepEqual((await trialBalance(reader, partition, NOON)).map(plain), [
      { ...zero, book: "limits", debits: 1n },
      { ...zero, book: "money:CNY", debits: 900n, credits: 900n },
    ]);
    assert.deepEqual((await trialBalance(reader, partition, later)).map(plain), [
      { ...zero, book: "limits", debits: 1n },
      {
        ...{ book: "money:CNY", debits: 907n, credits: 907n },
        ...{ pending_debits: 40n, pending_credits: 40n },
      },
    ]);
    const lines = (seq: bigint, most: number) =>
      accountStatement(reader, partition, { key: mei.key, before: seq, most });
    assert.deepEqual(await lines(99n, 10), [
      { seq: 3n, at: later, kind: "debit", amount: 7n },
      { seq: 2n, at: later, kind: "hold_debit", amount: 40n },
      { seq: 1n, at: NOON, kind: "credit", amount: 900n },
    ]);
    assert.deepEqual(
      (await lines(3n, 1)).map((line) => line.seq),
      [2n],
    );
  });

  it("find no account that differs from its history, until somebody changes one behind our back", async () => {
    const partition = await partitionOf("sandbank_tokens");
    await post(tokens, partition, {
      from: 0n,
      groups: [[pay(cash, mei, 900n), pay(mei, shop, 1n)]],
    });
    assert.deepEqual(await differingAccounts(reader, partition), []);
    const flip = statement(
      "test.flip",
      "update ledger.account set debits = debits + 1, credits = credits + 1 where partition = $1 and key = $2",
    );
    await database.owner.query(flip, [partition, mei.key]);
    assert.deepEqual(await differingAccounts(reader, partition), [mei.key]);
  });
});

function plain(row: object): object {
  return { ...row };
}

describe("the second lock on the door", () => {
  const storeRaw = (partition: number, movements: Partial<Movements>, acts: PostedAct[] = []) =>
    tokens.transaction((tx) =>
      storeMovementsIn(tx, partition, {
        ...{ at: toIso(NOON), acts },
        movements: { ...NOTHING, ...movements },
      }),
    );
  const account = (of: Partial<Account>): Account =>
    Object.assign(openAccount({ key: "wrong", book: "money:CNY" }, 999n), of);

  const wrong: [string, Account][] = [
    ["a position above its cap", account({ cap: 10n, debits: 11n })],
    ["pending debits above its cap", account({ cap: 10n, debits: 5n, pendingDebits: 6n })],
    [
      "a position above what stood when the cap was lowered",
      account({ cap: 10n, grandfathered: 20n, debits: 21n }),
    ],
    ["a position below its floor", account({ floor: -5n, credits: 6n })],
    ["pending credits below its floor", account({ floor: -5n, credits: 3n, pendingCredits: 3n })],
    ["a negative counter", account({ debits: -1n })],
    ["a negative pending debit", account({ pendingDebits: -1n })],
    ["a negative pending credit", account({ pendingCredits: -1n })],
    ["a limit below nothing used", account({ book: "limits", floor: 0n, credits: 1n })],
    ["a closed account with a balance", account({ closed: true, debits: 1n })],
    ["a closed account with a hold", account({ closed: true, pendingDebits: 1n })],
  ];
  for (const [name, row] of wrong) {
    it(`refuses ${name}`, async () => {
      const partition = await partitionOf("sandbank_tokens");
      await refusedWith("23514", storeRaw(partition, { opened: [row] }));
      const { book, cap, floor, grandfathered } = row;
      await storeRaw(partition, { opened: [account({ book, cap, floor, grandfathered })] });
      await refusedWith("23514", storeRaw(partition, { resettled: [row] }));
      if (!row.closed) await refusedWith("23514", storeRaw(partition, { changed: [row] }));
    });
  }

  it("refuses a limit without the floor that every limit has", async () => {
    const partition = await partitionOf("sandbank_tokens");
    const row = account({ book: "limits", floor: null });
    await refusedWith("23514", storeRaw(partition, { opened: [row] }));
  });

  it("allows the use that stood when the cap was lowered", async () => {
    const partition = await partitionOf("sandbank_tokens");
    await storeRaw(partition, { opened: [account({ cap: 10n, grandfathered: 20n, debits: 20n })] });
  });

  it("refuses an account that is not there to change, and one that is there twice", async () => {
    const partition = await partitionOf("sandbank_tokens");
    await storeRaw(partition, { opened: [account({})] });
    const other = await partitionOf("sandbank_tokens");
    for (const [of, row] of [
      [partition, account({ id: 7n })],
      [other, account({})],
    ] as const) {
      await refusedWith("P0001", storeRaw(of, { changed: [row] }));
      await refusedWith("P0001", storeRaw(of, { resettled: [row] }));
    }
    await refusedWith("23505", storeRaw(partition, { opened: [account({ id: 7n })] }));
    await refusedWith("23505", storeRaw(partition, { opened: [account({ key: "other" })] }));
  });

  it("refuses a hold that gives more than it has, or is worth nothing", async () => {
    const partition = await partitionOf("sandbank_tokens");
    const hold = (of: Partial<Hold>): Hold => ({
      ...{ id: uuid(8), amount: 10n, captured: 0n, expires: NOON, state: "open" },
      ...{ legs: [{ account: 1n, side: "debit", amount: 10n, whole: false }] },
      ...of,
    });
    await refusedWith("23514", storeRaw(partition, { holdsOpened: [hold({ captured: 11n })] }));
    await refusedWith("23514", storeRaw(partition, { holdsOpened: [hold({ amount: 0n })] }));
    await storeRaw(partition, { holdsOpened: [hold({})] });
    await refusedWith("23514", storeRaw(partition, { holdsChanged: [hold({ captured: 11n })] }));
    await refusedWith("23505", storeRaw(partition, { holdsOpened: [hold({})] }));
  });

  it("refuses a second act in one place of the order", async () => {
    const partition = await partitionOf("sandbank_tokens");
    const posting = { account: account({}), kind: "debit", amount: 1n } as const;
    const act = { seq: 1n, postings: [posting] };
    await storeRaw(partition, {}, [act]);
    await refusedWith("23505", storeRaw(partition, {}, [act]));
  });

  it("keeps a batch whole: one wrong row and nothing of it stands", async () => {
    const partition = await partitionOf("sandbank_tokens");
    const good = account({ id: 1n, key: "good" });
    const bad = account({ id: 2n, key: "bad", cap: 1n, debits: 2n });
    await refusedWith("23514", storeRaw(partition, { opened: [good, bad] }));
    assert.deepEqual((await stored(partition, ["good"])).accounts, [undefined]);
  });
});

describe("a role", () => {
  it("reaches no partition that is not its own", async () => {
    const partition = await partitionOf("sandbank_tokens");
    await post(tokens, partition, { from: 0n, groups: [[pay(cash, mei, 900n)]] });
    const pos = database.as("sandbank_pos");
    const groups = [[open(uuid(1), 1n, NOON + MINUTE), pay(mei, shop, 1n, uuid(1))]];
    await refusedWith("42501", post(pos, partition, { from: 1n, groups }));
    const touched = { keys: new Set([mei.key]), holds: new Set([uuid(1)]) };
    await refusedWith(
      "42501",
      pos.transaction((tx) => loadBalancesIn(tx, partition, touched)),
    );
    await refusedWith(
      "42501",
      pos.transaction((tx) => dueHoldsIn(tx, partition, { now: NOON, most: 1 })),
    );
    const each: (keyof Movements)[] = ["opened", "changed", "resettled"];
    for (const kind of each) {
      const rows = { ...NOTHING, [kind]: [openAccount(mei, 1n)] };
      const store = pos.transaction((tx) =>
        storeMovementsIn(tx, partition, { at: toIso(NOON), acts: [], movements: rows }),
      );
      await refusedWith("42501", store);
    }
  });

  it("touches no table: history can only grow, and only through the functions", async () => {
    for (const role of ["sandbank_tokens", "sandbank_reader"]) {
      for (const table of ["account", "act", "hold", "partition"]) {
        for (const [verb, text] of [
          ["select", `select * from ledger.${table}`],
          ["insert", `insert into ledger.${table} default values`],
          ["update", `update ledger.${table} set partition = partition`],
          ["delete", `delete from ledger.${table}`],
          ["truncate", `truncate ledger.${table}`],
        ]) {
          const denied = statement(`test.${role}.${verb}.${table}`, text!);
          await refusedWith("42501", database.as(role).query(denied));
        }
      }
    }
    const functions = await database.owner.query<{ name: string }>(
      statement(
        "test.writers",
        `select p.proname as name from pg_proc p where p.pronamespace = 'ledger'::regnamespace
           and (p.prosrc ilike '%update ledger.act%' or p.prosrc ilike '%delete from ledger%')`,
      ),
    );
    assert.deepEqual(functions, [], "no function changes or deletes history");
  });

  it("that reads cannot post, and one that posts cannot read for others", async () => {
    const partition = await partitionOf("sandbank_reader");
    await refusedWith(
      "42501",
      post(reader, partition, { from: 0n, groups: [[pay(cash, mei, 1n)]] }),
    );
    await refusedWith("42501", balances(tokens, partition, ""));
    await refusedWith("42501", differingAccounts(tokens, partition));
  });
});

describe("a plan that was made while the tables were empty", () => {
  it("reads a batch's own rows and no others once they are full", async () => {
    const partition = await partitionOf("sandbank_tokens");
    const single = database.as("sandbank_tokens", { connections: 1 });
    const limitOf = (n: number): AccountRef => ({ key: `limit/${n}`, book: "limits", cap: 9n });
    const groups = Array.from({ length: 3_000 }, (_, n) => [
      open(uuid(n), 1n, NOON + MINUTE),
      use(limitOf(n), 1n, uuid(n)),
    ]);
    await post(single, partition, { from: 0n, groups: groups.slice(0, 1) });
    await post(single, partition, { from: 1n, groups: groups.slice(1) });
    const read = async (): Promise<number> => {
      await single.query(statement("test.flush", "select pg_stat_force_next_flush()"));
      const [row] = await database.owner.query<{ n: bigint }>(
        statement(
          "test.read",
          `select sum(i.idx_tup_read + t.seq_tup_read)::int8 as n
             from pg_stat_user_tables t join pg_stat_user_indexes i using (relid)
            where t.schemaname = 'ledger' and t.relname in ('account', 'hold')`,
        ),
      );
      return Number(row!.n);
    };
    const before = await read();
    const batch = [
      [capture(uuid(7), 1n)],
      [use(limitOf(8), 1n)],
      [use({ ...limitOf(9), cap: 7n }, 1n)],
    ];
    await post(single, partition, { from: 3_000n, groups: batch });
    assert.ok((await read()) - before < 100, "a batch of three touched far more than its rows");
  });
});

describe("under traffic", () => {
  it("counters stay the sum of history, pending the sum of open holds, and books balance", async () => {
    const money = [cash, mei, shop, { key: "till", book: "money:CNY", floor: 0n } as const];
    const step = fc.record({
      what: fc.constantFrom("pay", "pay", "authorise", "authorise", "capture", "release", "back"),
      from: fc.nat({ max: 3 }),
      to: fc.nat({ max: 3 }),
      amount: fc.bigInt({ min: 1n, max: 60n }),
      n: fc.integer({ min: 1, max: 12 }),
      final: fc.boolean(),
    });
    type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
    const groupOf = ({ what, from, to, amount, n, final }: Step): Entry[] => {
      const hold = uuid(n);
      if (what === "capture") return [capture(hold, amount, final)];
      if (what === "release") return [{ kind: "release", hold }];
      if (what === "back") return [{ kind: "give_back", account: day, amount }];
      if (what === "pay") return [pay(money[from]!, money[to]!, amount), use(day, amount)];
      return [
        open(hold, amount, NOON + MINUTE),
        pay(money[from]!, money[to]!, amount, hold),
        use(day, amount, hold),
        use(count, 1n, hold, true),
      ];
    };
    const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), {
      ...{ minLength: 4, maxLength: 12, size: "max" },
    });
    const property = fc.asyncProperty(batches, async (list) => {
      const partition = await partitionOf("sandbank_tokens");
      let from = 0n;
      let accepted = 0;
      for (const groups of [[[pay(cash, mei, 400n)]], ...list.map((batch) => batch.map(groupOf))]) {
        const results = await post(tokens, partition, { from, groups });
        accepted += results.filter((result) => result.ok).length;
        from += BigInt(groups.length);
      }
      assert.ok(accepted > 0);
      assert.deepEqual(await database.owner.query(ASTRAY, [partition]), []);
      assert.deepEqual(await differingAccounts(reader, partition), []);
      for (const book of await trialBalance(reader, partition, NOON)) {
        if (book.book !== "money:CNY") continue;
        assert.deepEqual([book.debits, book.pending_debits], [book.credits, book.pending_credits]);
      }
    });
    await fc.assert(property, { numRuns: 8 });
  });

  it("64 callers on two connections never exceed a cap, under the partition's lock", async () => {
    const partition = await partitionOf("sandbank_owner");
    const owner = database.as("sandbank_owner", { connections: 2 });
    const caller = (n: number) =>
      owner.transaction(async (tx) => {
        await tx.query(LOCK, [partition]);
        const [last] = await tx.query<{ seq: bigint }>(LAST, [partition]);
        const groups = [[use(count, 1n), pay(cash, mei, BigInt(n))]];
        const [result] = await postIn(tx, partition, { from: last!.seq, groups });
        return result!.ok ? n : undefined;
      });
    const answers = await Promise.all(Array.from({ length: 64 }, (_, i) => caller(i + 1)));
    const paid = answers.filter((n) => n !== undefined);
    assert.equal(paid.length, 40, "the cap is 40");
    const [deposit] = await balances(reader, partition, mei.key);
    assert.equal(deposit?.credits, BigInt(paid.reduce((sum, n) => sum + n, 0)));
    const [used] = await balances(reader, partition, count.key);
    assert.equal(used?.debits, 40n);
    assert.deepEqual(await differingAccounts(reader, partition), []);
  });
});
