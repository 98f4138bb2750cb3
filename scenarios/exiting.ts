/**
 * How a pilot leaves: by a decision of two people of the supervisor, step by step over what is really
 * open, with an archive that was restored, to a completion by somebody who did not confirm.
 */
import { createHash } from "node:crypto";
import {
  act,
  byTwo,
  read,
  settled,
  type Stage,
  SUPERVISORS,
  tried,
  waitFor,
  type Who,
} from "./stage.ts";

/** Whose pilot leaves. */
export interface Leaver {
  readonly pilot: string;
  readonly organisation: string;
}

/** One thing that stands against a step. */
export interface OpenThing {
  readonly predicate: string;
  readonly of: string;
  readonly unit: "fen" | "count";
  readonly amount: string;
  readonly ends: string | null;
}

interface DryRun {
  readonly steps: readonly { readonly open: readonly OpenThing[] }[];
  readonly owedByCustomersFen: string;
}

/** What an exit would find open if it began now. */
export function dryRunOf(stage: Stage, { pilot }: Leaver): Promise<DryRun> {
  return read<DryRun>(stage, `/api/pilots/${pilot}/exit/dry-run`);
}

export interface ExitStep {
  readonly id: string;
  readonly until: readonly string[];
  readonly by: "operator" | "compliance" | "supervisor";
  readonly state: string;
  readonly items: { readonly kind: string } | null;
}

interface Exit {
  readonly state: string;
  readonly steps: readonly ExitStep[];
  readonly archives: readonly { readonly number: number; readonly state: string }[];
}

export function exitOf(stage: Stage, { pilot }: Leaver): Promise<Exit> {
  return read<Exit>(stage, `/api/pilots/${pilot}/exit`);
}

type Said = { readonly zh: string; readonly en: string };

/** Two of the supervisor begin the exit; it is in force once every partition obeys. */
export async function beginExit(
  stage: Stage,
  of: { readonly leaver: Leaver; readonly reason: Said; readonly notice: Said },
): Promise<void> {
  const { leaver, reason, notice } = of;
  const { pilot } = leaver;
  await byTwo(stage, {
    ...{ ...SUPERVISORS, path: `/api/pilots/${pilot}/exit`, key: `${pilot}.exit` },
    body: { reason, notice },
  });
}

/** Whose office a step is, as the name of a key. */
export function officeOf({ organisation }: Leaver, { by }: ExitStep): Who {
  return by === "supervisor" ? "supervisor officer" : `${organisation} ${by}`;
}

/** Lists every item of a kind and finishes it, each on its document. */
export async function bringItems(
  stage: Stage,
  asked: {
    readonly leaver: Leaver;
    readonly who: Who;
    readonly kind: string;
    readonly refs: readonly string[];
  },
): Promise<void> {
  const { leaver, who, kind, refs } = asked;
  const path = `/api/pilots/${leaver.pilot}/exit/items`;
  for (const ref of refs) {
    const key = `${leaver.pilot}.${kind}.${ref}`;
    await act(stage, { who, path, key: `${key}.list`, body: { event: "list", kind, ref } });
    const evidence = evidenceOf(key);
    const body = { event: "finish", kind, ref, evidence };
    await act(stage, { who, path, key: `${key}.finish`, body });
  }
}

interface Closing {
  readonly leaver: Leaver;
  readonly step: ExitStep;
  /** How many items of the step's kind there are, where it has one. */
  readonly items?: number;
}

/** What closing a step sends. */
function closing({ leaver, step, items }: Closing) {
  const { pilot } = leaver;
  const path = `/api/pilots/${pilot}/exit/steps`;
  const counted = items === undefined ? {} : { items };
  const body = { step: step.id, evidence: evidenceOf(`${pilot}/${step.id}`), ...counted };
  return { who: officeOf(leaver, step), path, body };
}

export async function closeStep(stage: Stage, asked: Closing): Promise<void> {
  const key = `${asked.leaver.pilot}.step-${asked.step.id}`;
  await act(stage, { ...closing(asked), key });
}

/** Tries to close a step while something is open; answers with the code of the "no". */
export function closeTooEarly(stage: Stage, asked: Closing): Promise<string> {
  const key = `${asked.leaver.pilot}.too-early-${asked.step.id}`;
  return tried(stage, { ...closing(asked), key });
}

/** A pilot of some hundred thousand acts is archived and restored in so long at most. */
const ARCHIVE_MINUTES = 15;

/** The archive is written and restored by a job; it counts once it is verified. */
export async function archive(stage: Stage, leaver: Leaver): Promise<void> {
  const { pilot, organisation } = leaver;
  const path = `/api/pilots/${pilot}/exit/archive`;
  await act(stage, { who: `${organisation} compliance`, path, key: `${pilot}.archive` });
  const isVerified = async () => {
    const { archives } = await exitOf(stage, leaver);
    return archives.at(-1)?.state === "verified" ? true : undefined;
  };
  await waitFor(`${pilot} is archived`, isVerified, ARCHIVE_MINUTES);
}

/** The public report of an exit. */
export interface ExitReport {
  readonly state: string;
  readonly days: number;
  readonly archive: { readonly hash: string };
}

/** Compliance confirms, another person completes; answers with the public report. */
export async function complete(stage: Stage, leaver: Leaver): Promise<ExitReport> {
  const { pilot, organisation } = leaver;
  const statement = { zh: "全部义务已了结。", en: "Every obligation is met." };
  await act(stage, {
    ...{ who: `${organisation} compliance`, path: `/api/pilots/${pilot}/exit/confirmation` },
    ...{ key: `${pilot}.confirm`, body: { statement } },
  });
  const path = `/api/pilots/${pilot}/exit/completion`;
  await act(stage, { who: "supervisor approver", path, key: `${pilot}.complete` });
  await settled(stage, pilot, "exited");
  return read<ExitReport>(stage, `/api/pilots/${pilot}/exit/report`);
}

/** SHA-256 of the document that shows it; the demonstration's documents are their own names. */
export function evidenceOf(document: string): string {
  return createHash("sha256").update(document).digest("hex");
}
