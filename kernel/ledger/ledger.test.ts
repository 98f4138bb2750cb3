/**
 * The ledger's rulebook as tables: each kind of entry at its boundary, with the exact codes and
 * amounts. No database here; `ledger.store.test.ts` has the same engine over PostgreSQL.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Instant } from "../clock/index.ts";
import { type Fen, FEN_MAX } from "../money/index.ts";
import { refusalEntry } from "../words/index.ts";
import { type Account, openAccount } from "./account.ts";
import type { AccountRef, Citation, Entry } from "./entry.ts";
import "./ledger.refusals.ts";
import { applyGroups, Balances, type GroupResult } from "./ledger.ts";

const NOON = 1_795_579_200_000 as Instant;
const LATER = (NOON + 60_000) as Instant;

const day: Citation = {
  code: "token_day_amount_exceeded",
  limit: "token_day_amount",
  unit: "fen",
  clause: "control 3",
};

const payer: AccountRef = { key: "deposit/mei", book: "money:CNY", cap: 0n };
const shop: AccountRef = { key: "clearing", book: "money:CNY" };
const till: AccountRef = { key: "till", book: "money:CNY", floor: 0n };
const cash: AccountRef = { key: "cash", book: "money:CNY" };
const limit: AccountRef = { key: "limit/day", book: "limits", cap: 100n };
const count: AccountRef = { key: "limit/count", book: "limits", cap: 3n };

const pay = (debit: AccountRef, credit: AccountRef, amount: bigint, hold?: string): Entry => ({
  kind: "transfer",
  debit,
  credit,
  amount: amount as Fen,
  ...(hold && { hold }),
});
const use = (account: AccountRef, amount: bigint, hold?: string, whole?: boolean): Entry => ({
  kind: "use",
  account,
  amount,
  cites: day,
  ...(hold && { hold }),
  ...(whole && { whole }),
});
const open = (hold: string, amount: bigint, expires = LATER): Entry => ({
  kind: "hold",
  hold,
  amount: amount as Fen,
  expires,
});
const capture = (hold: string, amount: bigint, final = false): Entry => ({
  kind: "capture",
  hold,
  amount: amount as Fen,
  final,
});
const release = (hold: string): Entry => ({ kind: "release", hold });
const close = (account: AccountRef): Entry => ({ kind: "close", account });
const giveBack = (account: AccountRef, amount: bigint): Entry => ({
  kind: "give_back",
  account,
  amount,
});

/** A ledger in which each call is one act, a second after the one before unless it says when. */
class Book {
  readonly balances = new Balances([], []);
  #seq = 0n;

