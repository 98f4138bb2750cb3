/** What the public site shows of indicators, incidents and watch periods, in the site's own words. */
import { fromIso, type Instant, shanghaiDate } from "@sandbank/kernel/clock";
import type { PilotDetail as DetailPage } from "@sandbank/disclosure";
import type { SandboxModule } from "@sandbank/sandbox";
import type { WatchAnswer } from "@sandbank/sandbox/contract";

export type Seen = Pick<SandboxModule, "board" | "incidents" | "watches">;

/** Of a pilot that runs; of one that does not there is nothing to see, and the page says nothing. */
export async function seenOf(
  { board, incidents, watches }: Seen,
  slug: string,
): Promise<Pick<DetailPage, "indicators" | "incidents" | "watch">> {
  const [all, known, watched] = await Promise.all([
    board.all(slug, { span: "day", open: true }),
    incidents(slug),
    watches.watch(slug),
  ]);
  const watch = watched === undefined ? {} : { watch: watchOf(watched) };
  const listed = (known ?? []).map(({ pilot: _, affectedActs, summary, ...one }) => ({
    ...{ number: one.number, state: one.state, category: one.category, severity: one.severity },
    detectedAt: fromIso(one.detectedAt),
    ...(one.resolvedAt === null ? {} : { resolvedAt: fromIso(one.resolvedAt) }),
    ...(affectedActs === null ? {} : { affectedActs: BigInt(affectedActs) }),
    ...(summary === null ? {} : { summary }),
  }));
  if (all === undefined || all.asOf === null) {
    return { ...watch, ...(listed.length > 0 ? { incidents: listed } : {}) };
  }
  return {
    ...watch,
    incidents: listed,
    indicators: {
      ...{ asOf: fromIso(all.asOf), behind: BigInt(all.behind) },
      lines: all.indicators.map(({ id, dimension, name, source, standing, figures }) => ({
        ...{ id, dimension, name, source, standing },
        figures: figures.map(({ label, value, unit, standing: of, bad, watch, act }) => ({
          ...{ label, unit, standing: of },
          ...(value === null ? {} : { value: BigInt(value) }),
          ...(bad && watch && act ? { threshold: { bad, watch, act } } : {}),
        })),
      })),
    },
  };
}

type Condition = WatchAnswer["rulings"][number]["conditions"][number];

function conditionOf({ text, by, state }: Condition) {
  return { text, by, ...(state !== null && { state }) };
}

/** A watch period with its latest comparing and everything that was found. */
function watchOf(watch: WatchAnswer): NonNullable<DetailPage["watch"]> {
  const { state, days, daysFrom, checks, findings, rulings } = watch;
  const day = (at: string) => shanghaiDate(fromIso(at));
  const lastDay = (at: string) => shanghaiDate((fromIso(at) - 1) as Instant);
  return {
    ...{ state, days, daysFrom, from: day(watch.begunAt), to: lastDay(watch.endsAt) },
    checks: checks.map(({ number, from, to, criteria }) => ({
      ...{ number, from: day(from), to: lastDay(to), of: criteria.length },
      missed: criteria.filter(({ met }) => !met).map(({ label }) => label),
    })),
    findings: findings.map(({ number, kind, state: settled, at, check, ruling: by }) => {
      const ruling = rulings.find((one) => one.number === by);
      return {
        ...{ number, kind, state: settled, at: fromIso(at) },
        ...(check === null ? {} : { check }),
        ...(ruling && { reason: ruling.reason, conditions: ruling.conditions.map(conditionOf) }),
      };
    }),
  };
}
