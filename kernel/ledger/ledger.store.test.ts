/**
 * The ledger over a real PostgreSQL: what is stored is what was decided, in one batch or many, kept in
 * memory or loaded anew, alone or under traffic.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { type Instant, toIso } from "../clock/index.ts";
import { statement, type Tx } from "../store/index.ts";
import {
  capture,
  cash,
  giveBack,
  held,
  mei,
  MINUTE,
  NOON,
  open,
  pay,
  use,
} from "./ledger.fixture.ts";
import { count, dayLimit, LedgerBed, postIn, shop, uuid } from "./ledger.store.fixture.ts";
import type { AccountRef, Entry } from "./entry.ts";
import { dueHoldsIn, loadLackingIn, type PostedAct } from "./ledger.store.ts";
import { storeMovementsIn, touchedBy } from "./ledger.store.ts";
import { Balances } from "./ledger.ts";
import { balances, differingAccounts, trialBalance } from "./reads.store.ts";

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

describe("the ledger over PostgreSQL", () => {
  let bed: LedgerBed;
  before(async () => {
    bed = await LedgerBed.open();
  });
  after(() => bed.end());

  describe("what is stored", () => {
    const hold = uuid(1);
    const expires = NOON + 7 * MINUTE + 123;

    /** A partition in which Mei has paid in and one payment is authorised. */
    const authorised = async (): Promise<number> => {
      const partition = await bed.partitionOf();
      const payment = [
        open(hold, 300n, expires),
        held(hold, pay(mei, shop, 300n)),
        held(hold, use(dayLimit, 300n)),
        held(hold, use(count, 1n), true),
      ];
      const lowered = { ...dayLimit, cap: 200n };
      const groups = [[pay(cash, mei, 900n)], payment, [use(lowered, 1n)], [giveBack(lowered, 5n)]];
      const results = await bed.post(partition, { from: 0n, groups });
      assert.deepEqual(
        results.map((result) => result.ok),
        [true, true, false, true],
      );
      return partition;
    };

    it("is loaded as it was, accounts and holds, by key and through a hold alone", async () => {
      const partition = await authorised();
      const keys = [mei, shop, dayLimit, count].map((ref) => ref.key);
      const { accounts, holds } = await bed.stored(partition, keys, [hold]);
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
          ...{ ...none, ...still, id: 513n, key: dayLimit.key, book: "limits" },
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
    });

    it("moves with captures and releases of a hold", async () => {
      const partition = await authorised();
      const keys = [mei, shop, dayLimit, count].map((ref) => ref.key);
      await bed.post(partition, { from: 4n, groups: [[capture(hold, 100n)]] });
      await bed.post(partition, { from: 5n, groups: [[{ kind: "release", hold }]] });
      const end = await bed.stored(partition, keys, [hold]);
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
      assert.deepEqual(await differingAccounts(bed.reader, partition), []);
    });

    it("is nothing where nothing was stored", async () => {
      const partition = await bed.partitionOf();
      const found = await bed.stored(partition, ["x"], [uuid(1)]);
      assert.deepEqual(found, { accounts: [undefined], holds: [undefined] });
      assert.deepEqual(await bed.post(partition, { from: 0n, groups: [] }), []);
    });

    it("names what is due, earliest first, and no more than asked for", async () => {
      const partition = await bed.partitionOf();
      const groups = [3, 1, 2, 9].map((minute) => [
        open(uuid(minute), 5n, NOON + minute * MINUTE),
        held(uuid(minute), use(dayLimit, 5n)),
      ]);
      await bed.post(partition, { from: 0n, groups });
      const due = (now: number, most: number) =>
        bed.tokens.transaction((tx) => dueHoldsIn(tx, partition, { now: now as Instant, most }));
      assert.deepEqual(await due(NOON + MINUTE - 1, 10), []);
      assert.deepEqual(await due(NOON + 3 * MINUTE, 10), [uuid(1), uuid(2), uuid(3)]);
      assert.deepEqual(await due(NOON + 3 * MINUTE, 2), [uuid(1), uuid(2)]);
      await bed.post(partition, { from: 4n, groups: [[{ kind: "release", hold: uuid(1) }]] });
      assert.deepEqual(await due(NOON + 3 * MINUTE, 10), [uuid(2), uuid(3)]);
    });
  });

  describe("balances that outlive their batch", () => {
    it("load only what they lack and stay equal to what is stored", async () => {
      const partition = await bed.partitionOf();
      const kept = new Balances([], []);
      const loaded: number[] = [];
      let seq = 0n;
      const batch = (groups: readonly Entry[][]) =>
        bed.tokens.transaction(async (tx) => {
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
      await batch([[pay(cash, mei, 900n)], [use(dayLimit, 600n)]]);
      await batch([
        [
          open(uuid(1), 90n, expires),
          held(uuid(1), pay(mei, shop, 90n)),
          held(uuid(1), use(dayLimit, 90n)),
        ],
      ]);
      await batch([[capture(uuid(1), 40n)], [pay(mei, shop, 901n)]]);
      await batch([[capture(uuid(1), 30n, true)], [use({ ...dayLimit, cap: 100n }, 1n)]]);
      await batch([[capture(uuid(1), 1n)], [pay(mei, shop, 1n)]]);
      await batch([[pay(mei, shop, 2n)]]);
      assert.deepEqual(loaded, [1, 2, 0, 0, 0, 0], "nothing is read twice, ended holds among it");
      const keys = [cash, mei, shop, dayLimit].map((ref) => ref.key);
      const fresh = await bed.stored(partition, keys, [uuid(1)]);
      assert.deepEqual(
        fresh.accounts,
        keys.map((key) => kept.account(key) && { ...kept.account(key), owner: null, period: null }),
      );
      assert.equal(fresh.holds[0]?.state, "captured");
      assert.deepEqual(await differingAccounts(bed.reader, partition), []);
    });
  });

  describe("a plan that was made while the tables were empty", () => {
    it("reads a batch's own rows and no others once they are full", async () => {
      const partition = await bed.partitionOf();
      const single = bed.database.as("sandbank_tokens", { connections: 1 });
      const limitOf = (n: number): AccountRef => ({ key: `limit/${n}`, book: "limits", cap: 9n });
      const groups = Array.from({ length: 3_000 }, (_, n) => [
        open(uuid(n), 1n, NOON + MINUTE),
        held(uuid(n), use(limitOf(n), 1n)),
      ]);
      await single.transaction((tx) =>
        postIn(tx, partition, { from: 0n, groups: groups.slice(0, 1) }),
      );
      await single.transaction((tx) =>
        postIn(tx, partition, { from: 1n, groups: groups.slice(1) }),
      );
      const read = async (): Promise<number> => {
        await single.query(statement("test.flush", "select pg_stat_force_next_flush()"));
        const [row] = await bed.database.owner.query<{ n: bigint }>(
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
      await single.transaction((tx) => postIn(tx, partition, { from: 3_000n, groups: batch }));
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
        if (what === "back") return [{ kind: "give_back", account: dayLimit, amount }];
        if (what === "pay") return [pay(money[from]!, money[to]!, amount), use(dayLimit, amount)];
        return [
          open(hold, amount, NOON + MINUTE),
          held(hold, pay(money[from]!, money[to]!, amount)),
          held(hold, use(dayLimit, amount)),
          held(hold, use(count, 1n), true),
        ];
      };
      const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), {
        ...{ minLength: 4, maxLength: 12, size: "max" },
      });
      const property = fc.asyncProperty(batches, async (list) => {
        const partition = await bed.partitionOf();
        let from = 0n;
        let accepted = 0;
        for (const groups of [
          [[pay(cash, mei, 400n)]],
          ...list.map((batch) => batch.map(groupOf)),
        ]) {
          const results = await bed.post(partition, { from, groups });
          accepted += results.filter((result) => result.ok).length;
          from += BigInt(groups.length);
        }
        assert.ok(accepted > 0);
        assert.deepEqual(await bed.database.owner.query(ASTRAY, [partition]), []);
        assert.deepEqual(await differingAccounts(bed.reader, partition), []);
        for (const book of await trialBalance(bed.reader, partition, NOON)) {
          if (book.book !== "money:CNY") continue;
          assert.deepEqual(
            [book.debits, book.pending_debits],
            [book.credits, book.pending_credits],
          );
        }
      });
      await fc.assert(property, { numRuns: 8 });
    });

    it("64 callers on two connections never exceed a cap, under the partition's lock", async () => {
      const partition = await bed.partitionOf("sandbank_owner");
      const owner = bed.database.as("sandbank_owner", { connections: 2 });
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
      const [deposit] = await balances(bed.reader, partition, mei.key);
      assert.equal(deposit?.credits, BigInt(paid.reduce((sum, n) => sum + n, 0)));
      const [used] = await balances(bed.reader, partition, count.key);
      assert.equal(used?.debits, 40n);
      assert.deepEqual(await differingAccounts(bed.reader, partition), []);
    });
  });
});
