/** What people and auditors read of the ledger, over a real PostgreSQL. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Instant } from "../clock/index.ts";
import { statement } from "../store/index.ts";
import { cash, held, mei, MINUTE, NOON, open, pay, use } from "./ledger.fixture.ts";
import { count, LedgerBed, shop, uuid } from "./ledger.store.fixture.ts";
import { accountStatement, balances, differingAccounts, trialBalance } from "./reads.store.ts";

describe("what is read of the ledger", () => {
  let bed: LedgerBed;
  before(async () => {
    bed = await LedgerBed.open();
  });
  after(() => bed.end());

  describe("the readers", () => {
    it("list balances by prefix, statements newest first, and a trial balance at any instant", async () => {
      const partition = await bed.partitionOf();
      const later = (NOON + MINUTE) as Instant;
      await bed.post(partition, { from: 0n, groups: [[pay(cash, mei, 900n), use(count, 1n)]] });
      await bed.post(partition, {
        ...{ from: 1n, now: later },
        groups: [
          [open(uuid(5), 40n, NOON + 9 * MINUTE), held(uuid(5), pay(mei, shop, 40n))],
          [pay(mei, shop, 7n)],
        ],
      });
      const zero = { debits: 0n, credits: 0n, pending_debits: 0n, pending_credits: 0n };
      assert.deepEqual((await balances(bed.reader, partition, "deposit/")).map(plain), [
        {
          ...{
            key: mei.key,
            book: "money:CNY",
            owner: "mei",
            period: null,
            cap: 0n,
            closed: false,
          },
          ...{ debits: 7n, credits: 900n, pending_debits: 40n, pending_credits: 0n },
        },
      ]);
      assert.deepEqual((await trialBalance(bed.reader, partition, NOON)).map(plain), [
        { ...zero, book: "limits", debits: 1n },
        { ...zero, book: "money:CNY", debits: 900n, credits: 900n },
      ]);
      assert.deepEqual((await trialBalance(bed.reader, partition, later)).map(plain), [
        { ...zero, book: "limits", debits: 1n },
        {
          ...{ book: "money:CNY", debits: 907n, credits: 907n },
          ...{ pending_debits: 40n, pending_credits: 40n },
        },
      ]);
      const lines = (seq: bigint, most: number) =>
        accountStatement(bed.reader, partition, { key: mei.key, before: seq, most });
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
      const partition = await bed.partitionOf();
      await bed.post(partition, {
        from: 0n,
        groups: [[pay(cash, mei, 900n), pay(mei, shop, 1n)]],
      });
      assert.deepEqual(await differingAccounts(bed.reader, partition), []);
      const flip = statement(
        "test.flip",
        "update ledger.account set debits = debits + 1, credits = credits + 1 where partition = $1 and key = $2",
      );
      await bed.database.owner.query(flip, [partition, mei.key]);
      assert.deepEqual(await differingAccounts(bed.reader, partition), [mei.key]);
    });
  });

  function plain(row: object): object {
    return { ...row };
  }
});
