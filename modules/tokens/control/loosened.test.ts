/** P4.3: what counts as loosening, and that tightening never lets more pass. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import fc from "fast-check";
import type { Controls } from "./control.contract.ts";
import { brokenBy, controlOf, type Tried } from "./control.ts";
import { loosened } from "./loosened.ts";
import { agree, CAPS, termsOf } from "./terms.ts";

const grid = (open: (hour: number) => boolean) =>
  Array.from({ length: 168 }, (_, hour) => (open(hour) ? "1" : "0")).join("");
const WEEKDAYS = grid((hour) => hour < 120);

const ROWS: readonly [says: string, before: Controls, after: Controls, loosens: string[]][] = [
  ["nothing", { dayAmount: "5" }, { dayAmount: "5" }, []],
  ["a bound more", {}, { weekCount: "1" }, []],
  ["a cap lowered", { lifeAmount: "5" }, { lifeAmount: "4" }, []],
  ["a cap raised", { lifeAmount: "5" }, { lifeAmount: "6" }, ["lifeAmount"]],
  ["a cap taken off", { monthCount: "5" }, {}, ["monthCount"]],
  ["the least payment raised", { paymentMin: "5" }, { paymentMin: "6" }, []],
  ["the least payment lowered", { paymentMin: "5" }, { paymentMin: "4" }, ["paymentMin"]],
  ["the least payment taken off", { paymentMin: "5" }, {}, ["paymentMin"]],
  ["confirmation from less on", { stepUpAmount: "5" }, { stepUpAmount: "4" }, []],
  ["confirmation from more on", { stepUpAmount: "5" }, { stepUpAmount: "6" }, ["stepUpAmount"]],
  ["single use ended", { singleUse: true }, {}, ["singleUse"]],
  ["single use begun", {}, { singleUse: true }, []],
  ["no cryptogram any more", { cryptogram: true }, {}, ["cryptogram"]],
  ["hours closed", {}, { hours: WEEKDAYS }, []],
  ["hours opened", { hours: WEEKDAYS }, { hours: grid(() => true) }, ["hours"]],
  ["holidays closed", { hours: WEEKDAYS }, { hours: WEEKDAYS, holidays: "closed" }, []],
  ["holidays opened", { holidays: "closed" }, {}, ["holidays"]],
  [
    "holidays as a closed Sunday",
    { hours: WEEKDAYS },
    { hours: WEEKDAYS, holidays: "as_sunday" },
    [],
  ],
  [
    "holidays as an open Sunday",
    { hours: grid((hour) => hour >= 144) },
    { hours: grid((hour) => hour >= 144), holidays: "as_sunday" },
    ["holidays"],
  ],
  [
    "another zone for hours",
    { hours: WEEKDAYS },
    { hours: WEEKDAYS, zone: "Europe/Berlin" },
    ["zone"],
  ],
  ["another zone for nothing", { dayAmount: "5" }, { dayAmount: "5", zone: "Europe/Berlin" }, []],
  ["the last day later", { lastDay: "2026-11-24" }, { lastDay: "2026-11-25" }, ["lastDay"]],
  ["the first day sooner", { firstDay: "2026-11-24" }, { firstDay: "2026-11-23" }, ["firstDay"]],
  ["fewer allowed", { allow: { scenes: ["a1", "b1"] } }, { allow: { scenes: ["a1"] } }, []],
  ["others allowed", { allow: { scenes: ["a1"] } }, { allow: { scenes: ["b1"] } }, ["scenes"]],
  ["all allowed", { allow: { merchants: ["m"] } }, {}, ["merchants"]],
  ["more denied", { deny: { channels: ["app"] } }, { deny: { channels: ["app", "web"] } }, []],
  [
    "fewer denied",
    { deny: { channels: ["app", "web"] } },
    { deny: { channels: ["app"] } },
    ["channels"],
  ],
  [
    "denied instead of not allowed",
    { allow: { mccs: ["4000-4999"] } },
    { deny: { mccs: ["0000-3999", "5000-9999"] } },
    [],
  ],
  [
    "one code less denied",
    { deny: { mccs: ["4000-4999"] } },
    { deny: { mccs: ["4000-4510", "4512-4999"] } },
    ["mccs"],
  ],
  [
    "a scene's bound raised",
    { sceneBounds: [{ scene: "a1", dayCount: "1" }] },
    { sceneBounds: [{ scene: "a1", dayCount: "2" }] },
    ["a1.dayCount"],
  ],
  [
    "a scene's bound taken off",
    { sceneBounds: [{ scene: "a1", dayCount: "1" }] },
    {},
    ["a1.dayCount"],
  ],
];

for (const [says, before, after, loosens] of ROWS) {
  test(`P4.3: ${says}`, () => {
    assert.deepEqual(loosened(termsOf(before), termsOf(after)), loosens);
  });
}

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const amount = maybe(fc.integer({ min: 1, max: 5 }).map(String));
const day = maybe(fc.integer({ min: 1, max: 5 }).map((n) => `2026-11-0${n}`));
// Few hours vary, so that two grids are often comparable.
const hours = maybe(
  fc.integer({ min: 0, max: 63 }).map((bits) => {
    const [night, sunday] = [bits & 7, bits >> 3];
    return grid((hour) =>
      hour < 3 ? ((night >> hour) & 1) === 1 : hour < 144 || ((sunday >> (hour % 3)) & 1) === 1,
    );
  }),
);
const some = (...values: string[]) =>
  maybe(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }));
const lists = maybe(
  fc.record({
    ...{ scenes: some("travel", "shopping"), channels: some("app", "web") },
    mccs: some("4511", "4500-4599", "0000-4510", "4512-9999"),
  }),
);
const controls = fc
  .record({
    ...Object.fromEntries(CAPS.map((cap) => [cap, amount])),
    ...{ paymentMin: amount, stepUpAmount: amount, hours, firstDay: day, lastDay: day },
    holidays: maybe(fc.constantFrom("as_sunday", "closed")),
    zone: maybe(fc.constantFrom("Asia/Shanghai", "Europe/Berlin")),
    ...{ allow: lists, deny: lists },
    cryptogram: maybe(fc.constant(true)),
    singleUse: maybe(fc.constant(true)),
    sceneBounds: maybe(
      fc.record({ scene: fc.constant("travel"), paymentAmount: amount }).map((one) => [one]),
    ),
  })
  .map((drawn) => JSON.parse(JSON.stringify(drawn)) as Controls)
  .filter(agree);
const tried: fc.Arbitrary<Tried> = fc.record({
  amount: fc.bigInt({ min: 1n, max: 6n }),
  scene: fc.constantFrom("travel", "shopping", "other"),
  merchant: fc.constant("m"),
  mcc: fc.constantFrom("0000", "4510", "4511", "4512", "4600", "9999"),
  country: fc.constant("CN"),
  channel: fc.constantFrom("app", "web", "till"),
  currency: fc.constant("CNY"),
  cryptogram: fc.boolean(),
  now: fc
    .constantFrom(
      "2026-11-02T00:30:00",
      "2026-11-04T12:00:00",
      "2026-10-01T01:00:00",
      "2026-11-01T02:30:00",
    )
    .map((text) => fromIso(`${text}+08:00`)),
});
/** Terms that often differ in little, since two drawn apart seldom compare. */
const change = fc
  .tuple(controls, controls, fc.constantFrom(...CAPS, "hours", "allow", "deny", "holidays"))
  .map(([before, other, part]) => {
    const after = { ...before, [part]: other[part as keyof Controls] };
    return [before, JSON.parse(JSON.stringify(after)) as Controls] as const;
  })
  .filter(([, after]) => agree(after));
