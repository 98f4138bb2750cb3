/** P4.1: a payment that is raised before it is captured: both holds change as one, or none does. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Instant, shanghaiDate, toIso } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import { type Bed, CARD, furnishedBed, HOLDER, ISSUER, payment } from "../testing/bed.ts";
import { SHOPS, TRAVEL, TRID, TUESDAY } from "../testing/bed.ts";
import { journalOf } from "../testing/readings.ts";
import { declinesOf } from "./decline.ts";
import { HOLD_MS } from "./payment.ts";
import { windowKey } from "./windows.ts";

const DAY_MS = 86_400_000;
const requestor = { principal: TRAVEL };
const card = `card/${CARD}`;
const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

interface Authorised {
  readonly payment: string;
  readonly amount: string;
  readonly expires: string;
}

describe("P4.1: a payment that is raised", () => {
  let bed: Bed;
  let token: { number: string; id: string };
  const day = (at: Instant = TUESDAY) => windowKey("token_day_amount", token.id, shanghaiDate(at));
  const count = () => windowKey("token_day_count", token.id, shanghaiDate(TUESDAY));
  const authorise = (amount: string, more: object = {}) =>
    bed.done<Authorised>("tokens.authorise", payment(token.number, amount, more), requestor);
  const raise = (of: string, amount: string, principal = TRAVEL) =>
    bed.act("tokens.increase", { payment: of, amount }, { principal });

  before(async () => {
    bed = await furnishedBed("1000000");
    const name = { zh: "须密文", en: "With cryptograms" };
    const lists = { merchants: [], mccs: [], channels: [] };
    const scene = { id: "guarded", trid: TRID, ...lists, name, cryptogram: true };
    await bed.done("tokens.register_scene", scene, { principal: ISSUER });
    token = await bed.issue({ dayAmount: "50000", dayCount: "20" }, ["travel", "guarded"]);
  });
  after(() => bed.end());

  test("holds the whole new amount once, counts once, and is captured and refunded whole", async () => {
    const { payment: id, expires } = await authorise("10000");
    const asked = { payment: id, amount: "5000" };
    const raised = await bed.done<Authorised>("tokens.increase", asked, requestor);
    assert.deepEqual([raised.payment, raised.amount, raised.expires], [id, "15000", expires]);
    assert.equal(await bed.used(card), -985_000n);
    assert.equal(await bed.used(day()), 15_000n);
    assert.equal(await bed.used(count()), 1n);
    const taking = { payment: id, amount: "15000", final: true };
    await bed.done("tokens.capture", taking, requestor);
    assert.equal(await bed.used(`settlement/${TRID}`), -15_000n);
    await bed.done("tokens.refund", { payment: id, amount: "5000" }, requestor);
    assert.equal(await bed.used(day()), 10_000n);
    await bed.booksAgree();
  });

  test("above a limit is refused, and what was authorised stands as it did", async () => {
    const { payment: id } = await authorise("10000");
    const before = [await bed.used(card), await bed.used(day())];
    assert.equal(codeOf(await raise(id, "30001")), "token_day_amount_exceeded");
    assert.deepEqual([await bed.used(card), await bed.used(day())], before);
    assert.equal(codeOf(await raise(id, "30000")), "accepted");
    await bed.done("tokens.void", { payment: id }, requestor);
    assert.equal(await bed.used(day()), 10_000n);
    assert.equal(codeOf(await raise(id, "1")), "payment_voided");
  });

  test("belongs to its requestor, and is not raised once part of it is captured", async () => {
    const { payment: id } = await authorise("1000");
    const foreign = await raise(id, "1", SHOPS);
    const nobody = await raise(CARD, "1", SHOPS);
    assert.equal(codeOf(foreign), "payment_unknown");
    assert.deepEqual({ ...foreign, seq: 0n }, { ...nobody, seq: 0n });
    await bed.done("tokens.capture", { payment: id, amount: "400", final: false }, requestor);
    assert.equal(codeOf(await raise(id, "1")), "payment_captured_in_part");
    await bed.done("tokens.capture", { payment: id, amount: "600", final: true }, requestor);
    assert.equal(codeOf(await raise(id, "1")), "payment_captured");
  });

  test("is judged as things stand now: a token that was suspended since lets nothing more pass", async () => {
    const { payment: id } = await authorise("2000", { reference: "stay-9" });
    const cause = { token: token.number, cause: "holder", holder: HOLDER };
    await bed.done("tokens.suspend_token", cause);
    assert.equal(codeOf(await raise(id, "500")), "payment_declined");
    const { store, partitions, readings } = bed;
    const ports = { store, partitions, journal: journalOf(readings) };
    const [newest] = (await declinesOf(ports, { holder: HOLDER })).declines;
    assert.deepEqual(
      [newest?.code, newest?.reference, newest?.scene, newest?.amount, newest?.token],
      ["token_suspended", "stay-9", "travel", "500", token.id],
    );
    await bed.done("tokens.resume_token", cause);
    assert.equal(codeOf(await raise(id, "500")), "accepted");
    await bed.done("tokens.capture", { payment: id, amount: "2500", final: true }, requestor);
  });

  test("twice under one id is raised once, and by two at once twice", async () => {
    const { payment: id } = await authorise("100");
    const asked = { payment: id, amount: "10" };
    const twice = { ...requestor, id: "raise-1" };
    const [first, second] = await Promise.all([
      bed.act("tokens.increase", asked, twice),
      bed.act("tokens.increase", asked, twice),
    ]);
    assert.deepEqual(first, second);
    await Promise.all([raise(id, "10"), raise(id, "10")]);
    const over = { payment: id, amount: "131", final: true };
    assert.equal(codeOf(await bed.act("tokens.capture", over, requestor)), "capture_above_hold");
    await bed.done("tokens.capture", { ...over, amount: "130" }, requestor);
  });

  test("on the next day moves into that day, and ends when it would have", async () => {
    const { payment: id } = await authorise("3000");
    const before = await bed.used(day());
    const tomorrow = (TUESDAY + DAY_MS) as Instant;
    await bed.turn(tomorrow);
    const asked = { payment: id, amount: "1000" };
    const raised = await bed.done<Authorised>("tokens.increase", asked, requestor);
    assert.equal(raised.expires, toIso((TUESDAY + HOLD_MS) as Instant));
    assert.equal(await bed.used(day()), before - 3_000n);
    assert.equal(await bed.used(day(tomorrow)), 4_000n);
    await bed.turn((TUESDAY + HOLD_MS) as Instant);
    assert.equal(codeOf(await raise(id, "1")), "payment_expired");
    await bed.guard.tick(1);
    assert.equal(await bed.used(day(tomorrow)), 0n);
    await bed.booksAgree();
  });
});
