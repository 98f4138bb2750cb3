/** P4.3: allowed times, amounts and places, tried at their edges, each naming whose version said no. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import type { Controls } from "./control.contract.ts";
import { brokenBy, confirmedAbove, controlOf, saidBy, strictest, type Tried } from "./control.ts";
import { agree } from "./terms.ts";

const at = (text: string) => fromIso(`${text}+08:00`);
/** Hours of every day from `from` to `to`, end exclusive. */
const daily = (from: number, to: number) =>
  Array.from({ length: 168 }, (_, hour) => (hour % 24 >= from && hour % 24 < to ? "1" : "0")).join(
    "",
  );
/** One hour of the week only. */
const only = (...hours: number[]) =>
  Array.from({ length: 168 }, (_, hour) => (hours.includes(hour) ? "1" : "0")).join("");
/** Hours from Monday to Friday; none on weekends. */
const WEEKDAYS = "1".repeat(120) + "0".repeat(48);

const TUESDAY = at("2026-11-24T10:00:00");
const PAYMENT: Tried = {
  ...{ amount: 1n, scene: "travel", merchant: "farsail-air", mcc: "4511", country: "CN" },
  ...{ channel: "app", currency: "CNY", cryptogram: false, now: TUESDAY },
};

interface Row {
  readonly says: string;
  readonly controls: Controls;
  readonly paying?: Partial<Tried>;
  /** Codes that stand against it, in order; none where it passes. */
  readonly no?: readonly string[];
}

const amounts: readonly Row[] = [
  { says: "500.00 under 500.00", controls: { paymentAmount: "50000" }, paying: { amount: 50000n } },
  {
    says: "500.01 above 500.00",
    controls: { paymentAmount: "50000" },
    paying: { amount: 50001n },
    no: ["token_payment_amount_exceeded"],
  },
  { says: "10.00 is the least", controls: { paymentMin: "1000" }, paying: { amount: 1000n } },
  {
    says: "9.99 is below the least",
    controls: { paymentMin: "1000" },
    paying: { amount: 999n },
    no: ["token_payment_below_least"],
  },
  {
    says: "a scene's own bound, above it",
    controls: { sceneBounds: [{ scene: "travel", paymentAmount: "100" }] },
    paying: { amount: 101n },
    no: ["token_scene_payment_amount_exceeded"],
  },
  {
    says: "a scene's own bound, at it",
    controls: { sceneBounds: [{ scene: "travel", paymentAmount: "100" }] },
    paying: { amount: 100n },
  },
  {
    says: "another scene's bound",
    controls: { sceneBounds: [{ scene: "shopping", paymentAmount: "100" }] },
    paying: { amount: 101n },
  },
];

const hours: readonly Row[] = [
  ["17:59:59.999 before six", "2026-11-24T17:59:59.999", true],
  ["18:00:00.000 is over", "2026-11-24T18:00:00.000", false],
  ["07:59:59.999 is early", "2026-11-24T07:59:59.999", false],
  ["08:00:00.000 opens", "2026-11-24T08:00:00.000", true],
].map(([says, when, open]) => ({
  says: `${says}`,
  controls: { hours: daily(8, 18) },
  paying: { now: at(`${when}`) },
  no: open === true ? [] : ["token_hour_closed"],
}));

const weeks: readonly Row[] = [
  {
    says: "the week's last hour",
    controls: { hours: only(167) },
    paying: { now: at("2026-11-29T23:59:59.999") },
  },
  {
    says: "Monday 00:00 is another week",
    controls: { hours: only(167) },
    paying: { now: at("2026-11-30T00:00:00") },
    no: ["token_hour_closed"],
  },
  {
    says: "Monday 00:00 is the first hour",
    controls: { hours: only(0) },
    paying: { now: at("2026-11-30T00:00:00") },
  },
];

const days: readonly Row[] = [
  {
    says: "the first day begins",
    controls: { firstDay: "2026-12-01" },
    paying: { now: at("2026-12-01T00:00:00") },
  },
  {
    says: "the day before",
    controls: { firstDay: "2026-12-01" },
    paying: { now: at("2026-11-30T23:59:59.999") },
    no: ["token_before_first_day"],
  },
  {
    says: "the last day ends",
    controls: { lastDay: "2026-11-30" },
    paying: { now: at("2026-11-30T23:59:59.999") },
  },
  {
    says: "the day after",
    controls: { lastDay: "2026-11-30" },
    paying: { now: at("2026-12-01T00:00:00") },
    no: ["token_after_last_day"],
  },
];

