/**
 * The ledger's rulebook as tables: each kind of entry at its boundary, with the exact codes and
 * amounts; holds have theirs in `hold.test.ts`. No database here; `ledger.store.test.ts` has the same
 * engine over PostgreSQL.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FEN_MAX } from "../money/index.ts";
import { refusalEntry } from "../words/index.ts";
import { type Account, openAccount } from "./account.ts";
import {
  Book,
  capture,
  cash,
  close,
  day,
  funded,
  giveBack,
  held,
  mei,
  NOON,
  open,
  pay,
  release,
  use,
} from "./ledger.fixture.ts";
import type { AccountRef, Entry } from "./entry.ts";
import "./ledger.refusals.ts";
import { applyGroups, Balances } from "./ledger.ts";

const payer = mei;
const shop: AccountRef = { key: "clearing", book: "money:CNY" };
const till: AccountRef = { key: "till", book: "money:CNY", floor: 0n };
const limit: AccountRef = { key: "limit/day", book: "limits", cap: 100n };
const count: AccountRef = { key: "limit/count", book: "limits", cap: 3n };

describe("a transfer", () => {
  const rows: [string, bigint, string[]][] = [
    ["one below the funds", 499n, []],
    ["exactly the funds", 500n, []],
    ["one above the funds", 501n, ["funds_insufficient"]],
    ["nothing", 0n, ["amount_not_positive"]],
    ["less than nothing", -1n, ["amount_not_positive"]],
    ["more than a counter carries", FEN_MAX, ["amount_too_large"]],
  ];
  for (const [name, amount, codes] of rows) {
    it(`of ${name}: ${codes[0] ?? "posts"}`, () => {
      const book = funded(500n);
      book.done([pay(cash, shop, 1n)]);
      assert.deepEqual(book.codes([pay(payer, shop, amount)]), codes);
      const paid = codes.length === 0 ? amount : 0n;
      assert.deepEqual(book.counters(payer), [paid, 500n, 0n, 0n]);
      assert.deepEqual(book.counters(shop), [0n, 1n + paid, 0n, 0n]);
    });
  }

  it("says what is used, what the cap is and what was asked", () => {
    assert.deepEqual(funded(500n).act([pay(payer, shop, 501n)]), {
      ok: false,
      failed: [{ code: "funds_insufficient", unit: "fen", used: -500n, cap: 0n, asked: 501n }],
    });
  });

  it("uses the code of its citation where it has one", () => {
    const cites = { ...day, code: "facility_exceeded" };
    const entry = { ...pay(payer, shop, 501n), cites } as Entry;
    assert.deepEqual(funded(500n).act([entry]), {
      ok: false,
      failed: [{ ...cites, used: -500n, cap: 0n, asked: 501n }],
    });
  });

  it("stops a credit at the floor, pending credits counted", () => {
    const book = new Book();
    book.done([pay(till, cash, 30n)]);
    book.done([open("h", 10n), held("h", pay(cash, till, 10n))]);
    assert.deepEqual(book.act([pay(cash, till, 21n)]), {
      ok: false,
      failed: [{ code: "floor_reached", unit: "fen", used: -20n, cap: 0n, asked: 21n }],
    });
    book.done([pay(cash, till, 20n)]);
    assert.deepEqual(book.codes([pay(cash, till, 1n)]), ["floor_reached"]);
  });

  it("names both sides when both refuse", () => {
    const book = new Book();
    assert.deepEqual(book.codes([pay(payer, till, 1n)]), ["funds_insufficient", "floor_reached"]);
  });

  it("cannot pay the account it comes from", () => {
    assert.deepEqual(funded(5n).codes([pay(payer, payer, 1n)]), ["accounts_same"]);
  });

  it("cannot cross books, however the reference is labelled", () => {
    const book = funded(5n);
    book.done([use(limit, 1n)]);
    const asMoney: AccountRef = { key: limit.key, book: "money:CNY" };
    assert.deepEqual(book.codes([pay(payer, limit, 1n)]), ["books_differ"]);
    assert.deepEqual(book.codes([pay(payer, asMoney, 1n)]), ["books_differ"]);
    assert.deepEqual(book.codes([use(asMoney, 1n)]), ["books_differ"]);
    assert.deepEqual(book.codes([giveBack(asMoney, 1n)]), ["books_differ"]);
  });
});

describe("a use of a limit", () => {
  const rows: [string, bigint, string[]][] = [
    ["below the cap", 39n, []],
    ["exactly up to the cap", 40n, []],
    ["one above the cap", 41n, ["token_day_amount_exceeded"]],
    ["nothing", 0n, ["amount_not_positive"]],
    ["more than a counter carries", FEN_MAX, ["amount_too_large"]],
  ];
  for (const [name, amount, codes] of rows) {
    it(`${name}: ${codes[0] ?? "counts"}`, () => {
      const book = new Book();
      book.done([use(limit, 60n)]);
      assert.deepEqual(book.codes([use(limit, amount)]), codes);
      assert.deepEqual(book.counters(limit), [60n + (codes.length ? 0n : amount), 0n, 0n, 0n]);
    });
  }

  it("explains itself: limit, clause, unit, used, cap and asked", () => {
    const book = new Book();
    book.done([open("h", 60n), held("h", use(limit, 60n))]);
    assert.deepEqual(book.act([use(limit, 41n)]), {
      ok: false,
      failed: [{ ...day, used: 60n, cap: 100n, asked: 41n }],
    });
  });

  it("counts without bound where no cap is stated", () => {
    const book = new Book();
    const free: AccountRef = { key: "limit/free", book: "limits" };
    book.done([use(free, FEN_MAX)]);
    assert.deepEqual(book.codes([use(free, 1n)]), ["amount_too_large"]);
  });

  it("refuses everything under a cap of nothing", () => {
    const none = { ...limit, cap: 0n };
    assert.deepEqual(new Book().codes([use(none, 1n)]), ["token_day_amount_exceeded"]);
  });
});

describe("a cap that changes", () => {
  const at = (cap: bigint): AccountRef => ({ ...limit, cap });

  it("lowered below its use refuses later uses and undoes none", () => {
    const book = new Book();
    book.done([use(limit, 80n)]);
    assert.deepEqual(book.codes([use(at(50n), 1n)]), ["token_day_amount_exceeded"]);
    assert.deepEqual(book.counters(limit), [80n, 0n, 0n, 0n]);
    assert.equal(book.balances.account(limit.key)?.cap, 100n, "a refused act changes no cap");
    book.done([giveBack(at(50n), 10n)]);
    const account = book.balances.account(limit.key);
    assert.deepEqual([account?.cap, account?.grandfathered], [50n, 80n]);
    book.done([giveBack(at(50n), 21n)]);
    assert.deepEqual(book.codes([use(at(50n), 2n)]), ["token_day_amount_exceeded"]);
    book.done([use(at(50n), 1n)]);
    assert.deepEqual(book.counters(limit), [81n, 31n, 0n, 0n]);
  });

  it("lowered below a hold lets the hold be captured", () => {
    const book = new Book();
    book.done([open("h", 80n), held("h", use(limit, 80n))]);
    book.done([giveBack(at(10n), 0n)]);
    book.done([capture("h", 70n, true)]);
    assert.deepEqual(book.counters(limit), [70n, 0n, 0n, 0n]);
    assert.deepEqual(book.codes([use(at(10n), 1n)]), ["token_day_amount_exceeded"]);
  });

  it("raised gives room at once and forgets what stood above the old one", () => {
    const book = new Book();
    book.done([use(limit, 100n)]);
    book.done([giveBack(at(50n), 1n)]);
    book.done([use(at(120n), 21n)]);
    assert.deepEqual(book.counters(limit), [121n, 1n, 0n, 0n]);
    assert.equal(book.balances.account(limit.key)?.grandfathered, null);
  });

  it("below nothing at the opening stands from the first credit on", () => {
    const minimum: AccountRef = { key: "deposit/min", book: "money:CNY", cap: -100n };
    const book = new Book();
    book.done([pay(cash, minimum, 150n)]);
    assert.equal(book.balances.account(minimum.key)?.grandfathered, 0n);
    assert.deepEqual(book.codes([pay(minimum, cash, 51n)]), ["funds_insufficient"]);
    book.done([pay(minimum, cash, 50n)]);
  });
});

describe("giving back", () => {
  it("returns what was taken", () => {
    const book = new Book();
    book.done([use(limit, 60n)]);
    book.done([giveBack(limit, 25n)]);
    assert.deepEqual(book.counters(limit), [60n, 25n, 0n, 0n]);
  });

  it("never goes below nothing used", () => {
    const book = new Book();
    book.done([use(limit, 60n)]);
    book.done([giveBack(limit, 61n)]);
    assert.deepEqual(book.counters(limit), [60n, 60n, 0n, 0n]);
  });

  it("leaves what others hold", () => {
    const book = new Book();
    book.done([open("h", 10n), use(limit, 60n), held("h", use(limit, 10n))]);
    book.done([giveBack(limit, 65n)]);
    assert.deepEqual(book.counters(limit), [60n, 60n, 10n, 0n]);
  });

  it("to a limit that took nothing opens nothing", () => {
    const book = new Book();
    book.done([giveBack(limit, 5n)]);
    assert.equal(book.counters(limit), undefined);
    assert.deepEqual(book.balances.movements().opened, []);
  });
});

describe("a closed account", () => {
  it("takes no entry and stays closed", () => {
    const book = new Book();
    book.done([use(limit, 10n)]);
    book.done([giveBack(limit, 10n)]);
    book.done([close(limit)]);
    assert.deepEqual(book.codes([use(limit, 1n)]), ["account_closed"]);
    assert.deepEqual(book.codes([close(limit)]), ["account_closed"]);
    book.done([giveBack(limit, 10n)]);
    assert.deepEqual(book.counters(limit), [10n, 10n, 0n, 0n]);
  });

  const full: [string, Entry[]][] = [
    ["a balance", [pay(cash, payer, 1n)]],
    [
      "a hold on its debits",
      [pay(cash, payer, 1n), open("h", 1n), held("h", pay(payer, shop, 1n))],
    ],
    ["a hold on its credits", [open("h", 1n), held("h", pay(cash, payer, 1n))]],
  ];
  for (const [what, entries] of full) {
    it(`cannot be one with ${what}`, () => {
      const book = new Book();
      book.done(entries);
      assert.deepEqual(book.codes([close(payer)]), ["account_not_empty"]);
    });
  }

  it("refuses both directions of a transfer", () => {
    const book = funded(500n);
    book.done([close(shop)]);
    assert.deepEqual(book.codes([pay(payer, shop, 1n)]), ["account_closed"]);
    assert.deepEqual(book.codes([pay(shop, payer, 1n)]), ["account_closed"]);
  });
});

describe("a group", () => {
  it("names every entry that failed, in order, and applies none", () => {
    const book = funded(500n);
    const before = structuredClone(book.counters(payer));
    assert.deepEqual(
      book.codes([
        use(limit, 101n),
        pay(payer, shop, 400n),
        use(count, 4n),
        pay(payer, shop, 101n),
        capture("x", 1n),
        close(payer),
      ]),
      [
        "token_day_amount_exceeded",
        "token_day_amount_exceeded",
        "funds_insufficient",
        "hold_absent",
        "account_not_empty",
      ],
    );
    assert.deepEqual(book.counters(payer), before);
  });

  it("that fails opens no account and no hold", () => {
    const book = new Book();
    assert.deepEqual(book.codes([open("h", 5n), held("h", use(limit, 5n)), pay(payer, shop, 1n)]), [
      "funds_insufficient",
    ]);
    for (const ref of [limit, payer, shop]) assert.equal(book.counters(ref), undefined);
    assert.equal(book.balances.hold("h"), undefined);
    const nothing = { opened: [], changed: [], resettled: [], holdsOpened: [], holdsChanged: [] };
    assert.deepEqual(book.balances.movements(), nothing);
  });

  it("that fails leaves a hold as it was, though it captured and released it", () => {
    const book = funded(500n);
    book.done([open("h", 90n), held("h", pay(payer, shop, 90n))]);
    const failing = [capture("h", 30n), capture("h", 30n), release("h"), use(limit, 101n)];
    assert.deepEqual(book.codes(failing), ["token_day_amount_exceeded"]);
    const { state, captured } = book.balances.hold("h")!;
    assert.deepEqual({ state, captured }, { state: "open", captured: 0n });
    assert.deepEqual(book.counters(payer), [0n, 500n, 90n, 0n]);
  });

  it("sees what its own earlier entries did", () => {
    const book = new Book();
    book.done([pay(cash, payer, 10n), pay(payer, shop, 10n)]);
    assert.deepEqual(book.counters(payer), [10n, 10n, 0n, 0n]);
  });

  it("that only probes is judged in full and leaves nothing", () => {
    const book = funded(500n);
    const probe = { seq: 9n, now: NOON, probe: true };
    assert.equal(book.balances.apply([pay(payer, shop, 500n), use(limit, 1n)], probe).ok, true);
    const refused = book.balances.apply([pay(payer, shop, 501n)], probe);
    assert.equal(refused.ok, false);
    assert.deepEqual(book.counters(payer), [0n, 500n, 0n, 0n]);
    assert.equal(book.counters(limit), undefined);
  });

  it("of no entries posts nothing", () => {
    assert.deepEqual(new Book().act([]), { ok: true, postings: [] });
  });

  it("opens accounts under ids that follow from its place in the order", () => {
    const book = new Book();
    book.done([use(limit, 1n), use(count, 1n)]);
    book.done([pay(cash, shop, 1n)]);
    const ids = [limit, count, cash, shop].map((ref) => book.balances.account(ref.key)?.id);
    assert.deepEqual(ids, [256n, 257n, 512n, 513n]);
  });

  it("is one of many: each has its result, and the movements are those of all", () => {
    const balances = new Balances([], []);
    const groups = [
      [pay(cash, payer, 5n)],
      [pay(payer, shop, 6n)],
      [pay(payer, shop, 5n), use(limit, 5n)],
    ].map((entries, i) => ({ entries, act: { seq: BigInt(i + 1), now: NOON } }));
    const { results, movements } = applyGroups(balances, groups);
    assert.deepEqual(
      results.map((result) => result.ok),
      [true, false, true],
    );
    assert.deepEqual(
      movements.opened.map((account) => account.key),
      ["cash", "deposit/mei", "clearing", "limit/day"],
    );
    assert.deepEqual(movements.changed, [], "what opened in the batch is stored once");
    assert.deepEqual(movements.resettled, []);
  });

  it("tells accounts whose counters moved from those that were settled anew", () => {
    const known = (key: string, id: bigint): Account =>
      openAccount({ key, book: "limits", cap: 9n }, id);
    const balances = new Balances([known("a", 1n), known("b", 2n), known("c", 3n)], []);
    const at = (key: string, cap: bigint): AccountRef => ({ key, book: "limits", cap });
    const groups = [
      [use(at("a", 9n), 1n), use(at("b", 9n), 1n)],
      [use(at("b", 8n), 1n), close(at("c", 9n))],
      [use(at("b", 8n), 1n), use(at("a", 7n), 7n)],
    ].map((entries, i) => ({ entries, act: { seq: BigInt(i + 1), now: NOON } }));
    const { movements } = applyGroups(balances, groups);
    const keys = (accounts: readonly Account[]) => accounts.map((account) => account.key);
    assert.deepEqual(keys(movements.changed), ["a"]);
    assert.deepEqual(keys(movements.resettled), ["b", "c"]);
  });
});

it("every code of the engine is declared with both texts", () => {
  const codes = [
    "amount_not_positive",
    "amount_too_large",
    "accounts_same",
    "books_differ",
    "account_closed",
    "account_not_empty",
    "hold_exists",
    "hold_absent",
    "hold_expired",
    "hold_ended",
    "capture_above_hold",
    "floor_reached",
    "funds_insufficient",
  ];
  for (const code of codes) assert.ok(refusalEntry(code)?.text.zh, code);
});
