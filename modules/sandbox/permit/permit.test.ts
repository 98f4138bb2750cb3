/** The life of a permit as a table, and the edge over a real guard on a real database. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import { statement } from "@sandbank/kernel/store";
import {
  codeOf,
  failedOf,
  INSTITUTION,
  limitOf,
  OPERATOR,
  type PermitBed,
  permitBed,
  STRANGER,
} from "../testing/permits.ts";
import { opaqueContract } from "../consent/consent.contract.ts";
import { permitBatchContract, type PermitResult } from "./permit.contract.ts";
import { PERMIT, PERMIT_EVENTS, PERMIT_STATES, type PermitStep, stateAt } from "./permit.ts";

const TABLE: Readonly<Record<string, readonly string[]>> = {
  //          confirm                 cancel                  expire       give_back               close
  reserved: ["confirmed", "cancelled", "expired", "!permit_not_confirmed", "!permit_not_confirmed"],
  confirmed: ["!permit_confirmed", "!permit_confirmed", "confirmed", "confirmed", "closed"],
  cancelled: [..."--e--"].map((c) => (c === "e" ? "cancelled" : "!permit_cancelled")),
  expired: [..."--e--"].map((c) => (c === "e" ? "expired" : "!permit_expired")),
  closed: [..."--e--"].map((c) => (c === "e" ? "closed" : "!permit_closed")),
};

test("every event has an answer in every state of a permit", () => {
  const drawn = (step: PermitStep) => ("to" in step ? step.to : `!${step.no}`);
  for (const state of PERMIT_STATES) {
    assert.deepEqual(
      PERMIT_EVENTS.map((event) => drawn(PERMIT[state][event])),
      TABLE[state],
      state,
    );
  }
});

test("a reservation is over at its expiry exactly; what was confirmed stays", () => {
  const expires = fromIso("2026-11-26T04:00:00.000Z");
  const before = fromIso("2026-11-26T03:59:59.999Z");
  assert.equal(stateAt({ state: "reserved", expires }, before), "reserved");
  assert.equal(stateAt({ state: "reserved", expires }, expires), "expired");
  assert.equal(stateAt({ state: "confirmed", expires }, expires), "confirmed");
});

test("a customer is known by an opaque id: numbers of people, cards and telephones are refused", () => {
  const passes = (id: string) => opaqueContract.safeParse(id).success;
  for (const id of ["c-1", "9f3a:77", "2026.11.26-5", "1234567890"]) assert.ok(passes(id), id);
  const people = ["11010519491231002X", "110105194912310021", "13800000000", "9999020000000010"];
  for (const id of people) assert.ok(!passes(id), id);
  for (const id of ["", "王", "a b", "x".repeat(65)]) assert.ok(!passes(id), id);
});

test("a batch takes 1,000 acts and not one more", () => {
  const acts = (n: number) => ({ acts: Array(n).fill({ act: "cancel", id: "a" }) });
  assert.ok(permitBatchContract.safeParse(acts(1_000)).success);
  assert.ok(!permitBatchContract.safeParse(acts(1_001)).success);
  assert.ok(!permitBatchContract.safeParse(acts(0)).success);
});

const RESERVE = "POST /api/permits/{slug}";
const BATCH = "POST /api/permits/{slug}/batches";
const SHOW = "GET /api/permits/{slug}/{id}";
const CONFIRM = "POST /api/permits/{slug}/{id}/confirm";
const CANCEL = "POST /api/permits/{slug}/{id}/cancel";
const RETURNS = "POST /api/permits/{slug}/{id}/returns";
const DAY = "2026-11-26";

describe("the permit edge", () => {
  let bed: PermitBed;
  let count = 0;
  const reserve = (more: object = {}) => {
    const id = `act-${++count}`;
    const body = { id, class: "USE", customer: "c-1", amount: "100", currency: "CNY", ...more };
    return bed.ask(RESERVE, { body });
  };
  const on = (route: string, id: string, body: object = {}) =>
    bed.ask(route, { params: { id }, body });
  const dayUsed = () => bed.used(`limit/day/pilot/${DAY}`);
  const stockUsed = () => bed.used("limit/stock/pilot/all");

  before(async () => {
    bed = await permitBed();
    await bed.turn(`${DAY}T02:00:00.000Z`);
  });
  after(() => bed.end());
  beforeEach(async () => {
    await bed.policy({
      limits: [
        limitOf("day", { window: "day", cap: "100000" }),
        limitOf("stock", { cap: "100000" }),
        limitOf("count", { measure: "count", cap: "100" }),
      ],
      checks: [OPERATOR],
    });
  });

  test("what is reserved is held; confirming less lets the rest go", async () => {
    const [day, stock] = [await dayUsed(), await stockUsed()];
    const reserved = await reserve({ id: "part", amount: "900" });
    assert.deepEqual(reserved, {
      ...{ permit: "part", state: "reserved", amount: "900", confirmed: "0", givenBack: "0" },
      expires: `${DAY}T02:15:00.000Z`,
    });
    assert.deepEqual([await dayUsed(), await stockUsed()], [day + 900n, stock + 900n]);
    const confirmed = await on(CONFIRM, "part", { amount: "650" });
    assert.deepEqual(confirmed, { ...(reserved as object), state: "confirmed", confirmed: "650" });
    assert.deepEqual([await dayUsed(), await stockUsed()], [day + 650n, stock + 650n]);
    assert.equal(codeOf(await on(CANCEL, "part")), "permit_confirmed");
  });

  test("cancelling gives everything back, and so does silence, at the instant of expiry", async () => {
    const [day, number] = [await dayUsed(), await bed.used("limit/count/pilot/all")];
    await reserve({ id: "called-off" });
    assert.equal(codeOf(await on(CANCEL, "called-off")), "cancelled");
    await reserve({ id: "forgotten", holdSeconds: 60 });
    assert.equal(await dayUsed(), day + 100n);
    await bed.turn(`${DAY}T02:01:00.000Z`);
    assert.equal(codeOf(await on(CONFIRM, "forgotten")), "permit_expired");
    assert.equal(codeOf(await on(SHOW, "forgotten")), "expired");
    assert.deepEqual([await dayUsed(), await bed.used("limit/count/pilot/all")], [day, number]);
  });

  test("a repayment lowers the stock alone, a refund undoes the day too, a closure the count", async () => {
    await reserve({ id: "loan", amount: "1000" });
    await on(CONFIRM, "loan");
    const [day, stock] = [await dayUsed(), await stockUsed()];
    const number = await bed.used("limit/count/pilot/all");
    await on(RETURNS, "loan", { why: "repayment", part: 1, amount: "300" });
    assert.deepEqual([await dayUsed(), await stockUsed()], [day, stock - 300n]);
    await on(RETURNS, "loan", { why: "refund", part: 2, amount: "100" });
    assert.deepEqual([await dayUsed(), await stockUsed()], [day - 100n, stock - 400n]);
    const above = await on(RETURNS, "loan", { why: "repayment", part: 3, amount: "601" });
    assert.deepEqual(failedOf(above), [
      {
        ...{ code: "give_back_above_confirmed", limit: "confirmed", unit: "fen" },
        ...{ used: 400n, cap: 1000n, asked: 601n },
      },
    ]);
    const closed = await on(RETURNS, "loan", { why: "closure", part: 4 });
    assert.equal((closed as { givenBack: string }).givenBack, "1000");
    assert.deepEqual([await dayUsed(), await stockUsed()], [day - 100n, stock - 1000n]);
    assert.equal(await bed.used("limit/count/pilot/all"), number - 1n);
    const late = await on(RETURNS, "loan", { why: "repayment", part: 5, amount: "1" });
    assert.equal(codeOf(late), "permit_closed");
  });

  test("an act without money is counted and has no amounts", async () => {
    await bed.policy({ limits: [limitOf("count", { measure: "count", cap: "100" })] });
    const item = await reserve({ id: "item", amount: undefined, currency: undefined });
    assert.deepEqual((item as { amount: unknown }).amount, null);
    assert.equal(codeOf(await on(CONFIRM, "item", { amount: "5" })), "permit_has_no_amount");
    assert.equal(codeOf(await on(CONFIRM, "item")), "confirmed");
    const back = await on(RETURNS, "item", { why: "refund", part: 1, amount: "5" });
    assert.equal(codeOf(back), "permit_has_no_amount");
    assert.equal(codeOf(await on(RETURNS, "item", { why: "closure", part: 2 })), "closed");
  });

  test("an act that no limit counts is a permit all the same", async () => {
    await bed.policy({ limits: [] });
    for (const [n, route] of [CONFIRM, CANCEL].entries()) {
      await reserve({ id: `bare-${n}`, class: "OPEN", amount: undefined, currency: undefined });
      assert.equal(codeOf(await on(route, `bare-${n}`)), ["confirmed", "cancelled"][n]);
    }
  });

  test("the caller's own id is the act: asked again it answers alike and takes nothing twice", async () => {
    const before = await dayUsed();
    const first = await reserve({ id: "once" });
    assert.deepEqual(await reserve({ id: "once" }), first);
    assert.equal(codeOf(await reserve({ id: "once", amount: "101" })), "command_id_reused");
    assert.equal(codeOf(await on(CONFIRM, "once", { amount: "101" })), "capture_above_hold");
    const confirmed = await on(CONFIRM, "once", { amount: "100" });
    assert.deepEqual(await on(CONFIRM, "once", { amount: "100" }), confirmed);
    const back = { why: "repayment", part: 1, amount: "40" };
    assert.deepEqual(await on(RETURNS, "once", back), await on(RETURNS, "once", back));
    assert.equal(await dayUsed(), before + 100n);
  });

  test("who is not named as an operator may not ask, and finds nothing of others", async () => {
    const body = { id: "theirs", class: "SERVICE", customer: "c-1" };
    const asked = await bed.ask(RESERVE, { body, principal: STRANGER });
    assert.deepEqual(failedOf(asked), [
      { code: "operator_not_declared", limit: "operator", clause: "1.4" },
    ]);
    await reserve({ id: "ours" });
    for (const route of [SHOW, CANCEL]) {
      const foreign = await bed.ask(route, { params: { id: "ours" }, principal: STRANGER });
      assert.equal(codeOf(foreign), "permit_unknown", route);
    }
    const customer = { ...INSTITUTION, roles: ["customer"] as const };
    const mere = await bed.ask(RESERVE, { body, principal: customer });
    assert.equal(codeOf(mere), "role_may_not");
    const nowhere = await bed.ask(RESERVE, { params: { slug: "payment-tokens" }, body });
    assert.equal(codeOf(nowhere), "permit_pilot_unknown");
  });

  test("S6: a suspended pilot confirms, cancels and gives back, and reserves SERVICE alone", async () => {
    await reserve({ id: "open-one" });
    await reserve({ id: "open-two" });
    const classes = { OPEN: false, USE: false, SERVICE: true };
    await bed.policy({ phase: "suspended", classes, directive: "D1" });
    assert.equal(codeOf(await reserve()), "class_closed");
    assert.equal(codeOf(await reserve({ class: "OPEN" })), "class_closed");
    assert.equal(codeOf(await reserve({ class: "SERVICE" })), "reserved");
    assert.equal(codeOf(await on(CONFIRM, "open-one")), "confirmed");
    assert.equal(codeOf(await on(CANCEL, "open-two")), "cancelled");
    const back = { why: "repayment", part: 1, amount: "100" };
    assert.equal(codeOf(await on(RETURNS, "open-one", back)), "confirmed");
  });

  test("a batch answers each act in its order, and one that is refused harms no other", async () => {
    const use = { act: "reserve", class: "USE", customer: "c-9", currency: "CNY" };
    const acts = [
      { ...use, id: "b-1", amount: "10" },
      { ...use, id: "b-2", amount: "99999999" },
      { act: "confirm", id: "b-1" },
      { act: "repayment", id: "b-1", part: 1, amount: "4" },
      { act: "cancel", id: "b-3" },
    ];
    const { results } = (await bed.ask(BATCH, { body: { acts } })) as { results: PermitResult[] };
    const said = results.map((one) =>
      one.outcome === "accepted" ? one.state : one.outcome === "refused" ? one.code : "unknown",
    );
    const over = "pilot_limit_exceeded";
    assert.deepEqual(said, ["reserved", over, "confirmed", "confirmed", "permit_unknown"]);
    const [, refused] = results;
    assert.ok(refused?.outcome === "refused");
    assert.deepEqual(
      refused.failed?.map(({ limit, cap, asked, clause }) => [limit, cap, asked, clause]),
      [
        ["day", "100000", "99999999", "1.10-C1"],
        ["stock", "100000", "99999999", "1.10-C1"],
      ],
    );
    assert.deepEqual(await bed.ask(BATCH, { body: { acts } }), { results });
  });

  test("the database refuses every move that the table does not know", async () => {
    await reserve({ id: "kept" });
    await on(CANCEL, "kept");
    const move = statement(
      "test.move_permit",
      "update sandbox.permit set state = $2, confirmed = $3 where partition = $1 and id = 'kept'",
    );
    for (const [state, confirmed] of [
      ["reserved", 0],
      ["confirmed", 100],
      ["closed", 0],
    ] as const) {
      await assert.rejects(bed.store.query(move, [bed.partition, state, confirmed]), /cannot go/);
    }
  });
});