/** National Day 2026, 1 to 7 October; Thursday the first, Saturday the tenth worked instead. */
const HOLIDAY = at("2026-10-01T10:00:00");
const holidays: readonly Row[] = [
  { says: "no rule: a Thursday", controls: { hours: WEEKDAYS }, paying: { now: HOLIDAY } },
  {
    says: "as Sunday: closed where Sundays are",
    controls: { hours: WEEKDAYS, holidays: "as_sunday" },
    paying: { now: HOLIDAY },
    no: ["token_hour_closed"],
  },
  {
    says: "as Sunday: open where Sundays are",
    controls: { hours: only(6 * 24 + 10), holidays: "as_sunday" },
    paying: { now: HOLIDAY },
  },
  {
    says: "closed: without any hours",
    controls: { holidays: "closed" },
    paying: { now: at("2026-10-07T23:59:59.999") },
    no: ["token_holiday_closed"],
  },
  {
    says: "closed: the day after is none",
    controls: { holidays: "closed" },
    paying: { now: at("2026-10-08T00:00:00") },
  },
  {
    says: "closed: a day worked instead is none",
    controls: { holidays: "closed" },
    paying: { now: at("2026-10-10T10:00:00") },
  },
  {
    says: "closed: an ordinary Sunday is none",
    controls: { holidays: "closed" },
    paying: { now: at("2026-10-18T10:00:00") },
  },
  {
    says: "closed: of a year that is not published none is known",
    controls: { holidays: "closed" },
    paying: { now: at("2060-10-01T10:00:00") },
  },
];

/** Six in the evening in Berlin is one in the morning in Shanghai, and midnight in summer. */
const BERLIN = { hours: daily(8, 18), zone: "Europe/Berlin" };
const zones: readonly Row[] = [
  {
    says: "Berlin, winter, 17:59:59.999",
    controls: BERLIN,
    paying: { now: fromIso("2026-11-24T16:59:59.999Z") },
  },
  {
    says: "Berlin, winter, 18:00",
    controls: BERLIN,
    paying: { now: fromIso("2026-11-24T17:00:00Z") },
    no: ["token_hour_closed"],
  },
  {
    says: "Berlin, summer, 18:00 is an hour sooner",
    controls: BERLIN,
    paying: { now: fromIso("2026-07-14T16:00:00Z") },
    no: ["token_hour_closed"],
  },
  {
    says: "the same instant in Shanghai",
    controls: { hours: daily(8, 18) },
    paying: { now: fromIso("2026-11-24T16:59:59.999Z") },
    no: ["token_hour_closed"],
  },
  {
    says: "the hour that Berlin skips: 01:59 is followed by 03:00",
    controls: { hours: only(6 * 24 + 2), zone: "Europe/Berlin" },
    paying: { now: fromIso("2026-03-29T01:00:00Z") },
    no: ["token_hour_closed"],
  },
  {
    says: "the hour that Berlin repeats, the first time",
    controls: { hours: only(6 * 24 + 2), zone: "Europe/Berlin" },
    paying: { now: fromIso("2026-10-25T00:30:00Z") },
  },
  {
    says: "the hour that Berlin repeats, the second time",
    controls: { hours: only(6 * 24 + 2), zone: "Europe/Berlin" },
    paying: { now: fromIso("2026-10-25T01:30:00Z") },
  },
  {
    says: "the last day ends in the zone of the controls",
    controls: { lastDay: "2026-11-24", zone: "Europe/Berlin" },
    paying: { now: fromIso("2026-11-24T22:59:59.999Z") },
  },
  {
    says: "and not an instant later",
    controls: { lastDay: "2026-11-24", zone: "Europe/Berlin" },
    paying: { now: fromIso("2026-11-24T23:00:00Z") },
    no: ["token_after_last_day"],
  },
];

const listed: readonly Row[] = [
  { says: "an allowed scene", controls: { allow: { scenes: ["travel"] } } },
  {
    says: "a scene that is not allowed",
    controls: { allow: { scenes: ["shopping"] } },
    no: ["token_scene_not_allowed"],
  },
  {
    says: "a denied merchant",
    controls: { deny: { merchants: ["farsail-air"] } },
    no: ["token_merchant_not_allowed"],
  },
  { says: "a merchant that is not denied", controls: { deny: { merchants: ["other"] } } },
  { says: "the last code of a range", controls: { allow: { mccs: ["4500-4511"] } } },
  {
    says: "the code after a range",
    controls: { allow: { mccs: ["4500-4510"] } },
    no: ["token_mcc_not_allowed"],
  },
  {
    says: "denied within an allowed range",
    controls: { allow: { mccs: ["4500-4599"] }, deny: { mccs: ["4511"] } },
    no: ["token_mcc_not_allowed"],
  },
  {
    says: "another country",
    controls: { allow: { countries: ["CN"] } },
    paying: { country: "DE" },
    no: ["token_country_not_allowed"],
  },
  {
    says: "a denied channel",
    controls: { deny: { channels: ["app"] } },
    no: ["token_channel_not_allowed"],
  },
  {
    says: "another currency",
    controls: { allow: { currencies: ["USD"] } },
    no: ["token_currency_not_allowed"],
  },
  {
    says: "no cryptogram where one is required",
    controls: { cryptogram: true },
    no: ["token_cryptogram_required"],
  },
  { says: "a cryptogram", controls: { cryptogram: true }, paying: { cryptogram: true } },
];

