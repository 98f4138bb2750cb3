/** P4.3: windows of a day, a week, a month and a life, at their edges, on the real ledger. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import fc from "fast-check";
import type { Controls } from "../contract.ts";
import { digestOf } from "../control/confirm.ts";
import { controlOf } from "../control/control.ts";
import { type Bed, confirming, CUSTOMERS, furnishedBed, HOLDER, payment } from "../testing/bed.ts";
import { TRAVEL, TUESDAY } from "../testing/bed.ts";
import { codeOf, failedOf } from "../testing/outcomes.ts";
import { bitsOf, WINDOWS, windowsAt } from "./windows.ts";

const requestor = { principal: TRAVEL };
const at = (text: string) => fromIso(`${text}+08:00`);

test("every window has a bit of its own, and so has each within a scene", () => {
  const every = Object.fromEntries(WINDOWS.map(({ cap }) => [cap, "1"]));
  const sceneBounds = [{ scene: "travel", ...every }];
  const control = controlOf(1, { holder: { ...every, sceneBounds }, issuer: {} });
  const windows = windowsAt(control, { token: "t", scene: "travel", now: TUESDAY });
  assert.equal(windows.length, 16);
  assert.equal(bitsOf(windows), 0xffff);
  assert.equal(new Set(windows.map(({ key }) => key)).size, 16);
  const elsewhere = windowsAt(control, { token: "t", scene: "shopping", now: TUESDAY });
  assert.equal(bitsOf(elsewhere), 0xff);
  // What old rows say must not change its meaning.
  const old = { dayAmount: 1, dayCount: 2, monthAmount: 4 };
  for (const { cap, bit } of WINDOWS) assert.equal(old[cap as keyof typeof old] ?? bit, bit);
});

test("a week ends with its Sunday, whatever the year is called", () => {
  const control = controlOf(1, { holder: { weekAmount: "1" }, issuer: {} });
  const rows = [
    ["2026-11-29T23:59:59.999", "2026-W48", "2026-11-29"],
    ["2026-11-30T00:00:00.000", "2026-W49", "2026-12-06"],
    ["2026-12-31T12:00:00.000", "2026-W53", "2027-01-03"],
    ["2027-01-03T23:59:59.999", "2026-W53", "2027-01-03"],
    ["2027-01-04T00:00:00.000", "2027-W01", "2027-01-10"],
  ] as const;
  for (const [when, name, ends] of rows) {
    const [window] = windowsAt(control, { token: "t", now: at(when) });
    assert.deepEqual([window?.name, window?.ends], [name, ends]);
  }
});

test("the stricter cap never lets more through than either party's own", () => {
  const cap = fc.option(fc.integer({ min: 1, max: 9 }).map(String), { nil: undefined });
  fc.assert(
    fc.property(cap, cap, (holder, issuer) => {
      const said = (text: string | undefined): Controls =>
        text === undefined ? {} : { monthCount: text };
      const control = controlOf(1, { holder: said(holder), issuer: said(issuer) });
      const [window] = windowsAt(control, { token: "t", now: TUESDAY });
      const caps = [holder, issuer].filter((one) => one !== undefined).map(BigInt);
      const least = caps.reduce<bigint | undefined>(
        (min, one) => (min === undefined || one < min ? one : min),
        undefined,
      );
      assert.equal(window?.cap, least);
    }),
  );
});

describe("P4.3: windows on the ledger", () => {
  let bed: Bed;
  before(async () => {
    bed = await furnishedBed();
  });
  after(() => bed.end());
  const pay = (number: string, amount: string, more: object = {}) =>
    bed.act("tokens.authorise", payment(number, amount, more), requestor);
  const paid = async (number: string, amount: string) => {
    const { payment: id } = await bed.done<{ payment: string }>(
      ...(["tokens.authorise", payment(number, amount), requestor] as const),
    );
    return id;
  };

  test("a week turns on Monday at midnight in Shanghai; a life never", async () => {
    await bed.turn(at("2060-11-28T23:59:59.999"));
    const week = await bed.issue({ weekAmount: "1000", weekCount: "2" });
    const life = await bed.issue({ lifeAmount: "1000" });
    for (const { number } of [week, life]) await paid(number, "1000");
    const over = await pay(week.number, "1");
    assert.deepEqual(failedOf(over), [
      {
        ...{ code: "token_week_amount_exceeded", limit: "token_week_amount", unit: "fen" },
        ...{ clause: "control v1", used: 1000n, cap: 1000n, asked: 1n },
      },
    ]);
    await bed.turn(at("2060-11-29T00:00:00"));
    await paid(week.number, "999");
    await paid(week.number, "1");
    assert.deepEqual(
      failedOf(await pay(week.number, "1")).map(({ code }) => code),
      ["token_week_amount_exceeded", "token_week_count_exceeded"],
    );
    assert.equal(codeOf(await pay(life.number, "1")), "token_life_amount_exceeded");
  });

  test("a token for single use pays once; one that is voided has not been used", async () => {
    const token = await bed.issue({}, ["travel"], { type: "one_time" });
    const first = await paid(token.number, "500");
    const again = await pay(token.number, "500");
    assert.deepEqual(failedOf(again), [
      {
        ...{ code: "token_life_count_exceeded", limit: "token_life_count", unit: "count" },
        ...{ clause: "issuer control v1", used: 1n, cap: 1n, asked: 1n },
      },
    ]);
    await bed.done("tokens.void", { payment: first }, requestor);
    const second = await paid(token.number, "500");
    await bed.done("tokens.capture", { payment: second, amount: "500", final: true }, requestor);
    await bed.done("tokens.refund", { payment: second, amount: "500" }, requestor);
    assert.equal(codeOf(await pay(token.number, "1")), "token_life_count_exceeded");
  });

  test("P4.4: a scene has windows of its own beside those of the token", async () => {
    const sceneBounds = [{ scene: "travel", dayAmount: "300", dayCount: "2" }];
    const token = await bed.issue({ dayAmount: "1000", sceneBounds }, ["travel", "shopping"]);
    await paid(token.number, "300");
    assert.deepEqual(
      failedOf(await pay(token.number, "1")).map(({ code, limit, used, cap }) => [
        ...[code, limit, used, cap],
      ]),
      [["token_scene_amount_exceeded", "token_scene_day_amount", 300n, 300n]],
    );
    const shopping = { scene: "shopping" };
    const elsewhere = payment(token.number, "700", shopping);
    await bed.done("tokens.authorise", elsewhere, {
      principal: { ...TRAVEL, organisation: "lanternlight" },
    });
    assert.deepEqual(
      failedOf(await pay(token.number, "1")).map(({ code }) => code),
      ["token_day_amount_exceeded", "token_scene_amount_exceeded"],
    );
  });

  test("what is refunded returns to week, life and scene of the payment, counts do not", async () => {
    const sceneBounds = [{ scene: "travel", lifeAmount: "900" }];
    const bounds = { weekAmount: "1000", lifeAmount: "1000", weekCount: "9", sceneBounds };
    const token = await bed.issue(bounds);
    const id = await paid(token.number, "900");
    await bed.done("tokens.capture", { payment: id, amount: "900", final: true }, requestor);
    await bed.done("tokens.refund", { payment: id, amount: "400" }, requestor);
    const used = (rule: string, whose: string, period: string) =>
      bed.used(`limit/${rule}/${whose}/${period}`);
    assert.equal(await used("token_week_amount", token.id, "2060-W49"), 500n);
    assert.equal(await used("token_life_amount", token.id, "all"), 500n);
    assert.equal(await used("token_scene_life_amount", `${token.id}.travel`, "all"), 500n);
    assert.equal(await used("token_week_count", token.id, "2060-W49"), 1n);
  });

  test("a window that is added counts from then on; a cap below its use refuses only later uses", async () => {
    const token = await bed.issue({ dayAmount: "1000" });
    const to = (controls: Controls) => ({ token: token.number, holder: HOLDER, controls });
    await paid(token.number, "800");
    await bed.done("tokens.change_controls", to({ dayAmount: "500", monthAmount: "600" }));
    assert.deepEqual(
      failedOf(await pay(token.number, "1")).map(({ code, used, cap }) => [code, used, cap]),
      [["token_day_amount_exceeded", 800n, 500n]],
    );
    const wider: Controls = { monthAmount: "600" };
    const digest = digestOf({
      ...{ act: "change_controls", token: token.id, version: 2, controls: wider },
    });
    const principal = confirming(CUSTOMERS, digest);
    await bed.done("tokens.change_controls", to(wider), { principal });
    await paid(token.number, "600");
    assert.deepEqual(
      failedOf(await pay(token.number, "1")).map(({ code, used, clause }) => [code, used, clause]),
      [["token_month_amount_exceeded", 600n, "control v3"]],
    );
  });

  test("a payment that is raised above what passes unconfirmed needs the whole confirmed", async () => {
    const token = await bed.issue({ stepUpAmount: "1000" });
    const id = await paid(token.number, "900");
    const raise = () => bed.act("tokens.increase", { payment: id, amount: "200" }, requestor);
    assert.equal(codeOf(await raise()), "payment_declined");
    const [merchant, amount] = ["farsail-air", "1100"];
    const request = { act: "confirm_payment", token: token.id, merchant, amount } as const;
    const content = { token: token.number, holder: HOLDER, merchant, amount };
    const principal = confirming(CUSTOMERS, digestOf(request));
    const made = await bed.done<{ confirmation: string }>("tokens.confirm_payment", content, {
      principal,
    });
    assert.equal(codeOf(await raise()), "accepted");
    const key = `limit/token_confirmation/${token.id}/${made.confirmation}`;
    assert.equal(await bed.used(key), 1n);
    // Raised once more, it is the same payment, and above what was confirmed.
    assert.equal(codeOf(await raise()), "payment_declined");
    assert.equal(codeOf(await pay(token.number, "1100")), "token_confirmation_needed");
    await bed.done("tokens.void", { payment: id }, requestor);
    assert.equal(await bed.used(key), 0n);
    assert.equal(codeOf(await pay(token.number, "1100")), "accepted");
  });

  test("a large payment passes once the holder confirmed that one, and once only", async () => {
    const token = await bed.issue({ stepUpAmount: "1000" });
    await paid(token.number, "1000");
    const declined = async (amount: string) => codeOf(await pay(token.number, amount));
    assert.equal(await declined("1001"), "payment_declined");
    const content = { token: token.number, holder: HOLDER, merchant: "farsail-air" };
    const confirm = (amount: string, confirmed: string) => {
      const { merchant } = content;
      const request = {
        act: "confirm_payment",
        token: token.id,
        merchant,
        amount: confirmed,
      } as const;
      const principal = confirming(CUSTOMERS, digestOf(request));
      return bed.act("tokens.confirm_payment", { ...content, amount }, { principal });
    };
    assert.equal(codeOf(await confirm("5000", "4999")), "loosening_needs_step_up");
    assert.equal(codeOf(await confirm("5000", "5000")), "accepted");
    assert.equal(await declined("5001"), "payment_declined");
    assert.equal(
      codeOf(await pay(token.number, "2000", { merchant: "other" })),
      "payment_declined",
    );
    const burst = await Promise.all(Array.from({ length: 64 }, () => pay(token.number, "5000")));
    const passed = burst.filter(({ kind }) => kind === "accepted");
    assert.equal(passed.length, 1);
    assert.deepEqual([...new Set(burst.map(codeOf))].toSorted(), [
      "accepted",
      "token_confirmation_needed",
    ]);
    await confirm("5000", "5000");
    await bed.turn(at("2060-11-29T00:10:00"));
    assert.equal(await declined("5000"), "payment_declined");
    await bed.booksAgree();
  });
});
