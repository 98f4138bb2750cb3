/**
 * The life of a hold as a rulebook: what it reserves, what a capture posts, what goes back and when,
 * and everything that it refuses.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Instant } from "../clock/index.ts";
import {
  Book,
  capture,
  funded,
  held,
  mei,
  MINUTE,
  NOON,
  open,
  pay,
  release,
  use,
} from "./ledger.fixture.ts";
import type { AccountRef } from "./entry.ts";

const LATER = (NOON + MINUTE) as Instant;

const payer = mei;
const shop: AccountRef = { key: "clearing", book: "money:CNY" };
const limit: AccountRef = { key: "limit/day", book: "limits", cap: 100n };
const count: AccountRef = { key: "limit/count", book: "limits", cap: 3n };

describe("a hold", () => {
  const authorised = (): Book => {
    const book = funded(500n);
    book.done([
      open("h", 90n),
      held("h", pay(payer, shop, 90n)),
      held("h", use(limit, 90n)),
      held("h", use(count, 1n), true),
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
    book.done([open("h", 10n), held("h", pay(payer, shop, 10n)), capture("h", 10n)]);
    assert.deepEqual(book.counters(payer), [10n, 500n, 0n, 0n]);
    assert.deepEqual(book.balances.movements().holdsChanged, []);
  });

  it("has a number of its own, and what belongs to it is judged even when it is refused", () => {
    const book = authorised();
    const again = [open("h", 90n), held("h", pay(payer, shop, 411n)), held("h", use(limit, 11n))];
    assert.deepEqual(book.codes(again), [
      "hold_exists",
      "funds_insufficient",
      "token_day_amount_exceeded",
    ]);
    assert.deepEqual(book.codes([open("h", 90n), held("h", pay(payer, shop, 9n))]), [
      "hold_exists",
    ]);
    assert.deepEqual(book.codes([open("none", 0n), held("none", use(count, 1n), true)]), [
      "amount_not_positive",
    ]);
  });

  it("that nobody opened is absent", () => {
    assert.deepEqual(new Book().codes([capture("x", 1n)]), ["hold_absent"]);
    assert.deepEqual(new Book().codes([release("x")]), ["hold_absent"]);
  });

  it("is a bug where an entry names one that its act does not open, or another amount", () => {
    assert.throws(() => funded(500n).act([held("h", pay(payer, shop, 1n))]), /follows the entry/);
    const uneven = [open("h", 2n), held("h", pay(payer, shop, 1n))];
    assert.throws(() => funded(500n).act(uneven), /holds what the hold holds/);
  });
});
