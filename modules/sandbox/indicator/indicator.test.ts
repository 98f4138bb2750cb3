/** Every indicator by hand: a table of situations for each formula, to the last digit. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fromIso, type Instant, toIso } from "@sandbank/kernel/clock";
import fc from "fast-check";
import {
  type IncidentFact,
  type JournalFacts,
  windowOf,
  type WindowFacts,
  windowsUpTo,
} from "./facts.ts";
import { standingContract } from "./indicator.contract.ts";
import { standingOf, tell, worst } from "./indicator.ts";
import { BEYOND_US } from "./service.ts";
import { INDICATORS, indicatorOf } from "./table.ts";

const NOON = fromIso("2026-11-24T12:00:00+08:00");
const label = { zh: "甲", en: "one" };

const quiet: JournalFacts = { acts: [], denials: [], uses: [], slices: [], differing: undefined };
/** A pilot of which nothing is known yet. */
const bare: WindowFacts = {
  window: windowOf("day", NOON),
  ...{ seconds: 43_200n, journal: undefined, caps: [], targets: [] },
  ...{
    incidents: undefined,
    probes: undefined,
    requests: undefined,
    complaints: undefined,
    compensation: undefined,
  },
  ...{ consultation: undefined, exit: undefined, heartbeatGaps: undefined },
};

/** The figures of an indicator as `name subject=value standing`. */
function told(id: string, facts: Partial<WindowFacts>): string[] {
  const indicator = indicatorOf(id);
  assert.ok(indicator, id);
  return tell(indicator, { ...bare, ...facts }).map(
    ({ figure, subject, value, standing }) =>
      `${[figure, subject].filter(Boolean).join(" ")}=${value} ${standing}`,
  );
}

const slice = (acts: bigint, peak: bigint, [first, last]: readonly [bigint, bigint]) => ({
  ...{ partition: 1, acts, peak, first_seq: first, last_seq: last },
});
const acted = (command: string, outcome: string, acts: bigint) => ({
  ...{ command, class: "USE", outcome, acts },
});
const bucket = (
  bucketUs: bigint,
  ...[answered, refused = 0n, failed = 0n]: [bigint, ...bigint[]]
) => ({
  ...{ bucketUs, answered, refused, failed },
});
const incident = (more: Partial<IncidentFact>) => ({
  ...{ category: "outage", severity: 2, lossFen: 0n, recordsLeaked: 0n, resolvedAt: null },
  ...{ startedAt: (NOON - 600_000) as Instant, detectedAt: NOON, ...more },
});
const cap = (more: Partial<WindowFacts["caps"][number]>) => ({
  ...{ id: "c", label, unit: "fen" as const, windowed: false, cap: 1_000n, used: 0n },
  ...{ moved7: undefined, ...more },
});
const heard = (more: Partial<NonNullable<WindowFacts["consultation"]>>) => ({
  ...{ comments: 0n, due: 0n, answeredInTime: 0n, overdue: 0n, ledToChange: 0n, ...more },
});
const moved = (amount: bigint, ...[rule, scope, whose]: [string, string, string]) => ({
  ...{ rule, scope, whose, period: "all", moved: amount },
});

test("the table holds the indicators that the sandbox can know, once each and in order", () => {
  assert.deepEqual(
    INDICATORS.map(({ id }) => id),
    [
      ...["I1", "I2", "I3", "I4", "I6", "I7", "I8", "I9", "I11", "I12", "I13", "I14", "I15"],
      ...["I21", "I28", "I29", "I30", "I31", "I32"],
    ],
  );
});

test("every indicator says in both languages what it is and how it is made", () => {
  for (const { id, name, formula, figures } of INDICATORS) {
    const texts = [name, formula, ...Object.values(figures).map((one) => one.name)];
    for (const { zh, en } of texts) assert.ok(zh !== "" && en !== "" && zh !== en, id);
    for (const one of Object.values(figures)) {
      assert.equal(one.bad === undefined, one.watch === undefined, `${id}: thresholds have a side`);
    }
  }
});