const pairs = fc.oneof(change, fc.tuple(controls, controls));

test("P4.3: what does not loosen allows nothing that was forbidden", () => {
  fc.assert(
    fc.property(pairs, tried, ([before, after], payment) => {
      if (loosened(termsOf(before), termsOf(after)).length > 0) return;
      const says = (holder: Controls) => brokenBy(controlOf(1, { holder, issuer: {} }), payment);
      if (says(after).length === 0) assert.deepEqual(says(before), []);
    }),
    { numRuns: 2_000 },
  );
});

test("P4.3: the strictest wins: whatever the other party adds, no more passes", () => {
  fc.assert(
    fc.property(controls, controls, tried, (holder, issuer, payment) => {
      const both = brokenBy(controlOf(1, { holder, issuer }), payment).length === 0;
      const alone = (said: Controls) =>
        brokenBy(controlOf(1, { holder: said, issuer: {} }), payment).length === 0;
      assert.equal(both, alone(holder) && alone(issuer));
    }),
  );
});

test("tightening is an order: reflexive and transitive", () => {
  fc.assert(
    fc.property(controls, controls, controls, (a, b, c) => {
      const tightens = (from: Controls, to: Controls) =>
        loosened(termsOf(from), termsOf(to)).length === 0;
      assert(tightens(a, a));
      if (tightens(a, b) && tightens(b, c)) assert(tightens(a, c));
    }),
    { numRuns: 2_000 },
  );
});
