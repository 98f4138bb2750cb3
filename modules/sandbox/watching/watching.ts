/**
 * What every decision of a watch period looks at: the pilot with its open obligations, its watch with
 * what was checked, found and ruled, loaded set-wise under the lock.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Change, type Loading } from "@sandbank/kernel/guard";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal, Text } from "@sandbank/kernel/words";
import { isRefusal } from "@sandbank/kernel/words";
import { type Dossier, loadDossiers } from "../dossier/dossier.ts";
import { write } from "../inbox/inbox.ts";
import type { PilotRow } from "../pilot/pilot.store.ts";
import { refuse as refuseOfPilot } from "../refusals.ts";
import { moveWatch, noteFinding } from "../watch/effects.store.ts";
import { after, WATCH_TABLE, type WatchEvent, type WatchState } from "../watch/watch.ts";
import { refuse } from "../watch/watch.refusals.ts";
import {
  type CheckRow,
  type ConditionRow,
  type FindingRow,
  type RulingRow,
  watchesIn,
  type WatchRow,
} from "../watch/watch.store.ts";

/** What belongs to the watch of one pilot. */
export interface Watched {
  readonly watch: WatchRow | undefined;
  readonly checks: readonly CheckRow[];
  readonly findings: readonly FindingRow[];
  readonly rulings: readonly RulingRow[];
  readonly conditions: readonly ConditionRow[];
}

export interface Watching extends Watched {
  readonly dossier: Dossier;
}

interface OfPilot {
  readonly pilot: string;
}

/** The watches of these questions, in order. */
export async function loadWatched<C extends OfPilot>(
  tx: Tx,
  partition: number,
  questions: readonly Loading<C, unknown>[],
): Promise<Watched[]> {
  const pilots = [...new Set(questions.map(({ command }) => command.pilot))];
  const rows = await watchesIn(tx, partition, pilots);
  return questions.map(({ command: { pilot } }) => {
    const ours = (row: OfPilot) => row.pilot === pilot;
    return {
      watch: rows.watches.find(ours),
      ...{ checks: rows.checks.filter(ours), findings: rows.findings.filter(ours) },
      ...{ rulings: rows.rulings.filter(ours), conditions: rows.conditions.filter(ours) },
    };
  });
}

/** One state per question, in order. */
export async function loadWatching<C extends OfPilot>(
  tx: Tx,
  partition: number,
  questions: readonly Loading<C, unknown>[],
): Promise<Watching[]> {
  const [dossiers, watched] = await Promise.all([
    loadDossiers(tx, partition, { questions, slugOf: ({ pilot }) => pilot }),
    loadWatched(tx, partition, questions),
  ]);
  return watched.map((one, at) => ({ ...one, dossier: dossiers[at] as Dossier }));
}

/** What the steps of a watch have alike: the clock's own, and the rulings of two people. */
export const STEPS = {
  class: "SERVICE",
  keys: ({ pilot }: OfPilot) => ({ reads: [], writes: [`pilot/${pilot}`] }),
} as const;

/** A watched pilot whose watch knows an event, and where the event leads. */
export interface Standing {
  readonly pilot: PilotRow;
  readonly watch: WatchRow;
  readonly to: WatchState;
}

/** Refuses, in this order: pilot_unknown, watch_unknown, the watch's own code. */
export function standingFor(
  { dossier, watch }: Pick<Watching, "dossier" | "watch">,
  event: WatchEvent,
): Standing | Refusal {
  if (dossier.pilot === undefined) return refuseOfPilot("pilot_unknown");
  if (watch === undefined) return refuse("watch_unknown");
  const to = after(WATCH_TABLE, watch.state, event);
  return isRefusal(to) ? to : { pilot: dossier.pilot, watch, to };
}

/** The change that moves a watch; what is not named stays as it is. */
export function moving(
  watch: WatchRow,
  to: WatchState,
  more: Partial<
    Pick<WatchRow, "ends_at" | "checked_to" | "next_at" | "machine_to" | "ended_at">
  > = {},
): Change {
  const next = { ...watch, ...more };
  const when = (at: Instant | null) => (at === null ? null : toIso(at));
  return change(moveWatch, {
    ...{ pilot: watch.pilot, state: to, ends_at: toIso(next.ends_at) },
    ...{ checked_to: toIso(next.checked_to), next_at: when(next.next_at) },
    ...{ machine_to: toIso(next.machine_to), ended_at: when(next.ended_at) },
  });
}

/** Something that two people have to rule on. */
export interface Found {
  /** Id of the act, which is that of the finding and of the supervisor's letter. */
  readonly id: string;
  /** Id of the institution's letter, drawn before the lock. */
  readonly letter: string;
  readonly kind: FindingRow["kind"];
  readonly check: number | null;
  readonly silentSince: string | null;
  /** The condition that was missed, where that is what was found. */
  readonly condition?: { readonly ruling: number; readonly number: number };
  /** In words: what was found. */
  readonly text: Text;
  readonly now: Instant;
}

/** The rows and letters of a finding: the supervisor has to rule, the institution is told. */
export function finding(state: Watching, { watch }: Standing, found: Found): readonly Change[] {
  const { id, letter, kind, check, silentSince, condition, text: title, now } = found;
  const { pilot, organisation } = watch;
  const number = state.findings.length + 1;
  const told = { organisation, pilot, about: id, title, now };
  return [
    change(noteFinding, {
      ...{ id, pilot, number, kind, check_number: check, silent_since: silentSince },
      ...{ of_ruling: condition?.ruling ?? null, of_condition: condition?.number ?? null },
      at: toIso(now),
    }),
    write({ ...told, id, kind: "watch_finding" }),
    write({ ...told, id: letter, kind: "watch_missed" }),
  ];
}
