/**
 * What staff read of applications, narrowed to a principal: the supervisor's see every one, an
 * institution's its own. An application of somebody else answers like one that is not there.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import type { Store } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { readChanges } from "../change/change.store.ts";
import { readRounds } from "../consultation/consultation.store.ts";
import { missingOf } from "../declaration/completeness.ts";
import { flawText } from "../declaration/exit-plan.words.ts";
import { SECTIONS } from "../declaration/form.words.ts";
import { findPilot } from "../pilot/pilot.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { findRegistration, numberText, readNumbers } from "../registration/registration.store.ts";
import { declarationText } from "../signature/signature.ts";
import { isStaff } from "../task/task.ts";
import type {
  ApplicationAnswer,
  ApplicationSummary,
  DifferencesAnswer,
} from "../application/application.contract.ts";
import { refuseStep } from "../step.refusals.ts";
import {
  type ApplicationRow,
  findApplication,
  findBody,
  readApplications,
  readFilings,
  readRulings,
} from "../application/application.store.ts";
import {
  changeView,
  differencesView,
  filedView,
  roundView,
  rulingView,
} from "../application/view.ts";

/** True for staff who may see every application: the supervisor's, and auditors. */
function seesAll({ roles }: Principal): boolean {
  return roles.some((role) => role.startsWith("supervisor_") || role === "auditor");
}

/** The application, if this principal may see it. Refuses staff_of_this_pilot_only, pilot_unknown. */
export async function applicationFor(
  store: Store,
  principal: Principal,
  slug: string,
): Promise<ApplicationRow | Refusal> {
  if (!isStaff(principal)) return refuse("staff_of_this_pilot_only");
  const row = await findApplication(store, SANDBOX_PARTITION, slug);
  const own = row?.organisation === principal.organisation;
  return row !== undefined && (own || seesAll(principal)) ? row : refuse("pilot_unknown");
}

/** Every application that this principal may see. */
export async function applicationsFor(
  store: Store,
  principal: Principal,
): Promise<ApplicationSummary[] | Refusal> {
  if (!isStaff(principal)) return refuse("staff_of_this_pilot_only");
  const whose = seesAll(principal) ? null : principal.organisation;
  const rows = await readApplications(store, SANDBOX_PARTITION, whose);
  const numbers = await readNumbers(store, SANDBOX_PARTITION);
  return Promise.all(rows.map((row) => summaryOf(store, row, numbers)));
}

async function summaryOf(
  store: Store,
  row: ApplicationRow,
  numbers: ReadonlyMap<string, string>,
): Promise<ApplicationSummary> {
  const [pilot, filings] = await Promise.all([
    findPilot(store, SANDBOX_PARTITION, row.pilot),
    readFilings(store, SANDBOX_PARTITION, row.pilot),
  ]);
  if (pilot === undefined) throw new Error(`application without its pilot: ${row.pilot}`);
  const { name, institutions } = pilot.body;
  const lead = institutions.find((one) => one.role === "lead") ?? institutions[0];
  return {
    ...{ slug: row.pilot, name, organisation: row.organisation, lead: lead?.name ?? name },
    ...{ state: pilot.state, since: toIso(pilot.since), stands: pilot.declaration },
    latest: filings.at(-1)?.version ?? pilot.declaration,
    number: numbers.get(row.pilot) ?? null,
    isPublished: row.published_at !== null,
  };
}

/** One application whole. */
export async function applicationOf(
  store: Store,
  principal: Principal,
  slug: string,
): Promise<ApplicationAnswer | Refusal> {
  const row = await applicationFor(store, principal, slug);
  if (isRefusal(row)) return row;
  const at = SANDBOX_PARTITION;
  const numbers = await readNumbers(store, at);
  const [summary, filings, rulings, rounds, changes, registration] = await Promise.all([
    summaryOf(store, row, numbers),
    readFilings(store, at, slug),
    readRulings(store, at, slug),
    readRounds(store, at, slug),
    readChanges(store, at, slug),
    findRegistration(store, at, slug),
  ]);
  const latest = filings.at(-1);
  const body = await findBody(store, at, { pilot: slug, version: summary.latest });
  if (latest === undefined || body === undefined) throw new Error(`nothing on file: ${slug}`);
  return {
    ...summary,
    declaration: body,
    textToSign: declarationText({ pilot: slug, version: latest.version, hash: latest.hash }),
    missing: missingOf(body).map(({ code, clause, field, section, of = "" }) => {
      const { zh, en } = SECTIONS[section];
      const flaw = code === "clause_missing" ? null : flawText(code, of);
      return { clause, title: { zh, en }, field, flaw };
    }),
    versions: filings.map(filedView),
    rulings: rulings.map(rulingView),
    rounds: rounds.map((one) => ({
      ...roundView(one),
      ...{ waiting: one.waiting, unanswered: one.unanswered },
    })),
    changes: changes.map(changeView),
    registration: registration
      ? {
          number: numberText(registration),
          at: toIso(registration.at),
          startBy: toIso(registration.start_by),
        }
      : null,
  };
}

/** What differs between two versions on file, whether or not they are published. */
export async function differencesFor(
  store: Store,
  principal: Principal,
  of: { readonly slug: string; readonly from: number; readonly to: number },
): Promise<DifferencesAnswer | Refusal> {
  const row = await applicationFor(store, principal, of.slug);
  if (isRefusal(row)) return row;
  const body = (version: number) => findBody(store, SANDBOX_PARTITION, { pilot: of.slug, version });
  const [before, after] = await Promise.all([body(of.from), body(of.to)]);
  if (before === undefined || after === undefined) return refuseStep("version_unknown");
  return differencesView({ pilot: of.slug, from: of.from, to: of.to, before, after });
}
