/**
 * Two strangers are paid by token over real sockets, written only from what the bank publishes: Farsail
 * Travel signs requests in JSON, Lantern Consumer Finance sends signed forms. Both pay, capture, void
 * and refund through two days; each day's file, one in JSON and one in CSV, agrees with their own
 * books to the fen, payment by payment, and with what the bank says that it owes. The bank closes the
 * days by itself, as the clock is turned past their end.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { addDays, type Instant, shanghaiClockText } from "@sandbank/kernel/clock";
import { shanghaiDate, shanghaiMidnight } from "@sandbank/kernel/clock";
import {
  BankKey,
  type Basket,
  differences,
  FARSAIL,
  fetchFile,
  FormClient,
  FormCounter,
  LANTERN,
  OrderBook,
  owedOf,
  RequestSigner,
  SandbankClient,
  type SettlementFile,
  Shop,
  type ShopFront,
} from "@sandbank/world";
import { cardNumber } from "./customer.ts";
import { businessNow, type Staff, staffOf } from "./first-day/staff.ts";
import { type Held, prepare } from "./readying.ts";
import { bodyOf, turnClock } from "./front-door.ts";
import { type Server, startServer } from "./server.ts";

const HOUR_MS = 3_600_000;
const ORGANISATIONS = { farsail: "farsail-travel", lantern: "lantern-finance" } as const;
const CUSTOMERS = ["strangers-an", "strangers-bo"].map((holder, at) => ({
  ...{ holder, card: cardNumber(at), trait: "ordinary" as const, bound: 0n, funds: 10_000_000n },
}));

describe("strangers who know only what is published", () => {
  let server: Server;
  let staff: Staff;
  let tokens: readonly Held[];
  let bank: BankKey;
  let travel: { readonly shop: Shop; readonly client: SandbankClient };
  let lender: { readonly counter: FormCounter; readonly client: SandbankClient };
  /** The first day on which they sell, and the one after. */
  let days: readonly [string, string];
  const data = mkdtempSync(join(tmpdir(), "strangers-"));

  before(async () => {
    server = await startServer(data);
    staff = staffOf(server);
    const start = addDays(shanghaiDate(await businessNow(staff)), 2);
    days = [start, addDays(start, 1)];
    await turnClock(staff.clock, (shanghaiMidnight(start) + 9 * HOUR_MS) as Instant, "strangers.1");
    const readying = {
      key: "strangers",
      shops: [FARSAIL, LANTERN],
      customers: CUSTOMERS,
      lanes: 1,
    };
    tokens = await prepare(staff, { ...readying, onCustomer: () => undefined });
    const { origin } = server;
    const visitor = new SandbankClient({ origin, key: server.key("farsail-travel", "requestor") });
    const { keys } = bodyOf<{ keys: string[] }>(await visitor.get("/api/bank-keys"), "bank keys");
    bank = new BankKey(keys[0] ?? "");
    const signer = await enrolled(FARSAIL);
    const client = new SandbankClient({ origin, key: signer });
    travel = { client, shop: new Shop(FARSAIL, { client, book: new OrderBook() }) };
    const forms = { origin, trid: LANTERN.trid, signer: await enrolled(LANTERN), bank };
    const now = async () => shanghaiClockText(await businessNow(staff)).replaceAll(/[^0-9]/g, "");
    const parts = { client: new FormClient(forms), book: new OrderBook(), now };
    lender = {
      client: new SandbankClient({ origin, key: forms.signer }),
      counter: new FormCounter(LANTERN, parts),
    };
  });
  after(async () => {
    await server.end();
    rmSync(data, { recursive: true, force: true });
  });

  /** A key for requests, enrolled by the requestor's own program. */
  async function enrolled({ id }: ShopFront): Promise<RequestSigner> {
    const organisation = ORGANISATIONS[id as keyof typeof ORGANISATIONS];
    const signer = new RequestSigner();
    const key = server.key(organisation, "requestor");
    const program = new SandbankClient({ origin: server.origin, key });
    const body = signer.enrolment(organisation, "payments");
    bodyOf(await program.post("/api/request-keys", `enrol-${signer.id}`, body), "enrolling a key");
    return signer;
  }

  function basket(front: ShopFront, number: string, amount: bigint): Basket {
    const [article] = front.articles;
    assert(article);
    const { id, merchant, mcc, scene, channel } = article;
    const token = tokens[front === FARSAIL ? 0 : 1]?.number ?? "";
    return { number, token, amount, article: id, merchant, mcc, scene, channel };
  }

  async function filesOf(of: "travel" | "lender"): Promise<SettlementFile[]> {
    const [client, trid, form] =
      of === "travel"
        ? ([travel.client, FARSAIL.trid, "json"] as const)
        : ([lender.client, LANTERN.trid, "csv"] as const);
    const heard = await client.get(`/api/settlements/${trid}/files`);
    const { days: settled } = bodyOf<{ days: { day: string }[] }>(heard, "the statement");
    return Promise.all(settled.map(({ day }) => fetchFile(client, { trid, day, form, bank })));
  }

  test("P4.1: Farsail sells by signed JSON: parts, a void, a refund, a decline", async () => {
    const { shop } = travel;
    for (const [number, amount] of [
      ["F-1", 68_001n],
      ["F-2", 45_000n],
      ["F-3", 9_900n],
    ] as const) {
      const order = await shop.order(basket(FARSAIL, number, amount));
      assert.equal(order.state, "authorised", order.code ?? "");
    }
    await shop.capture("F-1", { part: 1, amount: 40_000n, final: false });
    await shop.capture("F-1", { part: 2, amount: 28_001n, final: true });
    await shop.capture("F-2", { part: 1, amount: 45_000n, final: true });
    await shop.void("F-3");
    await shop.refund("F-2", { part: 1, amount: 12_345n });
    const refused = await shop.refund("F-2", { part: 2, amount: 32_656n });
    assert.equal(refused.code, "refund_above_captured");
    const poor = await shop.order(basket(FARSAIL, "F-4", 99_999_999n));
    assert.deepEqual([poor.state, poor.code], ["declined", "payment_declined"]);
    assert.equal((await shop.reconcile()).agrees, true);
  });

  test("P4.1: Lantern is paid by signed forms: at once, held and taken, let go, given back", async () => {
    const { counter } = lender;
    const paid = await counter.pay(basket(LANTERN, "L-000001", 88_888n));
    assert.equal(paid.state, "captured");
    await counter.authorise(basket(LANTERN, "L-000002", 30_000n));
    assert.equal((await counter.capture("L-000002", 29_999n)).code, undefined);
    await counter.authorise(basket(LANTERN, "L-000003", 5_000n));
    assert.equal((await counter.void("L-000003")).code, undefined);
    assert.equal((await counter.void("L-000003")).code, undefined);
    assert.equal((await counter.refund("L-000001", 8_888n)).code, undefined);
    const declined = await counter.pay(basket(LANTERN, "L-000004", 99_999_999n));
    assert.deepEqual([declined.state, declined.code], ["declined", "30"]);
    const again = await counter.refund("L-000002", 30_000n);
    assert.equal(again.code, "33");
  });

  test("the day's files agree with both books to the fen, and all of it is paid", async () => {
    const early = await staff.operator.post(`/api/settlements/${FARSAIL.trid}/files`, "early", {
      day: days[0],
    });
    assert.equal(early.said === "no" && early.code, "settlement_day_not_over");
    await turnClock(staff.clock, shanghaiMidnight(days[1] as never), "strangers.2");
    const late = await staff.operator.post(`/api/settlements/${FARSAIL.trid}/files`, "late", {
      day: days[0],
    });
    assert.equal(late.said === "no" && late.code, "settlement_exists");
    for (const [of, book] of [
      ["travel", travel.shop.book],
      ["lender", lender.counter.book],
    ] as const) {
      const files = await filesOf(of);
      assert.equal(files.length, 1);
      assert.deepEqual(differences(book, files), [], of);
      const owed = book.all().reduce((sum, order) => sum + owedOf(order), 0n);
      assert.deepEqual([files[0]?.paid, files[0]?.closing], [owed, 0n], of);
    }
    const path = `/api/settlements/${FARSAIL.trid}`;
    const left = bodyOf<{ owed: string; held: string }>(
      await travel.client.get(path),
      "what is owed",
    );
    assert.deepEqual([left.owed, left.held], ["0", "0"]);
    assert.equal((await travel.shop.reconcile()).agrees, true);
  });

  test("refunds of the next day are carried, and both days' files agree with the books", async () => {
    await travel.shop.refund("F-1", { part: 1, amount: 68_001n });
    await lender.counter.pay(basket(LANTERN, "L-000005", 1n));
    const after_ = addDays(days[1] as never, 1);
    await turnClock(staff.clock, shanghaiMidnight(after_), "strangers.3");
    const [ofTravel, ofLender] = [await filesOf("travel"), await filesOf("lender")];
    assert.deepEqual(differences(travel.shop.book, ofTravel), []);
    assert.deepEqual(differences(lender.counter.book, ofLender), []);
    assert.deepEqual([ofTravel[0]?.paid, ofTravel[0]?.closing], [0n, -68_001n]);
    assert.deepEqual([ofLender[0]?.paid, ofLender[0]?.closing], [1n, 0n]);
  });

  test("a stranger's file is another's: neither reads what is the other's", async () => {
    const path = `/api/settlements/${LANTERN.trid}/files/${days[0]}`;
    const heard = await travel.client.get(path);
    assert.equal(heard.said === "no" && heard.code, "requestor_unknown");
  });
});
