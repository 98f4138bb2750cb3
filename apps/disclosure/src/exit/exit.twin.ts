/** The machine-readable twin of an exit: the same facts as its page, in one language. */
import { toIso } from "@sandbank/kernel/clock";
import type { Lang } from "@sandbank/kernel/words";
import type { Exit, ExitReport } from "../exit.ports.ts";
import type { Json, PageAnswer } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { settingTwin } from "../twin.ts";

type Twin = { readonly [name: string]: Json | undefined };

export async function exitTwin(
  reader: DisclosureReader,
  lang: Lang,
  slug: string,
): Promise<PageAnswer | undefined> {
  const exit = await reader.exit(slug);
  if (exit === undefined) return undefined;
  const setting = await reader.setting();
  return { status: 200, json: { ...settingTwin(setting), ...twinOf(exit, lang) } };
}

function twinOf(exit: Exit, lang: Lang): Twin {
  const { pilot, runOffUntil, report } = exit;
  return {
    ...{ pilot: pilot.slug, name: pilot.name[lang], state: exit.state, cause: exit.cause },
    reason: exit.reason[lang],
    plan: { text: exit.plan[lang], origin: exit.planned, declaration_version: exit.version },
    begun_at: toIso(exit.begunAt),
    run_off_until: runOffUntil && toIso(runOffUntil),
    steps: exit.steps.map(({ text, state, by, days, cost, dueBy, closedAt, evidence, items }) => ({
      ...{ text: text[lang], state, confirmed_by: by, evidence_sha256: evidence },
      ...{ days_at_most: days, expected_cost_fen: cost === undefined ? undefined : String(cost) },
      due_by: dueBy && toIso(dueBy),
      closed_at: closedAt && toIso(closedAt),
      items: items && { ...items, text: items.text[lang] },
    })),
    report: report && reportTwin(report, lang),
    page: `/${lang}/pilots/${pilot.slug}/exit`,
  };
}

function reportTwin(report: ExitReport, lang: Lang): Twin {
  const { archive } = report;
  return {
    ...{ statement: report.statement[lang], days: report.days },
    completed_at: toIso(report.completedAt),
    open_at_the_beginning: {
      as_of: toIso(report.openingAt),
      obligations: report.opening.map(({ what, limit, unit, amount, ends }) => ({
        ...{ what, limit: limit?.[lang], unit, amount: String(amount) },
        ends_by_its_terms: ends && toIso(ends),
      })),
    },
    archive: {
      ...{ sha256: archive.hash, files: archive.files, bytes: String(archive.bytes) },
      restored_at: toIso(archive.verifiedAt),
      logs: archive.logs.map(({ origin, size, root }) => ({ origin, size: String(size), root })),
    },
  };
}
