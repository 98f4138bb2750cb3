/** Pilot 4 on the real guard and PostgreSQL: what is held, taken, given back, and refused to whom. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso, type Instant, machineNow, shanghaiDate } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Failed } from "@sandbank/kernel/words";
import { digestOf } from "./control/confirm.ts";
import { HOLD_MS } from "./payment/payment.ts";
import { declinesOf } from "./payment/decline.ts";
import { journalOf } from "./testing/readings.ts";
import { windowKey } from "./payment/windows.ts";
import {
  CARD,
  CONSENT,
  CUSTOMERS,
  furnishedBed,
  HOLDER,
  ISSUER,
  payment,
  RISK,
} from "./testing/bed.ts";
import { type Bed, confirming, roomy, SHOPS, TRAVEL, TRID, TUESDAY } from "./testing/bed.ts";

const DAY_MS = 86_400_000;
const requestor = { principal: TRAVEL };
const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
const failedOf = (outcome: Outcome): readonly Failed[] =>
  outcome.kind === "refused" ? outcome.refusal.failed : [];
interface Asking {
  readonly principal?: Principal;
  readonly mcc?: string;
  readonly channel?: string;
  readonly scene?: string;
}
interface Standing {
  readonly payment: string;
  readonly state: string;
  readonly captured: string;
  readonly refunded: string;
}

describe("P4.1: a payment with a token", () => {
  let bed: Bed;
  let token: { number: string; id: string };
  const card = `card/${CARD}`;
  const settlement = `settlement/${TRID}`;
  const day = () => windowKey("token_day_amount", token.id, shanghaiDate(TUESDAY));
  const count = () => windowKey("token_day_count", token.id, shanghaiDate(TUESDAY));
  const authorise = async (amount: string) => {
    const content = payment(token.number, amount);
    return (await bed.done<Standing>("tokens.authorise", content, requestor)).payment;
  };

  before(async () => {
    bed = await furnishedBed("1000000");
    token = await bed.issue({ dayAmount: "500000", dayCount: "100", monthAmount: "900000" });
  });
  after(() => bed.end());

  test("is held on the card and on the token's windows, then captured in parts", async () => {
    const id = await authorise("10000");
    assert.equal(await bed.used(card), -990_000n);
    assert.equal(await bed.used(day()), 10_000n);
    assert.equal(await bed.used(count()), 1n);
    const part = { payment: id, amount: "4000", final: false };
    const half = await bed.done<Standing>("tokens.capture", part, requestor);
    assert.deepEqual([half.state, half.captured], ["part_captured", "4000"]);
    const last = { payment: id, amount: "5000", final: true };
    const whole = await bed.done<Standing>("tokens.capture", last, requestor);
    assert.deepEqual([whole.state, whole.captured], ["captured", "9000"]);
    assert.equal(await bed.used(card), -991_000n);
    assert.equal(await bed.used(settlement), -9_000n);
    assert.equal(await bed.used(day()), 9_000n);
    const again = await bed.act("tokens.capture", last, requestor);
    assert.equal(codeOf(again), "payment_captured");
  });

  test("gives back what is refunded, to the day it was paid on, and no more", async () => {
    const [before, taken] = [await bed.used(card), await bed.used(day())];
    const id = await authorise("20000");
    const early = await bed.act("tokens.refund", { payment: id, amount: "1" }, requestor);
    assert.equal(codeOf(early), "payment_not_captured");
    await bed.done("tokens.capture", { payment: id, amount: "20000", final: false }, requestor);
    await bed.turn((TUESDAY + DAY_MS) as Instant);
    const most = { payment: id, amount: "15000" };
    const refunded = await bed.done<Standing>("tokens.refund", most, requestor);
    assert.deepEqual([refunded.state, refunded.refunded], ["captured", "15000"]);
    assert.equal(await bed.used(day()), taken + 5_000n);
    assert.equal(await bed.used(card), before + 5_000n);
    const over = await bed.act("tokens.refund", { payment: id, amount: "5001" }, requestor);
    assert.equal(codeOf(over), "refund_above_captured");
    const [first] = failedOf(over);
    assert.deepEqual([first?.used, first?.cap, first?.asked], [15_000n, 20_000n, 5_001n]);
  });

  test("can be voided, and after seven days is over by itself", async () => {
    const before = await bed.used(card);
    const voided = await authorise("30000");
    const void_ = { payment: voided };
    const { state } = await bed.done<Standing>("tokens.void", void_, requestor);
    assert.equal(state, "voided");
    assert.equal(await bed.used(card), before);
    assert.equal(codeOf(await bed.act("tokens.void", void_, requestor)), "payment_voided");
    const left = await authorise("30000");
    assert.equal(await bed.used(card), before + 30_000n);
    await bed.turn((TUESDAY + DAY_MS + HOLD_MS) as Instant);
    const late = { payment: left, amount: "30000", final: true };
    assert.equal(codeOf(await bed.act("tokens.capture", late, requestor)), "payment_expired");
    await bed.guard.tick(1);
    assert.equal(await bed.used(card), before);
    await bed.booksAgree();
  });

  test("belongs to its requestor alone: a foreign one answers like none", async () => {
    const id = await authorise("100");
    const foreign = { payment: id, amount: "100", final: true };
    const other = await bed.act("tokens.capture", foreign, { principal: SHOPS });
    const nobody = { ...foreign, payment: CARD };
    const none = await bed.act("tokens.capture", nobody, { principal: SHOPS });
    assert.equal(codeOf(other), "payment_unknown");
    assert.deepEqual({ ...other, seq: 0n }, { ...none, seq: 0n });
  });

  test("is one payment however its id is written, and captured once", async () => {
    const payment = await authorise("800");
    const captures = [payment, payment.toUpperCase()].map((written) => {
      const content = { payment: written, amount: "800", final: true };
      return bed.act("tokens.capture", content, requestor);
    });
    const codes = (await Promise.all(captures)).map(codeOf);
    assert.deepEqual(codes, ["accepted", "payment_captured"]);
    const back = { payment: payment.toUpperCase(), amount: "800" };
    await bed.done("tokens.refund", back, requestor);
  });

  test("asked twice under one id is one payment", async () => {
    const before = await bed.used(card);
    const content = payment(token.number, "700");
    const call = { ...requestor, id: "order-77" };
    const [first, second] = await Promise.all([
      bed.act("tokens.authorise", content, call),
      bed.act("tokens.authorise", content, call),
    ]);
    assert.deepEqual(first, second);
    assert.equal(await bed.used(card), before + 700n);
    const other = await bed.act("tokens.authorise", payment(token.number, "701"), call);
    assert.equal(codeOf(other), "command_id_reused");
  });
});

describe("P4.3: declined payments", () => {
  let bed: Bed;
  before(async () => {
    bed = await furnishedBed("100000");
  });
  after(() => bed.end());
  const pay = (number: string, amount: string, { principal = TRAVEL, ...more }: Asking = {}) =>
    bed.act("tokens.authorise", payment(number, amount, more), { principal });
  const declines = () => {
    const { store, partitions, readings } = bed;
    return declinesOf(
      { store, partitions, journal: journalOf(readings) },
      { holder: HOLDER, lang: "zh" },
    );
  };

  test("unknown, foreign, suspended and out of scene sound alike to the requestor", async () => {
    const token = await bed.issue({ paymentAmount: "50000" });
    const suspended = await bed.issue();
    await bed.done(
      "tokens.suspend_token",
      { token: suspended.number, cause: "risk" },
      { principal: RISK },
    );
    const outcomes = [
      await pay("9999880100000000", "100"),
      await pay("4111111111111111", "100"),
      await pay(token.number, "100", { principal: SHOPS }),
      await pay(suspended.number, "100"),
      await pay(token.number, "100", { mcc: "5999" }),
      await pay(token.number, "100", { channel: "till" }),
      await pay(token.number, "100", { scene: "shopping", principal: SHOPS }),
      await pay(token.number, "100", { scene: "nowhere" }),
      await pay(token.number, "50001"),
    ];
    for (const outcome of outcomes) {
      assert.equal(outcome.kind, "refused");
      assert.deepEqual(outcome.kind === "refused" && outcome.refusal, {
        ...{ refused: true, code: "payment_declined", category: "conflicting", failed: [] },
      });
    }
    const told = (await declines()).declines.map(({ code }) => code).toSorted();
    assert.deepEqual(told, [
      ...["channel_outside_scene", "mcc_outside_scene", "scene_not_of_token"],
      ...["scene_of_another_requestor", "scene_of_another_requestor"],
      ...["token_payment_amount_exceeded", "token_suspended"],
    ]);
    await bed.done("tokens.authorise", payment(token.number, "50000"), requestor);
  });

  test("by the ledger too: the holder reads which limit, used, cap, asked and version", async () => {
    const token = await bed.issue({ dayAmount: "1000" });
    await bed.done("tokens.authorise", payment(token.number, "900"), requestor);
    const outcome = await pay(token.number, "101");
    assert.equal(codeOf(outcome), "token_day_amount_exceeded");
    const found = (await declines()).declines.find(({ token: of }) => of === token.id);
    assert.equal(found?.code, "token_day_amount_exceeded");
    assert.deepEqual(found.failed, [
      {
        ...{ code: "token_day_amount_exceeded", limit: "token_day_amount", unit: "fen" },
        ...{ clause: "control v1", used: "900", cap: "1000", asked: "101" },
      },
    ]);
    const poor = await pay((await bed.issue()).number, "99999999");
    assert.equal(codeOf(poor), "funds_insufficient");
    await bed.booksAgree();
  });

  test("the month turns at midnight in Shanghai, and its window with it", async () => {
    const token = await bed.issue({ monthAmount: "1000" });
    await bed.turn(fromIso("2060-11-30T23:59:59.999+08:00"));
    await bed.done("tokens.authorise", payment(token.number, "1000"), requestor);
    assert.equal(codeOf(await pay(token.number, "1")), "token_month_amount_exceeded");
    await bed.turn(fromIso("2060-12-01T00:00:00+08:00"));
    await bed.done("tokens.authorise", payment(token.number, "1000"), requestor);
  });

  test("supervision's limits stand in the same group as the token's own", async () => {
    const cap = { measure: "amount", classes: ["USE"], scope: "customer", window: "day" } as const;
    const rule = { ...cap, id: "customer_day_amount", cap: "500", clause: "1.10-C3" };
    await bed.put({ ...roomy, version: 2, limits: [rule] });
    const token = await bed.issue({ dayAmount: "400" });
    const outcome = await pay(token.number, "501");
    assert.deepEqual(
      failedOf(outcome).map(({ code }) => code),
      ["token_day_amount_exceeded", "customer_limit_exceeded"],
    );
    const paid = await bed.done<Standing>(
      "tokens.authorise",
      payment(token.number, "400"),
      requestor,
    );
    assert.equal(codeOf(await pay(token.number, "101")), "token_day_amount_exceeded");
    await bed.done(
      "tokens.capture",
      { payment: paid.payment, amount: "400", final: true },
      requestor,
    );
    const key = `limit/customer_day_amount/${HOLDER}/2060-12-01`;
    assert.equal(await bed.used(key), 400n);
    await bed.done("tokens.refund", { payment: paid.payment, amount: "150" }, requestor);
    assert.equal(await bed.used(key), 250n);
  });

  test("a limit that began after a payment gets nothing back from its refund", async () => {
    await bed.put({ ...roomy, version: 3 });
    const token = await bed.issue();
    const pays = async (amount: string) => {
      const content = payment(token.number, amount);
      const { payment: id } = await bed.done<Standing>("tokens.authorise", content, requestor);
      await bed.done("tokens.capture", { payment: id, amount, final: true }, requestor);
      return id;
    };
    const early = await pays("300");
    const cap = { measure: "amount", classes: ["USE"], scope: "pilot", window: "none" } as const;
    const rule = { ...cap, id: "pilot_amount", cap: "500", clause: "1.10-C4" };
    await bed.put({ ...roomy, version: 4, limits: [rule] });
    const late = await pays("400");
    const used = () => bed.used("limit/pilot_amount/pilot/all");
    await bed.done("tokens.refund", { payment: early, amount: "300" }, requestor);
    assert.equal(await used(), 400n);
    await bed.done("tokens.refund", { payment: late, amount: "150" }, requestor);
    assert.equal(await used(), 250n);
  });
});

describe("P4.2, P4.3, P4.4: tokens and their controls", () => {
  let bed: Bed;
  before(async () => {
    bed = await furnishedBed();
  });
  after(() => bed.end());

  test("P4.3: tightening is at once, loosening needs a step-up, and every version is kept", async () => {
    const token = await bed.issue({ dayAmount: "1000" });
    const to = (controls: object, more = {}) => ({
      ...{ token: token.number, holder: HOLDER, controls },
      ...more,
    });
    await bed.done("tokens.change_controls", to({ dayAmount: "500" }));
    const wider = to({ dayAmount: "800" });
    const cold = await bed.act("tokens.change_controls", wider);
    assert.equal(codeOf(cold), "loosening_needs_step_up");
    const asked = (version: number, dayAmount = "800") =>
      digestOf({ act: "change_controls", token: token.id, version, controls: { dayAmount } });
    const others = [asked(2, "801"), asked(1), asked(3)].map((one) => confirming(CUSTOMERS, one));
    const over = { ...CUSTOMERS, confirmed: { digest: asked(2), until: machineNow() } };
    const session = { ...CUSTOMERS, steppedUpUntil: (machineNow() + 300_000) as Instant };
    for (const principal of [...others, over, session]) {
      const outcome = await bed.act("tokens.change_controls", wider, { principal });
      assert.equal(codeOf(outcome), "loosening_needs_step_up");
    }
    const fresh = { principal: confirming(CUSTOMERS, asked(2)) };
    const { version } = await bed.done<{ version: number }>("tokens.change_controls", wider, fresh);
    assert.equal(version, 3);
    await bed.done("tokens.change_controls", to({ dayAmount: "500" }));
    const replayed = await bed.act("tokens.change_controls", wider, fresh);
    assert.equal(codeOf(replayed), "loosening_needs_step_up");
    await bed.done("tokens.change_controls", wider, {
      principal: confirming(CUSTOMERS, asked(4)),
    });
    const stale = await bed.act("tokens.change_controls", to({}, { version: 2 }), fresh);
    assert.equal(codeOf(stale), "controls_changed_since");
    const outcome = await bed.act("tokens.authorise", payment(token.number, "801"), requestor);
    assert.deepEqual(
      failedOf(outcome).map(({ clause, cap }) => [clause, cap]),
      [["control v5", 800n]],
    );
    const other = await bed.act("tokens.change_controls", to({}, { holder: "li-na" }), fresh);
    assert.equal(codeOf(other), "token_absent");
  });

  test("each cause is lifted only by whose it is, and one is enough to suspend", async () => {
    const token = (await bed.issue()).number;
    const holder = { token, cause: "holder", holder: HOLDER };
    const issuer = { token, cause: "issuer" };
    await bed.done("tokens.suspend_token", holder);
    await bed.done("tokens.suspend_token", issuer, { principal: ISSUER });
    assert.equal(codeOf(await bed.act("tokens.suspend_token", holder)), "token_suspended_already");
    assert.equal(codeOf(await bed.act("tokens.resume_token", issuer)), "cause_of_another_role");
    const foreign = { token, cause: "requestor" };
    const shops = await bed.act("tokens.suspend_token", foreign, { principal: SHOPS });
    assert.equal(codeOf(shops), "token_absent");
    await bed.done("tokens.resume_token", holder);
    const still = await bed.act("tokens.authorise", payment(token, "1"), requestor);
    assert.equal(codeOf(still), "payment_declined");
    await bed.done("tokens.resume_token", issuer, { principal: ISSUER });
    await bed.done("tokens.authorise", payment(token, "1"), requestor);
    assert.equal(codeOf(await bed.act("tokens.resume_token", holder)), "token_not_suspended");
  });

  test("a deleted token pays no more, and what it paid is finished", async () => {
    const token = (await bed.issue()).number;
    const paid = await bed.done<Standing>("tokens.authorise", payment(token, "900"), requestor);
    await bed.done("tokens.delete_token", { token, holder: HOLDER });
    const next = await bed.act("tokens.authorise", payment(token, "1"), requestor);
    assert.equal(codeOf(next), "payment_declined");
    const taking = { payment: paid.payment, amount: "900", final: true };
    assert.equal((await bed.done<Standing>("tokens.capture", taking, requestor)).state, "captured");
    const gone = await bed.act("tokens.delete_token", { token, holder: HOLDER });
    assert.equal(codeOf(gone), "token_absent");
  });

  test("P4.4: one token serves the scenes of several requestors, each settled for itself", async () => {
    const token = (await bed.issue({}, ["travel", "shopping"])).number;
    await bed.done("tokens.authorise", payment(token, "300"), requestor);
    const shopping = payment(token, "200", { scene: "shopping" });
    await bed.done("tokens.authorise", shopping, { principal: SHOPS });
    const content = {
      holder: HOLDER,
      card: CARD,
      scenes: ["nowhere"],
      controls: {},
      slot: 1,
      consent: CONSENT,
    };
    assert.equal(codeOf(await bed.act("tokens.issue_token", content)), "scene_unknown");
  });

  test("P4.2: a card is issued on by its holder only", async () => {
    const content = {
      holder: "li-na",
      card: CARD,
      scenes: ["travel"],
      controls: {},
      slot: 1,
      consent: CONSENT,
    };
    assert.equal(codeOf(await bed.act("tokens.issue_token", content)), "card_unknown");
    const person = { kind: "person", id: "li-na", organisation: "b", roles: ["customer"] } as const;
    const own = { ...content, holder: HOLDER };
    const asked = await bed.act("tokens.issue_token", own, { principal: person });
    assert.equal(codeOf(asked), "holder_is_another");
  });
});

describe("P4.3: exactness under load", () => {
  test("of 1,000 payments of 10.00 at once against 5,000.00 a day and 50,000.00 exactly 500 pass; 100 let go let 100 in", async () => {
    const bed = await furnishedBed("5000000");
    const token = await bed.issue({ dayAmount: "500000" });
    const burst = (n: number) =>
      Promise.all(
        Array.from({ length: n }, () =>
          bed.act("tokens.authorise", payment(token.number, "1000"), requestor),
        ),
      );
    const outcomes = await burst(1000);
    const passed = outcomes.filter(({ kind }) => kind === "accepted");
    assert.equal(passed.length, 500);
    const others = new Set(outcomes.map(codeOf));
    assert.deepEqual([...others].toSorted(), ["accepted", "token_day_amount_exceeded"]);
    assert.equal(await bed.used(`card/${CARD}`), -4_500_000n);
    for (const outcome of passed.slice(0, 100)) {
      assert(outcome.kind === "accepted");
      const { payment: id } = outcome.answer as unknown as Standing;
      await bed.done("tokens.void", { payment: id }, requestor);
    }
    const more = await burst(300);
    assert.equal(more.filter(({ kind }) => kind === "accepted").length, 100);
    assert.equal(await bed.used(`card/${CARD}`), -4_500_000n);
    await bed.booksAgree();
    await bed.end();
  });
});
