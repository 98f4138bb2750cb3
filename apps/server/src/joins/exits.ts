/** Exits as the public site asks for them: the sandbox's own engine, in the site's words. */
import type { DisclosureReader, Exit, ExitReport, OpenLine } from "@sandbank/disclosure";
import { fromIso } from "@sandbank/kernel/clock";
import type { SandboxModule } from "@sandbank/sandbox";
import type {
  ExitAnswer,
  ExitReport as ReportAnswer,
  LimitsAnswer,
} from "@sandbank/sandbox/contract";
import { sharedByCrowd } from "./crowd.ts";

/** How a pilot leaves or left, for everybody. */
export function exitReading({
  exits,
  register,
}: Pick<SandboxModule, "exits" | "register">): DisclosureReader["exit"] {
  return sharedByCrowd(async (slug) => {
    const standing = await exits.standing(slug);
    if (standing === undefined) return undefined;
    const report = await exits.report(slug);
    const named = report === undefined ? undefined : await register.limits(slug);
    return { ...exitOf(standing), ...(report && { report: reportOf(report, named) }) };
  });
}

function exitOf(standing: ExitAnswer): Omit<Exit, "report"> {
  const { pilot: slug, name, runOffUntil } = standing;
  return {
    ...{ pilot: { slug, name }, state: standing.state, cause: standing.cause },
    ...{ reason: standing.reason, plan: standing.plan },
    planned: standing.planFrom === "design" ? "designed" : "declared",
    ...(standing.planVersion !== null && { version: standing.planVersion }),
    begunAt: fromIso(standing.begunAt),
    ...(runOffUntil !== null && { runOffUntil: fromIso(runOffUntil) }),
    steps: standing.steps.map(({ text, state, by, closedAt, evidence, items, ...step }) => ({
      ...{ text, state, by },
      ...(step.days !== null && { days: step.days }),
      ...(step.costFen !== null && { cost: BigInt(step.costFen) }),
      ...(step.dueBy !== null && { dueBy: fromIso(step.dueBy) }),
      ...(closedAt !== null && { closedAt: fromIso(closedAt) }),
      ...(evidence !== null && { evidence }),
      ...(items !== null && {
        items: {
          ...{ text: items.text, listed: items.listed },
          ...{ finished: items.finished, transferred: items.transferred },
        },
      }),
    })),
  };
}

/** `limits` names what a balance was counted by. */
function reportOf(report: ReportAnswer, limits: LimitsAnswer | undefined): ExitReport {
  const { archive, completedAt } = report;
  return {
    ...{ statement: report.statement, days: report.days },
    completedAt: fromIso(completedAt ?? archive.verifiedAt),
    openingAt: fromIso(report.openingAt),
    opening: report.opening.map((one): OpenLine => {
      const limit = limits?.limits.find(({ id }) => id === one.of)?.label;
      return {
        ...{ what: one.predicate, unit: one.unit, amount: BigInt(one.amount) },
        ...(limit && { limit }),
        ...(one.ends !== null && { ends: fromIso(one.ends) }),
      };
    }),
    archive: {
      ...{ hash: archive.hash, files: archive.files, bytes: BigInt(archive.bytes) },
      verifiedAt: fromIso(archive.verifiedAt),
      logs: archive.logs.map(({ origin, size, root }) => ({ origin, size: BigInt(size), root })),
    },
  };
}