  act(entries: Entry[], at: { now?: Instant; expiring?: boolean } = {}): GroupResult {
    return this.balances.apply(entries, { seq: ++this.#seq, now: NOON, ...at });
  }

  done(entries: Entry[], at: { now?: Instant; expiring?: boolean } = {}): void {
    assert.deepEqual(this.codes(entries, at), []);
  }

  codes(entries: Entry[], at: { now?: Instant; expiring?: boolean } = {}): string[] {
    const result = this.act(entries, at);
    return result.ok ? [] : result.failed.map((failed) => failed.code);
  }

  /** debits, credits, pending debits, pending credits */
  counters(ref: AccountRef): bigint[] | undefined {
    const account = this.balances.account(ref.key);
    return account && countersOf(account);
  }
}

function countersOf(account: Account): bigint[] {
  const { debits, credits, pendingDebits, pendingCredits } = account;
  return [debits, credits, pendingDebits, pendingCredits];
}

/** Mei's deposit holds `amount`: the bank owes it to her, so it is a credit. */
function funded(amount: bigint): Book {
  const book = new Book();
  book.done([pay(cash, payer, amount)]);
  return book;
}

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
    book.done([open("h", 10n), pay(cash, till, 10n, "h")]);
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
    book.done([open("h", 60n), use(limit, 60n, "h")]);
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
    book.done([open("h", 80n), use(limit, 80n, "h")]);
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
    book.done([open("h", 10n), use(limit, 60n), use(limit, 10n, "h")]);
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

describe("a hold", () => {
  const authorised = (): Book => {
    const book = funded(500n);
    book.done([
      open("h", 90n),
      pay(payer, shop, 90n, "h"),
      use(limit, 90n, "h"),
      use(count, 1n, "h", true),
    ]);
    return book;
  };
  const money = (book: Book) => [book.counters(payer), book.counters(shop)];

  it("reserves on every leg and posts nothing", () => {
    const book = authorised();
    assert.deepEqual(money(book), [
      [0n, 500n, 90n, 0n],
      [0n, 0n, 0n, 90n],
    ]);
    assert.deepEqual(book.counters(limit), [0n, 0n, 90n, 0n]);
    assert.deepEqual(book.counters(count), [0n, 0n, 1n, 0n]);
    assert.deepEqual(book.codes([pay(payer, shop, 411n)]), ["funds_insufficient"]);
    assert.deepEqual(book.codes([use(limit, 11n)]), ["token_day_amount_exceeded"]);
  });

  it("captured in full posts every leg and ends", () => {
    const book = authorised();
    book.done([capture("h", 90n)]);
    assert.equal(book.balances.hold("h")?.state, "captured");
    assert.deepEqual(money(book), [
      [90n, 500n, 0n, 0n],
      [0n, 90n, 0n, 0n],
    ]);
    assert.deepEqual(book.counters(count), [1n, 0n, 0n, 0n]);
    assert.deepEqual(book.codes([capture("h", 1n)]), ["hold_ended"]);
    assert.deepEqual(book.codes([release("h")]), ["hold_ended"]);
  });

  it("captured in parts posts a whole leg with the first part only", () => {
    const book = authorised();
    book.done([capture("h", 30n)]);
    assert.deepEqual(book.counters(payer), [30n, 500n, 60n, 0n]);
    assert.deepEqual(book.counters(limit), [30n, 0n, 60n, 0n]);
    assert.deepEqual(book.counters(count), [1n, 0n, 0n, 0n]);
    book.done([capture("h", 20n)]);
    assert.deepEqual(book.counters(count), [1n, 0n, 0n, 0n]);
    book.done([release("h")]);
    assert.equal(book.balances.hold("h")?.state, "released");
    assert.deepEqual(book.counters(payer), [50n, 500n, 0n, 0n]);
    assert.deepEqual(book.counters(limit), [50n, 0n, 0n, 0n]);
    assert.deepEqual(book.counters(count), [1n, 0n, 0n, 0n]);
  });

  it("captured finally in part gives the rest back", () => {
    const book = authorised();
    book.done([capture("h", 30n, true)]);
    assert.equal(book.balances.hold("h")?.state, "captured");
    assert.deepEqual(book.counters(payer), [30n, 500n, 0n, 0n]);
    assert.deepEqual(book.counters(limit), [30n, 0n, 0n, 0n]);
  });

  it("gives at most what is left", () => {
    const book = authorised();
    book.done([capture("h", 30n)]);
    assert.deepEqual(book.act([capture("h", 61n)]), {
      ok: false,
      failed: [{ code: "capture_above_hold", unit: "fen", used: 30n, cap: 90n, asked: 61n }],
    });
    assert.deepEqual(book.codes([capture("h", 0n)]), ["amount_not_positive"]);
  });

  it("released gives everything back to the accounts it came from", () => {
    const book = authorised();
    book.done([release("h")]);
    assert.deepEqual(money(book), [
      [0n, 500n, 0n, 0n],
      [0n, 0n, 0n, 0n],
    ]);
    assert.deepEqual(book.counters(limit), [0n, 0n, 0n, 0n]);
    assert.deepEqual(book.counters(count), [0n, 0n, 0n, 0n]);
  });

  it("expires at the stated instant, not at the next sweep", () => {
    const before = (LATER - 1) as Instant;
    for (const end of [capture("h", 1n), release("h")]) {
      authorised().done([end], { now: before });
      assert.deepEqual(authorised().codes([end], { now: LATER }), ["hold_expired"]);
    }
  });

  it("is released by the guard at its expiry and reads expired ever after", () => {
    const book = authorised();
    book.done([capture("h", 30n)]);
    book.done([release("h")], { now: LATER, expiring: true });
    assert.equal(book.balances.hold("h")?.state, "expired");
    assert.deepEqual(book.counters(payer), [30n, 500n, 0n, 0n]);
    assert.deepEqual(book.codes([capture("h", 1n)]), ["hold_expired"]);
    const again = { now: LATER, expiring: true };
    assert.deepEqual(book.codes([release("h")], again), ["hold_expired"]);
  });

  it("may be opened, captured and used up in one act", () => {
    const book = funded(500n);
    book.done([open("h", 10n), pay(payer, shop, 10n, "h"), capture("h", 10n)]);
    assert.deepEqual(book.counters(payer), [10n, 500n, 0n, 0n]);
    assert.deepEqual(book.balances.movements().holdsChanged, []);
  });

  it("has a number of its own, and what belongs to it is judged even when it is refused", () => {
    const book = authorised();
    const again = [open("h", 90n), pay(payer, shop, 411n, "h"), use(limit, 11n, "h")];
    assert.deepEqual(book.codes(again), [
      "hold_exists",
      "funds_insufficient",
      "token_day_amount_exceeded",
    ]);
    assert.deepEqual(book.codes([open("h", 90n), pay(payer, shop, 9n, "h")]), ["hold_exists"]);
    assert.deepEqual(book.codes([open("none", 0n), use(count, 1n, "none", true)]), [
      "amount_not_positive",
    ]);
  });

  it("that nobody opened is absent", () => {
    assert.deepEqual(new Book().codes([capture("x", 1n)]), ["hold_absent"]);
    assert.deepEqual(new Book().codes([release("x")]), ["hold_absent"]);
  });

  it("is a bug where an entry names one that its act does not open, or another amount", () => {
    assert.throws(() => funded(500n).act([pay(payer, shop, 1n, "h")]), /follows the entry/);
    const uneven = [open("h", 2n), pay(payer, shop, 1n, "h")];
    assert.throws(() => funded(500n).act(uneven), /holds what the hold holds/);
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
    ["a hold on its debits", [pay(cash, payer, 1n), open("h", 1n), pay(payer, shop, 1n, "h")]],
    ["a hold on its credits", [open("h", 1n), pay(cash, payer, 1n, "h")]],
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
    assert.deepEqual(book.codes([open("h", 5n), use(limit, 5n, "h"), pay(payer, shop, 1n)]), [
      "funds_insufficient",
    ]);
    for (const ref of [limit, payer, shop]) assert.equal(book.counters(ref), undefined);
    assert.equal(book.balances.hold("h"), undefined);
    const nothing = { opened: [], changed: [], resettled: [], holdsOpened: [], holdsChanged: [] };
    assert.deepEqual(book.balances.movements(), nothing);
  });

  it("that fails leaves a hold as it was, though it captured and released it", () => {
    const book = funded(500n);
    book.done([open("h", 90n), pay(payer, shop, 90n, "h")]);
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
