/** The strangers against a bank of their own: real sockets, cut lines, slow and absent answers. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { FARSAIL, LANTERN, OrderBook, SandbankClient, Shop, startPage } from "../index.ts";
import { type FakeBank, fakeBank, type Fault } from "./fake-bank.fixture.ts";

const KEYS = { "farsail-key": FARSAIL.trid, "lantern-key": LANTERN.trid };

async function bankOf(t: TestContext): Promise<FakeBank> {
  const bank = await fakeBank(KEYS);
  t.after(() => bank.end());
  return bank;
}

function shopOf(bank: FakeBank, book = new OrderBook()): { shop: Shop; client: SandbankClient } {
  const door = { origin: bank.origin, key: "farsail-key", pauseMs: 1, timeoutMs: 200 };
  const client = new SandbankClient({ ...door, triesMax: 4 });
  return { shop: new Shop(FARSAIL, { client, book }), client };
}

function basket(number: string, amount: bigint, token = "9999880000000000") {
  const { id: article, merchant, mcc, scene, channel } = FARSAIL.articles[0]!;
  return { number, token, amount, article, merchant, mcc, scene, channel };
}

test("a shop captures in parts, voids, refunds and reconciles to the fen", async (t) => {
  const bank = await bankOf(t);
  const { shop } = shopOf(bank);
  for (const number of ["F-1", "F-2", "F-3", "F-4"]) await shop.order(basket(number, 10_001n));
  await shop.capture("F-1", { part: 1, amount: 10_001n, final: true });
  await shop.capture("F-2", { part: 1, amount: 4_000n, final: false });
  await shop.capture("F-2", { part: 2, amount: 6_000n, final: true });
  await shop.void("F-3");
  await shop.refund("F-1", { part: 1, amount: 1n });
  const seen = await shop.reconcile();
  assert.deepEqual(seen, {
    agrees: true,
    owed: { book: 20_000n, bank: 20_000n },
    held: { book: 10_001n, bank: 10_001n },
    // Two pages of settled days; what they paid is owed no more.
    paid: 42n,
  });
  assert.equal(shop.book.find("F-3")?.state, "voided");
  assert.equal((await shop.look("F-2")).state, "captured");
});

test("a decline and a refused refund are written down with the bank's code", async (t) => {
  const { shop } = shopOf(await bankOf(t));
  const declined = await shop.order(basket("F-1", 100n, "0000000000000000"));
  assert.deepEqual([declined.state, declined.code], ["declined", "payment_declined"]);
  await shop.order(basket("F-2", 100n));
  await shop.capture("F-2", { part: 1, amount: 100n, final: true });
  const refund = await shop.refund("F-2", { part: 1, amount: 101n });
  assert.equal(refund.code, "refund_above_captured");
  assert.equal((await shop.reconcile()).owed.book, 100n);
});

for (const fault of ["cut_before", "cut_after", "unavailable", "slow"] satisfies Fault[]) {
  test(`an act whose answer is lost (${fault}) is asked again and done once`, async (t) => {
    const bank = await bankOf(t);
    const { shop, client } = shopOf(bank);
    bank.fault = (n) => (n % 2 === 0 ? fault : "none");
    await shop.order(basket("F-1", 500n));
    await shop.capture("F-1", { part: 1, amount: 500n, final: true });
    bank.fault = () => "none";
    assert.equal(bank.acts(), 2);
    assert.equal(bank.payments.size, 1);
    assert.equal(client.triedAgain, 2);
    assert.equal((await shop.reconcile()).agrees, true);
  });
}

test("a bank that never answers is given up on after the last try, and the order stays placed", async (t) => {
  const bank = await bankOf(t);
  const { shop } = shopOf(bank);
  bank.fault = () => "unavailable";
  await assert.rejects(shop.order(basket("F-1", 500n)), { name: "NotReached" });
  assert.equal(shop.book.find("F-1")?.state, "placed");
  bank.fault = () => "none";
  assert.equal((await shop.order(basket("F-1", 500n))).state, "authorised");
});

test("a shop that lost its last answers asks again under the same keys and ends alike", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "world-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "farsail.json");
  const bank = await bankOf(t);
  const { shop } = shopOf(bank, new OrderBook(path));
  await shop.order(basket("F-1", 900n));
  shop.book.keep();
  const kept = readFileSync(path, "utf8");
  await shop.capture("F-1", { part: 1, amount: 300n, final: false });
  const again = shopOf(bank, new OrderBook(path)).shop;
  assert.equal(readFileSync(path, "utf8"), kept);
  assert.equal(again.book.find("F-1")?.captured, 0n);
  await again.order(basket("F-1", 900n));
  await again.capture("F-1", { part: 1, amount: 300n, final: false });
  assert.equal(bank.acts(), 2);
  assert.deepEqual(again.book.find("F-1"), shop.book.find("F-1"));
  assert.equal((await again.reconcile()).agrees, true);
});

test("the page says simulated in both languages and shows no whole token", async (t) => {
  const bank = await bankOf(t);
  const { shop } = shopOf(bank);
  await shop.order(basket("F-<1>", 123_456n));
  const page = await startPage(shop);
  t.after(() => page.end());
  const zh = await (await fetch(`${page.origin}/zh/`)).text();
  const en = await (await fetch(`${page.origin}/en/`)).text();
  assert.match(zh, /lang="zh-Hans".*远帆旅行（虚构）.*模拟/s);
  assert.match(en, /Farsail Travel \(fictional\).*simulated.*1,234\.56 CNY/s);
  assert.match(en, /F-&#60;1&#62;/);
  assert.doesNotMatch(zh + en, /9999880000000000/);
  assert.equal((await fetch(`${page.origin}/elsewhere`)).status, 404);
});