test("what has no source yet says so in every figure, and is never 0", () => {
  for (const indicator of INDICATORS) {
    for (const figure of tell(indicator, bare)) {
      assert.deepEqual([figure.value, figure.standing], [null, "absent"], indicator.id);
    }
  }
});

describe("formulas", () => {
  const rows: readonly (readonly [string, string, Partial<WindowFacts>, readonly string[]])[] = [
    [
      ...(["I1", "one second down in an hour"] as const),
      { probes: { probes: 120n, failed: 3n, observedMs: 3_600_000n, downMs: 1_000n } },
      ["availability=999722 good"],
    ],
    [
      ...(["I1", "thirty seconds down in an hour"] as const),
      { probes: { probes: 120n, failed: 3n, observedMs: 3_600_000n, downMs: 30_000n } },
      ["availability=991666 act"],
    ],
    [
      ...(["I1", "nobody knocked in this window"] as const),
      { probes: { probes: 0n, failed: 0n, observedMs: 0n, downMs: 0n } },
      ["availability=null nothing"],
    ],
    [
      ...(["I2", "refusals of the business do not count"] as const),
      { requests: [bucket(1_000n, 998n, 5_000n, 1n), bucket(0n, 0n, 0n, 1n)] },
      ["success=998000 watch", "failures=2 none"],
    ],
    [
      ...(["I3", "percentiles are the upper end of their bucket"] as const),
      { requests: [bucket(5_000n, 40n, 10n), bucket(1_000_000n, 45n), bucket(0n, 5n)] },
      ["p50=5000 none", "p95=1000000 act", `p99=${BEYOND_US} act`],
    ],
    [
      ...(["I3", "one request is every percentile"] as const),
      { requests: [bucket(25_000n, 1n)] },
      ["p50=25000 none", "p95=25000 good", "p99=25000 good"],
    ],
    [
      ...(["I4", "two partitions"] as const),
      { journal: { ...quiet, slices: [slice(43_200n, 9n, [1n, 9n]), slice(1n, 30n, [1n, 1n])] } },
      ["acts=43201 none", "mean=1000 none", "peak=30 none", "peak_to_mean=29999 none"],
    ],
    [
      ...(["I4", "a window without acts"] as const),
      { journal: quiet },
      ["acts=0 none", "mean=0 none", "peak=0 none", "peak_to_mean=null nothing"],
    ],
    [
      ...(["I6", "detected after 10 minutes, resolved an hour later"] as const),
      { incidents: [incident({ resolvedAt: (NOON + 3_600_000) as Instant, severity: 3 })] },
      [
        ...["grave=0 good", "severity 1=0 none", "severity 2=0 none", "severity 3=1 none"],
        ...["severity 4=0 none", "mttd=600 good", "mttr=3600 good"],
      ],
    ],
    [
      ...(["I6", "detected yesterday, resolved today: counts there, resolved here"] as const),
      {
        incidents: [
          incident({ detectedAt: (NOON - 86_400_000) as Instant, resolvedAt: NOON, severity: 1 }),
        ],
      },
      [
        ...["grave=0 good", "severity 1=0 none", "severity 2=0 none", "severity 3=0 none"],
        ...["severity 4=0 none", "mttd=null nothing", "mttr=86400 act"],
      ],
    ],
    [
      ...(["I11", "half used, 50 of the rest in seven days"] as const),
      { journal: quiet, caps: [cap({ used: 500n, moved7: 50n })] },
      ["use c=500000 good", "days c=70 good"],
    ],
    [
      ...(["I11", "bands of 80 and 95 %, edges included"] as const),
      {
        journal: quiet,
        caps: [799n, 800n, 949n, 950n, 1_000n, 1_200n].map((used) =>
          cap({ id: `u${used}`, used, windowed: true }),
        ),
      },
      [
        ...["use u799=799000 good", "use u800=800000 watch", "use u949=949000 watch"],
        ...["use u950=950000 act", "use u1000=1000000 act", "use u1200=1200000 act"],
      ],
    ],
    [
      ...(["I11", "a limit that gives back comes to no cap; one above it is there"] as const),
      {
        journal: quiet,
        caps: [cap({ moved7: -5n }), cap({ id: "d", used: 1_200n, moved7: 1n })],
      },
      ["use c=0 good", "days c=null nothing", "use d=1200000 act", "days d=0 act"],
    ],
    [
      ...(["I12", "more than the target is no harm; what nothing counts is left out"] as const),
      {
        journal: quiet,
        targets: [
          { id: "users", label, target: 300n, actual: 400n },
          { id: "terminals", label, target: 5n, actual: undefined },
        ],
      },
      ["attained users=1333333 none"],
    ],
    [
      ...(["I12", "nothing counts any target"] as const),
      { journal: quiet, targets: [{ id: "t", label, target: 5n, actual: undefined }] },
      ["attained=null absent"],
    ],
    [
      ...(["I13", "one act denied by two guards; the guard's own acts are not asked for"] as const),
      {
        journal: {
          ...quiet,
          acts: [
            ...[acted("tokens.pay", "accepted", 8n), acted("tokens.pay", "x_exceeded", 2n)],
            acted("guard.expire_hold", "accepted", 90n),
          ],
          denials: [
            { code: "x_exceeded", rule: "day", acts: 2n },
            { code: "y_exceeded", rule: "day", acts: 0n },
            { code: "class_closed", rule: "", acts: 1n },
          ],
        },
      },
      ["denied=200000 watch", "by_guard day=200000 none", "by_guard class_closed=100000 none"],
    ],
    [
      ...(["I14", "five fen of a hundred thousand"] as const),
      {
        journal: { ...quiet, uses: [moved(100_000n, "c", "pilot", "pilot")] },
        caps: [cap({})],
        incidents: [
          incident({ category: "fraud", lossFen: 5n }),
          incident({ category: "outage", lossFen: 9n }),
        ],
      },
      ["rate=50 good"],
    ],
    [
      ...(["I15", "a security event with records leaked"] as const),
      { incidents: [incident({ category: "security", recordsLeaked: 12n })] },
      ["events=1 watch", "leaked=12 act"],
    ],
    [
      ...(["I21", "three partners of 50, 30 and 20; the smaller rule is left out"] as const),
      {
        journal: {
          ...quiet,
          uses: [
            ...[moved(50n, "p", "partner", "a"), moved(30n, "p", "partner", "b")],
            ...[moved(20n, "p", "partner", "c"), moved(90n, "q", "partner", "a")],
            moved(999n, "m", "pilot", "pilot"),
          ],
        },
      },
      ["top10 partner=1000000 none", "hhi partner=3800 watch"],
    ],
    [
      ...(["I28", "pool at its requirement"] as const),
      { compensation: { freeFen: 100n, requiredFen: 100n, claimedFen: 0n, paidFen: 0n } },
      ["adequacy=1000000 watch", "paid=null nothing"],
    ],
    [
      ...([
        "I29",
        "two of three were answered in time, and one of them changed something",
      ] as const),
      { consultation: heard({ comments: 4n, due: 3n, answeredInTime: 2n, ledToChange: 1n }) },
      ["comments=4 none", "answered=666666 watch", "overdue=0 good", "changes=1 none"],
    ],
    [
      ...(["I29", "just less than half in time, and five that are late"] as const),
      { consultation: heard({ due: 1_001n, answeredInTime: 500n, overdue: 5n }) },
      ["comments=0 none", "answered=499500 act", "overdue=5 act", "changes=0 none"],
    ],
    [
      ...(["I29", "all in time; nothing was due"] as const),
      { consultation: heard({ due: 0n }) },
      ["comments=0 none", "answered=null nothing", "overdue=0 good", "changes=0 none"],
    ],
    [
      ...(["I30", "a place in the order is missing"] as const),
      { journal: { ...quiet, slices: [slice(9n, 1n, [1n, 10n])], differing: 0n } },
      ["received=900000 act", "differing=0 good"],
    ],
    [
      ...(["I30", "one silence longer than the terms allow"] as const),
      { journal: { ...quiet, slices: [slice(1n, 1n, [1n, 1n])] }, heartbeatGaps: 1n },
      ["received=1000000 good", "differing=null nothing", "gaps=1 watch"],
    ],
    [
      ...([
        "I31",
        "half way: a limit is told of what stood on it, one that is gone is not",
      ] as const),
      {
        caps: [cap({ id: "loans", used: 25n }), cap({ id: "day", used: 9n, windowed: true })],
        exit: {
          ...{ steps: 7n, stepsDone: 3n },
          items: [{ kind: "partner", label, listed: 3n, ended: 2n }],
          opening: ["loans", "day", "gone"].map((limit) => ({ limit, amount: 100n })),
        },
      },
      ["steps=428571 none", "obligations partner=666666 none", "residual loans=250000 none"],
    ],
    [
      ...(["I31", "the window ended before the exit began"] as const),
      { exit: { steps: 0n, stepsDone: 0n, items: [], opening: [] } },
      ["steps=null nothing"],
    ],
    [
      ...(["I32", "the worst dimension, with the indicator that drives it"] as const),
      {
        journal: quiet,
        ...{ caps: [cap({ used: 960n, windowed: true })], incidents: [] },
        probes: { probes: 1n, failed: 0n, observedMs: 1n, downMs: 0n },
      },
      [
        "grade I11=2 act",
        "dimension service=0 good",
        "dimension scale=2 act",
        "dimension trust=0 good",
      ],
    ],
  ];
  for (const [id, situation, facts, expected] of rows) {
    test(`${id}: ${situation}`, () => assert.deepEqual(told(id, facts), expected));
  }
});

