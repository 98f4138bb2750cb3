/**
 * The second lock on the ledger's door: what a wrong engine would write is refused by PostgreSQL, and
 * a role reaches nothing but its own partition, through the functions alone.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { toIso } from "../clock/index.ts";
import { statement } from "../store/index.ts";
import { type Account, openAccount } from "./account.ts";
import { cash, held, mei, MINUTE, NOON, open, pay } from "./ledger.fixture.ts";
import { LedgerBed, NOTHING, postIn, refusedWith, shop, uuid } from "./ledger.store.fixture.ts";
import type { Hold } from "./hold.ts";
import { dueHoldsIn, loadBalancesIn, storeMovementsIn } from "./ledger.store.ts";
import type { Movements } from "./ledger.ts";
import { balances, differingAccounts } from "./reads.store.ts";

describe("the ledger's door", () => {
  let bed: LedgerBed;
  before(async () => {
    bed = await LedgerBed.open();
  });
  after(() => bed.end());

  describe("the second lock on the door", () => {
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
        const partition = await bed.partitionOf();
        await refusedWith("23514", bed.storeRaw(partition, { opened: [row] }));
        const { book, cap, floor, grandfathered } = row;
        await bed.storeRaw(partition, { opened: [account({ book, cap, floor, grandfathered })] });
        await refusedWith("23514", bed.storeRaw(partition, { resettled: [row] }));
        if (!row.closed) await refusedWith("23514", bed.storeRaw(partition, { changed: [row] }));
      });
    }

    it("refuses a limit without the floor that every limit has", async () => {
      const partition = await bed.partitionOf();
      const row = account({ book: "limits", floor: null });
      await refusedWith("23514", bed.storeRaw(partition, { opened: [row] }));
    });

    it("allows the use that stood when the cap was lowered", async () => {
      const partition = await bed.partitionOf();
      await bed.storeRaw(partition, {
        opened: [account({ cap: 10n, grandfathered: 20n, debits: 20n })],
      });
    });

    it("refuses an account that is not there to change, and one that is there twice", async () => {
      const partition = await bed.partitionOf();
      await bed.storeRaw(partition, { opened: [account({})] });
      const other = await bed.partitionOf();
      for (const [of, row] of [
        [partition, account({ id: 7n })],
        [other, account({})],
      ] as const) {
        await refusedWith("P0001", bed.storeRaw(of, { changed: [row] }));
        await refusedWith("P0001", bed.storeRaw(of, { resettled: [row] }));
      }
      await refusedWith("23505", bed.storeRaw(partition, { opened: [account({ id: 7n })] }));
      await refusedWith("23505", bed.storeRaw(partition, { opened: [account({ key: "other" })] }));
    });

    it("refuses a hold that gives more than it has, or is worth nothing", async () => {
      const partition = await bed.partitionOf();
      const hold = (of: Partial<Hold>): Hold => ({
        ...{ id: uuid(8), amount: 10n, captured: 0n, expires: NOON, state: "open" },
        ...{ legs: [{ account: 1n, side: "debit", amount: 10n, whole: false }] },
        ...of,
      });
      await refusedWith(
        "23514",
        bed.storeRaw(partition, { holdsOpened: [hold({ captured: 11n })] }),
      );
      await refusedWith("23514", bed.storeRaw(partition, { holdsOpened: [hold({ amount: 0n })] }));
      await bed.storeRaw(partition, { holdsOpened: [hold({})] });
      await refusedWith(
        "23514",
        bed.storeRaw(partition, { holdsChanged: [hold({ captured: 11n })] }),
      );
      await refusedWith("23505", bed.storeRaw(partition, { holdsOpened: [hold({})] }));
    });

    it("refuses a second act in one place of the order", async () => {
      const partition = await bed.partitionOf();
      const posting = { account: account({}), kind: "debit", amount: 1n } as const;
      const act = { seq: 1n, postings: [posting] };
      await bed.storeRaw(partition, {}, [act]);
      await refusedWith("23505", bed.storeRaw(partition, {}, [act]));
    });

    it("keeps a batch whole: one wrong row and nothing of it stands", async () => {
      const partition = await bed.partitionOf();
      const good = account({ id: 1n, key: "good" });
      const bad = account({ id: 2n, key: "bad", cap: 1n, debits: 2n });
      await refusedWith("23514", bed.storeRaw(partition, { opened: [good, bad] }));
      assert.deepEqual((await bed.stored(partition, ["good"])).accounts, [undefined]);
    });
  });

  describe("a role", () => {
    it("reaches no partition that is not its own", async () => {
      const partition = await bed.partitionOf();
      await bed.post(partition, { from: 0n, groups: [[pay(cash, mei, 900n)]] });
      const pos = bed.database.as("sandbank_pos");
      const groups = [[open(uuid(1), 1n, NOON + MINUTE), held(uuid(1), pay(mei, shop, 1n))]];
      await refusedWith(
        "42501",
        pos.transaction((tx) => postIn(tx, partition, { from: 1n, groups })),
      );
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
            await refusedWith("42501", bed.database.as(role).query(denied));
          }
        }
      }
      const functions = await bed.database.owner.query<{ name: string }>(
        statement(
          "test.writers",
          `select p.proname as name from pg_proc p where p.pronamespace = 'ledger'::regnamespace
           and (p.prosrc ilike '%update ledger.act %' or p.prosrc ilike '%delete from ledger.act %')`,
        ),
      );
      assert.deepEqual(functions, [], "no function changes or deletes history");
    });

    it("that reads cannot post, and one that posts cannot read for others", async () => {
      const partition = await bed.partitionOf("sandbank_reader");
      await refusedWith(
        "42501",
        bed.reader.transaction((tx) =>
          postIn(tx, partition, { from: 0n, groups: [[pay(cash, mei, 1n)]] }),
        ),
      );
      await refusedWith("42501", balances(bed.tokens, partition, ""));
      await refusedWith("42501", differingAccounts(bed.tokens, partition));
    });
  });
});
