/** Complaints as indicators count them, by situation. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import { windowOf } from "../indicator/facts.ts";
import { complaintFacts } from "./complaints.ts";

const at = (day: number, hour = 12) =>
  fromIso(`2026-11-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00+08:00`);
const open = {
  ...{ received_at: at(1), due: at(16), answered_at: null, overdue_since: null, outcome: null },
  ...{ ground: null, recheck_asked_at: null, ended_at: null },
};

test("what a day of complaints counts", () => {
  const rows = [
    open,
    { ...open, answered_at: at(10), outcome: "upheld" as const },
    { ...open, answered_at: at(16, 13), outcome: "rejected" as const, overdue_since: at(16) },
    { ...open, answered_at: at(17), outcome: "partly" as const, recheck_asked_at: at(16) },
    // Withdrawn in time, and inadmissible: never due.
    { ...open, ended_at: at(9) },
    { ...open, answered_at: at(2), ground: "duplicate" as never },
    { ...open, received_at: at(16), due: at(30) },
  ];
  const [day, month] = [windowOf("day", at(16)), windowOf("month", at(16))];
  assert.deepEqual(complaintFacts(rows, { window: day, now: at(17, 0) }), {
    ...{ received: 1n, due: 4n, decidedInTime: 1n, overdueNow: 2n },
    ...{ decided: 1n, upheld: 0n, reopened: 1n },
  });
  assert.deepEqual(complaintFacts(rows, { window: month, now: at(30) }), {
    ...{ received: 7n, due: 5n, decidedInTime: 1n, overdueNow: 2n },
    ...{ decided: 3n, upheld: 2n, reopened: 1n },
  });
  const early = complaintFacts(rows, { window: month, now: (at(16) - 1) as Instant });
  assert.deepEqual([early.due, early.overdueNow], [0n, 0n], "nothing is due before its day");
  const { due, decidedInTime, overdueNow } = complaintFacts(rows, { window: month, now: at(16) });
  assert.deepEqual([due, decidedInTime, overdueNow], [4n, 1n, 1n], "the rest is due on the 30th");
});
