/** I7 to I9 computed a second time from the year's own book of complaints. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Grievance } from "../grievance.ts";
import type { Act, Figure, Span } from "./recount.ts";

const MILLION = 1_000_000n;

function share(figure: string, sums: number, over: number): Figure {
  const [a, b] = [BigInt(sums), BigInt(over)];
  return { figure, subject: "", value: b === 0n ? null : (a * MILLION) / b, sums: a, over: b };
}

/** Figures of the complaints of one pilot in one month, by the number of their indicator. */
export function complaintFigures(
  own: readonly Grievance[],
  of: { readonly acts: readonly Act[]; readonly span: Span; readonly now: Instant },
): Readonly<Record<"I7" | "I8" | "I9", readonly Figure[]>> {
  const { acts, span, now } = of;
  const within = (at: Instant | undefined) =>
    at !== undefined && span.begins <= at && at < span.ends;
  const received = own.filter(({ lodged }) => within(lodged)).length;
  const transactions = acts.filter(
    ({ at, class: cls, outcome }) => within(at) && cls === "USE" && outcome === "accepted",
  ).length;
  // Withdrawn before its last day, or none of this pilot's: then no answer was ever due.
  const owed = own.filter(({ ground, withdrawn }) => ground === undefined && !withdrawn);
  const past = owed.filter(({ due: last }) => last <= now);
  const due = past.filter((one) => within(one.due));
  const inTime = due.filter(({ answered, due: last }) => answered !== undefined && answered < last);
  const overdue = past.filter(
    ({ answered, due: last }) =>
      last < span.ends && (answered === undefined || answered >= span.ends),
  );
  const decided = own.filter(({ answered, outcome }) => within(answered) && outcome !== undefined);
  const upheld = decided.filter(({ outcome }) => outcome !== "rejected");
  const again = own.filter(({ rechecked }) => within(rechecked));
  return {
    I7: [
      { figure: "complaints", subject: "", value: BigInt(received) },
      share("rate", received, transactions),
    ],
    I8: [
      share("on_time", inTime.length, due.length),
      { figure: "overdue", subject: "", value: BigInt(overdue.length) },
    ],
    I9: [
      share("upheld", upheld.length, decided.length),
      share("repeated", again.length, decided.length),
    ],
  };
}
