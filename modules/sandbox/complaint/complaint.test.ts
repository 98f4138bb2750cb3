/** Complaints as a rulebook: the table, the clocks and the numbers. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { isRefusal } from "@sandbank/kernel/words";
import { COMPLAINT_STATES, type ComplaintState } from "./complaint.contract.ts";
import {
  COMPLAINT,
  COMPLAINT_EVENTS,
  isOpen,
  lateFrom,
  moveComplaint,
  nextInstant,
} from "./complaint.ts";
import {
  accepted,
  at,
  closed,
  decided,
  DUE,
  NOW,
  received,
  RECEIVED,
  rechecking,
} from "./complaint.fixture.ts";
import type { ComplaintRow } from "./complaint.store.ts";
import { figuresOf, publicComplaint } from "./view.ts";

describe("the table", () => {
  test("每一种状态对每一件事都有答案: every event has an answer in every state", () => {
    for (const state of COMPLAINT_STATES) {
      for (const event of COMPLAINT_EVENTS) {
        const next = COMPLAINT[state][event];
        assert.equal("to" in next !== "refusal" in next, true, `${state} ${event}`);
        const moved = moveComplaint(state, event);
        assert.equal(isRefusal(moved), "refusal" in next);
      }
    }
  });

  test("closed and withdrawn are the ends, and each other state has a way there", () => {
    const ends: readonly ComplaintState[] = ["closed", "withdrawn"];
    for (const state of COMPLAINT_STATES) {
      const reached = new Set<ComplaintState>([state]);
      for (const one of reached) {
        for (const next of Object.values(COMPLAINT[one])) if ("to" in next) reached.add(next.to);
      }
      assert.equal(reached.size === 1, ends.includes(state), state);
      assert.ok(
        ends.some((end) => reached.has(end)),
        state,
      );
    }
  });

  test("a state's own code tells where the complaint stands, and no two states share one", () => {
    const codes = COMPLAINT_STATES.map((state) => {
      const refusals = Object.values(COMPLAINT[state]).flatMap((next) =>
        "refusal" in next ? [next.refusal] : [],
      );
      assert.equal(new Set(refusals).size, 1, state);
      return refusals[0];
    });
    assert.equal(new Set(codes).size, COMPLAINT_STATES.length);
    assert.deepEqual(COMPLAINT_STATES.filter(isOpen), ["received", "accepted", "rechecking"]);
  });
});

describe("clocks of 15, 30 and 60 days", () => {
  const terms = [
    ["2026-03-02T00:00:00.000", 15, "2026-03-18T00:00:00.000"],
    ["2026-03-02T23:59:59.999", 15, "2026-03-18T00:00:00.000"],
    ["2026-03-03T00:00:00.000", 15, "2026-03-19T00:00:00.000"],
    ["2026-02-20T12:00:00.000", 15, "2026-03-08T00:00:00.000"],
    ["2028-02-20T12:00:00.000", 15, "2028-03-07T00:00:00.000"],
    ["2026-12-20T08:00:00.000", 15, "2027-01-05T00:00:00.000"],
    ["2026-03-02T10:00:00.000", 30, "2026-04-02T00:00:00.000"],
    ["2026-03-02T10:00:00.000", 60, "2026-05-02T00:00:00.000"],
  ] as const;
  for (const [from, days, late] of terms) {
    test(`${days}日内作出决定: received ${from}, late from ${late}`, () => {
      assert.equal(toIso(lateFrom(at(from), days)), toIso(at(late)));
    });
  }

  test("第15日24时之前为按期: day 15 is in time until 24:00, day 16 is late", () => {
    const last = (DUE - 1) as Instant;
    for (const [now, inTime] of [
      [last, true],
      [DUE, false],
    ] as const) {
      const row = { ...decided, answered_at: now, overdue_since: now < DUE ? null : DUE };
      assert.equal(publicComplaint(row, now).inTime, inTime);
      assert.equal(publicComplaint(accepted, now).inTime, inTime ? null : false);
    }
  });

  test("what falls due next follows from the row", () => {
    const until = lateFrom(NOW, 30);
    const rows = [
      [received, DUE],
      [accepted, DUE],
      [{ ...accepted, overdue_since: DUE }, null],
      [decided, until],
      [{ ...decided, state: "inadmissible", outcome: null, ground: "decided_before" }, until],
      [rechecking, until],
      [{ ...rechecking, recheck_overdue: until }, null],
      [{ ...rechecking, state: "rechecked", recheck_at: NOW, recheck_outcome: "upheld" }, until],
      [closed, null],
      [{ ...received, state: "withdrawn", ended_at: NOW }, null],
    ] as const;
    for (const [row, next] of rows) assert.equal(nextInstant(row), next, row.state);
  });
});

describe("numbers", () => {
  const late = { overdue_since: DUE };
  const rows: readonly ComplaintRow[] = [
    received,
    { ...accepted, ...late },
    decided,
    { ...decided, outcome: "upheld", ...late, answered_at: at("2026-03-20T00:00:00.000") },
    { ...rechecking, outcome: "partly" },
    {
      ...decided,
      state: "rechecked",
      recheck_outcome: "upheld",
      recheck_at: NOW,
      recheck_asked_at: NOW,
    },
    { ...received, state: "inadmissible", ground: "decided_before", answered_at: NOW },
    { ...received, state: "withdrawn", ended_at: NOW, persons: 40, representatives: 2 },
    { ...accepted, days: 30, due: lateFrom(RECEIVED, 30), escalated_at: NOW },
  ];
  test("every figure is what its rows sum to", () => {
    const figures = figuresOf(rows, at("2026-03-20T12:00:00.000"));
    assert.deepEqual(figures, {
      ...{ received: 9, open: 4, overdueNow: 2, everOverdue: 3, decided: 4, inTime: 3 },
      ...{ upheld: 2, partly: 1, rejected: 1, inadmissible: 1, withdrawn: 1, escalated: 1 },
      ...{ rechecked: 1, changed: 1, extended: 1, persons: 48 },
      ...{ onTime_ppm: 500_000, upheld_ppm: 750_000, repeat_ppm: 400_000, medianDays: 8 },
    });
  });
  test("no share is made up where there is nothing to divide by", () => {
    const { onTime_ppm, upheld_ppm, repeat_ppm, medianDays } = figuresOf([], NOW);
    assert.deepEqual([onTime_ppm, upheld_ppm, repeat_ppm, medianDays], [null, null, null, null]);
  });
});
