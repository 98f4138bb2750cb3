/**
 * What findings rest on: documents on file, by their SHA-256. A hash counts where the organisation that
 * hands the finding in has filed the document, and where a report that stands in the same evaluation
 * rests on it already: an expert may judge by what the auditor filed. The database refuses a report or
 * an override whose document nobody has filed.
 */
import type { Loading } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import { attachmentsIn } from "../attachment/attachment.store.ts";
import { refuse } from "../evaluation/evaluation.refusals.ts";
import { type Graduating, loadGraduating, STEPS } from "./graduating.ts";

/** A finding's document, and where the finding names it. */
interface Cited {
  /** JSON pointer, such as `/scores/innovation/evidence`. */
  readonly field: string;
  readonly hash: string;
}

/** Every hash that a report or an override names, in its order. */
export function citedIn(body: unknown, under = ""): readonly Cited[] {
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([name, value]): readonly Cited[] => {
    const field = `${under}/${name}`;
    return name === "evidence" && typeof value === "string"
      ? [{ field, hash: value }]
      : citedIn(value, field);
  });
}

/** An evaluation, and who has filed the documents that a command names. */
export interface Resting extends Graduating {
  readonly filed: readonly { readonly hash: string; readonly organisation: string }[];
}

interface OfPilot {
  readonly pilot: string;
}

async function loadResting<C extends OfPilot>(
  tx: Tx,
  partition: number,
  questions: readonly Loading<C, unknown>[],
): Promise<Resting[]> {
  const hashes = new Set(
    questions.flatMap(({ command }) => citedIn(command)).map((one) => one.hash),
  );
  const [states, filed] = await Promise.all([
    loadGraduating(tx, partition, questions),
    attachmentsIn(tx, partition, [...hashes]),
  ]);
  return states.map((state) => ({ ...state, filed }));
}

/** As `STEPS`, for steps that hand in findings: what is filed before them is on file for them. */
export const RESTING_STEPS = {
  ...STEPS,
  keys: (command: OfPilot) => ({
    reads: [...new Set(citedIn(command).map(({ hash }) => `attachment/${hash}`))],
    writes: [`pilot/${command.pilot}`],
  }),
  load: loadResting,
} as const;

/** The first document that is not on file: evaluation_evidence_not_filed, with its field. */
export function notFiled(
  { filed, reports }: Pick<Resting, "filed" | "reports">,
  command: object,
  { organisation }: Pick<Principal, "organisation">,
): Refusal | undefined {
  const own = filed.filter((one) => one.organisation === organisation);
  const standing = reports.filter(({ state }) => state === "standing");
  const known = new Set(
    [...own, ...standing.flatMap(({ body }) => citedIn(body))].map(({ hash }) => hash),
  );
  const missing = citedIn(command).find(({ hash }) => !known.has(hash));
  if (missing === undefined) return undefined;
  const { field, hash } = missing;
  return refuse("evaluation_evidence_not_filed", { field, params: { hash } });
}
