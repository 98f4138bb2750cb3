/** I6 and I15 computed a second time from the incidents as everybody may read them. */
import type { Figure, Span } from "./recount.ts";

/** An incident of a pilot as its public page states it, RFC 3339. */
export interface PublicIncident {
  readonly category: string;
  readonly severity: number;
  readonly startedAt: string;
  readonly detectedAt: string;
  readonly resolvedAt: string | null;
}

/** Records that became known to somebody who should not have them: the year has none. */
const LEAKED = 0n;
const SEVERITIES = [1, 2, 3, 4];

/** Figures of one month, by the number of their indicator. */
export function incidentFigures(
  all: readonly PublicIncident[],
  span: Span,
): Readonly<Record<"I6" | "I15", readonly Figure[]>> {
  const within = (at: string | null): at is string =>
    at !== null && span.begins <= Date.parse(at) && Date.parse(at) < span.ends;
  const found = all.filter(({ detectedAt }) => within(detectedAt));
  const solved = all.filter(({ resolvedAt }) => within(resolvedAt));
  const count = (is: (one: PublicIncident) => boolean) => BigInt(found.filter(is).length);
  return {
    I6: [
      { figure: "grave", subject: "", value: count(({ severity }) => severity <= 2) },
      ...SEVERITIES.map((severity) => ({
        ...{ figure: "severity", subject: String(severity) },
        value: count((one) => one.severity === severity),
      })),
      meanOf(
        "mttd",
        found.map((one) => between(one.startedAt, one.detectedAt)),
      ),
      meanOf(
        "mttr",
        solved.map((one) => between(one.detectedAt, one.resolvedAt ?? "")),
      ),
    ],
    I15: [
      { figure: "events", subject: "", value: count(({ category }) => category === "security") },
      { figure: "leaked", subject: "", value: LEAKED },
    ],
  };
}

function between(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}

/** Whole seconds, rounded down in their sum and in their mean; of nothing there is no mean. */
function meanOf(figure: string, times: readonly number[]): Figure {
  const sums = BigInt(Math.floor(times.reduce((sum, one) => sum + one, 0) / 1_000));
  const over = BigInt(times.length);
  return { figure, subject: "", value: over === 0n ? null : sums / over, sums, over };
}