const ROWS = [amounts, hours, weeks, days, holidays, zones, listed].flat();
for (const { says, controls, paying, no = [] } of ROWS) {
  test(`P4.3: ${says}`, () => {
    const tried = { ...PAYMENT, ...paying };
    const parties = {
      "control v3": controlOf(3, { holder: controls, issuer: {} }),
      "issuer control v3": controlOf(3, { holder: {}, issuer: controls }),
    };
    for (const [clause, control] of Object.entries(parties)) {
      const failed = brokenBy(control, tried);
      assert.deepEqual(
        failed.map((one) => [one.code, one.clause]),
        no.map((code) => [code, clause]),
      );
    }
  });
}

test("P4.3: every bound that fails is named, the holder's first, in one order", () => {
  const holder = { paymentAmount: "1", hours: only(0), lastDay: "2026-11-23", cryptogram: true };
  const issuer = { paymentAmount: "1", deny: { channels: ["app"] } };
  const control = controlOf(1, { holder: { ...holder, cryptogram: true as const }, issuer });
  assert.deepEqual(
    brokenBy(control, { ...PAYMENT, amount: 2n }).map(({ code, clause }) => `${clause}: ${code}`),
    [
      "control v1: token_payment_amount_exceeded",
      "control v1: token_hour_closed",
      "control v1: token_after_last_day",
      "control v1: token_cryptogram_required",
      "issuer control v1: token_payment_amount_exceeded",
      "issuer control v1: token_channel_not_allowed",
    ],
  );
});

test("P4.3: of two caps the stricter holds and is cited, of equal ones the holder's", () => {
  const caps = (holder: Controls, issuer: Controls) =>
    strictest(controlOf(2, { holder, issuer }), "dayAmount");
  assert.equal(caps({}, {}), undefined);
  const [own, bound] = ["control v2", "issuer control v2"];
  assert.deepEqual(caps({ dayAmount: "5" }, {}), { cap: 5n, clause: own });
  assert.deepEqual(caps({}, { dayAmount: "7" }), { cap: 7n, clause: bound });
  assert.deepEqual(caps({ dayAmount: "8" }, { dayAmount: "7" }), { cap: 7n, clause: bound });
  assert.deepEqual(caps({ dayAmount: "7" }, { dayAmount: "7" }), { cap: 7n, clause: own });
  const single = controlOf(2, { holder: { lifeCount: "3" }, issuer: { singleUse: true } });
  assert.deepEqual(strictest(single, "lifeCount"), { cap: 1n, clause: bound });
  const confirmed = (holder: Controls, issuer: Controls) =>
    confirmedAbove(controlOf(1, { holder, issuer }));
  assert.equal(confirmed({}, {}), undefined);
  assert.equal(confirmed({ stepUpAmount: "5" }, {}), 5n);
  assert.equal(confirmed({ stepUpAmount: "5" }, { stepUpAmount: "4" }), 4n);
});

test("controls that contradict themselves are no controls", () => {
  const rows: readonly [Controls, boolean][] = [
    [{ firstDay: "2026-11-30", lastDay: "2026-11-30" }, true],
    [{ firstDay: "2026-12-01", lastDay: "2026-11-30" }, false],
    [{ lastDay: "2026-02-30" }, false],
    [{ paymentMin: "5", paymentAmount: "5" }, true],
    [{ paymentMin: "6", paymentAmount: "5" }, false],
    [{ zone: "Europe/Berlin" }, true],
    [{ zone: "Europe/Nowhere" }, false],
    [{ sceneBounds: [{ scene: "travel" }, { scene: "shopping" }] }, true],
    [{ sceneBounds: [{ scene: "travel" }, { scene: "travel", dayAmount: "1" }] }, false],
  ];
  for (const [controls, sound] of rows) assert.equal(agree(controls), sound);
});

test("controls read back as they were written, however they were ordered", () => {
  const controls: Controls = {
    ...{ dayAmount: "500000", dayCount: "3", hours: daily(8, 18) },
    sceneBounds: [{ scene: "travel", weekAmount: "700" }],
  };
  const turned = Object.fromEntries(Object.entries(controls).toReversed()) as Controls;
  const [one, other] = [controls, turned].map((holder) => controlOf(2, { holder, issuer: {} }));
  assert.ok(one && other);
  assert.deepEqual(saidBy(one, "holder"), controls);
  assert.equal(one.texts.holder, other.texts.holder);
  assert.equal(one.holder, other.holder);
});

test("what is known of a text is one thing whatever version says it", () => {
  const now = (TUESDAY + 1) as Instant;
  const first = controlOf(1, { holder: { paymentAmount: "1" }, issuer: {} });
  const later = controlOf(9, { holder: { paymentAmount: "1" }, issuer: {} });
  const clauses = [first, later].map((control) =>
    brokenBy(control, { ...PAYMENT, amount: 2n, now }),
  );
  assert.deepEqual(
    clauses.map(([failed]) => failed?.clause),
    ["control v1", "control v9"],
  );
});
