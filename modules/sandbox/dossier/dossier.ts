/**
 * Everything that a decision about one pilot looks at, loaded set-wise under the partition's lock:
 * the pilot with its declaration, its directives, who serves it and what they obey.
 */
import type { Loading } from "@sandbank/kernel/guard";
import type { Tx } from "@sandbank/kernel/store";
import { directivesIn, type DirectiveRow } from "../directive/directive.store.ts";
import type { IncidentRow } from "../incident/incident.store.ts";
import { obeyedIn, type ObeyedRow } from "../policy/policy.store.ts";
import { pilotsIn, type PilotRow, servedIn, type ServedRow } from "../pilot/pilot.store.ts";

export interface Dossier {
  /** Undefined for a pilot that is not on record. */
  readonly pilot: PilotRow | undefined;
  /** Oldest first, lifted ones included. */
  readonly directives: readonly DirectiveRow[];
  /** Every partition that serves any pilot. */
  readonly served: readonly ServedRow[];
  /** The latest version that each partition of this pilot acknowledged. */
  readonly obeyed: readonly ObeyedRow[];
  /** The incident that a lifting names as its cause, where it is on record. */
  readonly incident?: IncidentRow | undefined;
}

/** One dossier per question, in order, by four statements. */
export async function loadDossiers<C>(
  tx: Tx,
  partition: number,
  asked: { readonly questions: readonly Loading<C, unknown>[]; slugOf(command: C): string },
): Promise<Dossier[]> {
  const slugs = asked.questions.map((question) => asked.slugOf(question.command));
  const unique = [...new Set(slugs)];
  const [pilots, directives, served, obeyed] = await Promise.all([
    pilotsIn(tx, partition, unique),
    directivesIn(tx, partition, unique),
    servedIn(tx, partition),
    obeyedIn(tx, partition, unique),
  ]);
  return slugs.map((slug) => ({
    pilot: pilots.find((row) => row.slug === slug),
    directives: directives.filter((row) => row.pilot === slug),
    served,
    obeyed: obeyed.filter((row) => row.pilot === slug),
  }));
}

/**
 * What the proposer of a decision was shown: where the pilot stood, on which declaration, under
 * which policy and directives. A change of any of them outdates the proposal.
 */
export function shownOf({ pilot, directives }: Dossier): string {
  if (pilot === undefined) return "unknown";
  const alive = directives.filter((row) => row.status !== "lifted").map((row) => row.number);
  return `${pilot.state} d${pilot.declaration} p${pilot.policy} [${alive.join()}]`;
}
