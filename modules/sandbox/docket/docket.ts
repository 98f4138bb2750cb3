/**
 * Everything that a decision about one application looks at, loaded set-wise under the partition's
 * lock: the dossier of the pilot, what is on file and signed, rounds of consultation, the number,
 * changes asked for, names and numbers of all others, and what the command itself refers to.
 */
import type { Loading } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import {
  type ApplicationRow,
  applicationsIn,
  type FilingRow,
  filingsIn,
  latestBodiesIn,
  type LatestRow,
  type NameRow,
  namesIn,
} from "../application/application.store.ts";
import { type AttachmentRow, attachmentsIn } from "../attachment/attachment.store.ts";
import { type ChangeRow, changesIn } from "../change/change.store.ts";
import { type RoundRow, roundsIn } from "../consultation/consultation.store.ts";
import { type Dossier, loadDossiers, shownOf } from "../dossier/dossier.ts";
import type { PilotRow } from "../pilot/pilot.store.ts";
import { refuse } from "../refusals.ts";
import {
  type LastNumberRow,
  lastNumbersIn,
  type RegistrationRow,
  registrationsIn,
} from "../registration/registration.store.ts";
import { type KeyRow, keysIn } from "../signature/signature.store.ts";

export interface Docket extends Dossier {
  /** Undefined for a pilot that stands on facts of a source. */
  readonly application: ApplicationRow | undefined;
  /** Versions on file, oldest first. */
  readonly filings: readonly FilingRow[];
  /** The last version on file, whether or not the pilot stands on it. */
  readonly latest: LatestRow | undefined;
  /** Rounds of consultation, oldest first. */
  readonly rounds: readonly RoundRow[];
  readonly registration: RegistrationRow | undefined;
  readonly changes: readonly ChangeRow[];
  readonly names: readonly NameRow[];
  readonly lastNumbers: readonly LastNumberRow[];
  /** The key and the attachments that the command names. */
  readonly keys: readonly KeyRow[];
  readonly attachments: readonly AttachmentRow[];
}

/** What a command refers to beside its pilot. */
export interface Referring<C> {
  slugOf(command: C): string;
  keyOf?(command: C): string;
  hashesOf?(command: C): readonly string[];
}

/** One docket per question, in order, with one statement per kind of row. */
export async function loadDockets<C>(
  tx: Tx,
  partition: number,
  asked: { readonly questions: readonly Loading<C, unknown>[]; readonly of: Referring<C> },
): Promise<Docket[]> {
  const { questions, of } = asked;
  const commands = questions.map((question) => question.command);
  const slugs = [...new Set(commands.map((command) => of.slugOf(command)))];
  const keyIds = commands.flatMap((command) => of.keyOf?.(command) ?? []);
  const hashes = commands.flatMap((command) => of.hashesOf?.(command) ?? []);
  const [dossiers, rows] = await Promise.all([
    loadDossiers(tx, partition, { questions, slugOf: of.slugOf }),
    rowsIn(tx, partition, { slugs, keyIds, hashes }),
  ]);
  return dossiers.map((dossier, at) => {
    const slug = of.slugOf(commands[at] as C);
    const own = <R extends { readonly pilot: string }>(list: readonly R[]) =>
      list.filter((row) => row.pilot === slug);
    return {
      ...dossier,
      application: own(rows.applications)[0],
      filings: own(rows.filings),
      latest: own(rows.latest)[0],
      rounds: own(rows.rounds),
      registration: own(rows.registrations)[0],
      changes: own(rows.changes),
      ...{ names: rows.names, lastNumbers: rows.lastNumbers },
      ...{ keys: rows.keys, attachments: rows.attachments },
    };
  });
}

async function rowsIn(
  tx: Tx,
  partition: number,
  of: Readonly<Record<"slugs" | "keyIds" | "hashes", readonly string[]>>,
) {
  const { slugs } = of;
  const [applications, filings, latest, rounds, registrations, changes, ...rest] =
    await Promise.all([
      applicationsIn(tx, partition, slugs),
      filingsIn(tx, partition, slugs),
      latestBodiesIn(tx, partition, slugs),
      roundsIn(tx, partition, slugs),
      registrationsIn(tx, partition, slugs),
      changesIn(tx, partition, slugs),
      namesIn(tx, partition),
      lastNumbersIn(tx, partition),
      of.keyIds.length === 0 ? [] : keysIn(tx, partition, of.keyIds),
      of.hashes.length === 0 ? [] : attachmentsIn(tx, partition, of.hashes),
    ]);
  const [names, lastNumbers, keys, attachments] = rest;
  return {
    ...{ applications, filings, latest, rounds, registrations, changes },
    ...{ names, lastNumbers, keys, attachments },
  };
}

/** What the proposer of a decision was shown; any later version, round or change outdates it. */
export function shownOfDocket(docket: Docket): string {
  const round = docket.rounds.at(-1);
  const change = docket.changes.at(-1);
  return [
    shownOf(docket),
    `v${docket.latest?.version ?? 0}`,
    `r${round?.round ?? 0}${round?.ended ?? ""}`,
    `c${change?.number ?? 0}${change?.state ?? ""}`,
  ].join(" ");
}

/** A docket whose pilot has an application, as every step of the procedure needs it. */
export interface Standing extends Docket {
  readonly pilot: PilotRow;
  readonly application: ApplicationRow;
  readonly latest: LatestRow;
}

/**
 * The docket for whoever acts: the supervisor's staff reach every application, others their own.
 * Refuses pilot_unknown, also for an application of somebody else, and pilot_has_no_application.
 */
export function standingFor(docket: Docket, principal: Principal): Standing | Refusal {
  const { pilot, application, latest } = docket;
  if (pilot === undefined) return refuse("pilot_unknown");
  const supervises = principal.roles.some(
    (role) => role === "supervisor_officer" || role === "supervisor_approver" || role === "system",
  );
  if (application === undefined || latest === undefined) {
    return refuse(supervises ? "pilot_has_no_application" : "pilot_unknown");
  }
  const own = application.organisation === principal.organisation;
  return supervises || own ? { ...docket, pilot, application, latest } : refuse("pilot_unknown");
}
