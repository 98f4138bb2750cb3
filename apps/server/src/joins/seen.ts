/** What the public site shows of indicators and incidents, in the site's own words. */
import { fromIso } from "@sandbank/kernel/clock";
import type { PilotDetail as DetailPage } from "@sandbank/disclosure";
import type { SandboxModule } from "@sandbank/sandbox";

export type Seen = Pick<SandboxModule, "board" | "incidents">;

/** Of a pilot that runs; of one that does not there is nothing to see, and the page says nothing. */
export async function seenOf(
  { board, incidents }: Seen,
  slug: string,
): Promise<Pick<DetailPage, "indicators" | "incidents">> {
  const [all, known] = await Promise.all([
    board.all(slug, { span: "day", open: true }),
    incidents(slug),
  ]);
  const listed = (known ?? []).map(({ pilot: _, affectedActs, summary, ...one }) => ({
    ...{ number: one.number, state: one.state, category: one.category, severity: one.severity },
    detectedAt: fromIso(one.detectedAt),
    ...(one.resolvedAt === null ? {} : { resolvedAt: fromIso(one.resolvedAt) }),
    ...(affectedActs === null ? {} : { affectedActs: BigInt(affectedActs) }),
    ...(summary === null ? {} : { summary }),
  }));
  if (all === undefined || all.asOf === null) return listed.length > 0 ? { incidents: listed } : {};
  return {
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
