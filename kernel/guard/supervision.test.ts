/** The policy as tables: classes, period, checks, and limits as entries. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso } from "../clock/index.ts";
import { fen } from "../money/index.ts";
import type { Counts } from "./command.ts";
import type { LimitRule, Policy } from "./policy.ts";
import { failedChecks } from "./checks.ts";
import { closedBy, limitEntries } from "./supervision.ts";

const NOON = fromIso("2026-11-24T04:00:00Z");

const policy: Policy = {
  pilot: "sample",
  version: 1,
  phase: "testing",
  classes: { OPEN: true, USE: true, SERVICE: true },
  period: { from: "2026-11-01T00:00:00+08:00", to: "2026-12-01T00:00:00+08:00" },
  limits: [
    rule({ id: "pilot_customers", measure: "customers", classes: ["OPEN"], cap: "2" }),
    rule({ id: "single", measure: "single", cap: "500000" }),
    rule({ id: "pilot_day_amount", measure: "amount", window: "day", cap: "100000000" }),
    rule({ id: "pilot_day_count", measure: "count", window: "day", cap: "10" }),
    rule({ id: "partner_month", measure: "amount", scope: "partner", window: "month", cap: "900" }),
  ],
  checks: [
    { kind: "channel", allowed: ["app"], classes: ["USE"], clause: "2.1" },
    { kind: "hours", from: 540, to: 1260, classes: ["OPEN", "USE"], clause: "2.2" },
  ],
};

function rule(of: Partial<LimitRule>): LimitRule {
  const usual = { classes: ["USE"], scope: "pilot", window: "none", cap: "1", clause: "1.10" };
  return { ...usual, ...of } as LimitRule;
}

const pay = (more: Partial<Counts> = {}): Counts => ({
  as: "use",
  amount: fen(100n),
  channel: "app",
  partner: "p1",
  ...more,
});

test("S6 · a closed class is refused with the directive that closed it; SERVICE lives on", () => {
  const suspended = {
    ...policy,
    directive: "D-1",
    classes: { OPEN: false, USE: false, SERVICE: true },
  };
  assert.equal(closedBy(suspended, "USE", NOON)?.code, "class_closed");
  assert.deepEqual(closedBy(suspended, "USE", NOON)?.params, { class: "USE", directive: "D-1" });
  assert.equal(closedBy(suspended, "SERVICE", NOON), undefined);
});

test("G1 · OPEN and USE live from the first instant of the period to just before its end", () => {
  const cases: [string, string | undefined][] = [
    ["2026-10-31T15:59:59.999Z", "outside_test_period"],
    ["2026-10-31T16:00:00.000Z", undefined],
    ["2026-11-30T15:59:59.999Z", undefined],
    ["2026-11-30T16:00:00.000Z", "outside_test_period"],
  ];
  for (const [at, code] of cases) {
    assert.equal(closedBy(policy, "USE", fromIso(at))?.code, code, at);
    assert.equal(closedBy(policy, "SERVICE", fromIso(at)), undefined, at);
  }
});

test("a pilot without a policy does nothing but SERVICE", () => {
  assert.equal(closedBy(undefined, "OPEN", NOON)?.code, "pilot_not_armed");
  assert.equal(closedBy(undefined, "SERVICE", NOON), undefined);
});

test("G4, G10 · every failed check and single bound is named, in the order of the policy", () => {
  const night = fromIso("2026-11-24T13:00:00Z");
  const counts = pay({ amount: fen(500_001n), channel: "web" });
  const failed = failedChecks(policy, { cls: "USE", counts, now: night });
  assert.deepEqual(failed, [
    { code: "channel_not_declared", limit: "channel", clause: "2.1" },
    { code: "outside_service_hours", limit: "hours", clause: "2.2" },
    {
      code: "single_amount_exceeded",
      limit: "single",
      unit: "fen",
      used: 0n,
      cap: 500_000n,
      asked: 500_001n,
      clause: "1.10",
    },
  ]);
  const good = failedChecks(policy, {
    cls: "USE",
    counts: pay({ amount: fen(500_000n) }),
    now: NOON,
  });
  assert.deepEqual(good, []);
});

test("G3, G7 · limits become uses of window accounts under the caps of the policy", () => {
  const counting = { cls: "USE", counts: pay(), now: NOON, firstTimer: false } as const;
  const keys = limitEntries(policy, counting).map((entry) =>
    entry.kind === "use" ? [entry.account.key, entry.amount, entry.account.cap] : entry,
  );
  assert.deepEqual(keys, [
    ["limit/pilot_day_amount/pilot/2026-11-24", 100n, 100_000_000n],
    ["limit/pilot_day_count/pilot/2026-11-24", 1n, 10n],
    ["limit/partner_month/p1/2026-11", 100n, 900n],
  ]);
});

test("G3 · only the first OPEN act of a customer takes a unit of the customers' cap", () => {
  const counts: Counts = { as: "use", customer: "c1" };
  const entries = (cls: "OPEN" | "USE", firstTimer: boolean) =>
    limitEntries(policy, { cls, counts, now: NOON, firstTimer }).map((entry) => entry.kind);
  assert.deepEqual(entries("OPEN", true), ["use"]);
  assert.deepEqual(entries("OPEN", false), []);
});

test("a give-back returns amounts to the period of the act, and lets counts stand", () => {
  const yesterday = fromIso("2026-11-23T15:59:59.999Z");
  const counts = pay({ as: "give_back", at: yesterday });
  const entries = limitEntries(policy, { cls: "SERVICE", counts, now: NOON, firstTimer: false });
  assert.deepEqual(
    entries.map((entry) => (entry.kind === "give_back" ? entry.account.key : entry.kind)),
    ["limit/pilot_day_amount/pilot/2026-11-23", "limit/partner_month/p1/2026-11"],
  );
});

test("a limit refuses what leaves out the fact that it counts, but for what opens no customer", () => {
  const open = (more: Partial<Counts>) =>
    failedChecks(policy, { cls: "OPEN", counts: { as: "use", ...more }, now: NOON });
  const unstated = { code: "fact_not_stated", limit: "pilot_customers", clause: "1.10" };
  assert.deepEqual(open({ partner: "p1" }), [unstated]);
  assert.deepEqual(open({ customer: "c1" }), []);
  assert.deepEqual(open({ partner: "p1", opens: "partner" }), []);
});