test("windows are calendar windows in Asia/Shanghai, one after the other", () => {
  const begins = (span: "hour" | "day" | "month", at: string) =>
    windowsUpTo(span, fromIso(at), 3).map((one) => toIso(one.begins));
  assert.deepEqual(begins("month", "2026-03-01T00:00:00+08:00"), [
    ...["2025-12-31T16:00:00.000Z", "2026-01-31T16:00:00.000Z", "2026-02-28T16:00:00.000Z"],
  ]);
  assert.deepEqual(begins("month", "2026-02-28T23:59:59.999+08:00"), [
    ...["2025-11-30T16:00:00.000Z", "2025-12-31T16:00:00.000Z", "2026-01-31T16:00:00.000Z"],
  ]);
  assert.deepEqual(begins("day", "2026-11-24T15:59:59.999Z").at(-1), "2026-11-23T16:00:00.000Z");
  assert.deepEqual(begins("day", "2026-11-24T16:00:00.000Z").at(-1), "2026-11-24T16:00:00.000Z");
  const instants = fc.integer({ min: NOON - 1e12, max: NOON + 1e12 });
  fc.assert(
    fc.property(instants, fc.constantFrom("hour", "day", "month"), (at, span) => {
      const windows = windowsUpTo(span, at as Instant, 4);
      const last = windows.at(-1);
      assert.ok(last && last.begins <= at && at < last.ends);
      for (const [i, one] of windows.slice(1).entries()) assert.equal(windows[i]?.ends, one.begins);
    }),
  );
});

test("a threshold is reached at its value where much is bad, and below it where little is", () => {
  const high = { name: label, unit: "count", bad: "high", watch: 2n, act: 4n } as const;
  const low = { name: label, unit: "count", bad: "low", watch: 4n, act: 2n } as const;
  const all = [0n, 1n, 2n, 3n, 4n, 5n];
  const of = (kind: typeof high | typeof low) => all.map((value) => standingOf(kind, value)[0]);
  assert.deepEqual(of(high).join(""), "ggwwaa");
  assert.deepEqual(of(low).join(""), "aawwgg");
  assert.equal(worst([]), "absent");
  for (const one of standingContract.options) assert.equal(worst(["absent", one]), one);
});
