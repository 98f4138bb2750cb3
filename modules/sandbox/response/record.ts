/**
 * The commands of incidents: opening one, and taking a step. All are SERVICE: what goes wrong is put
 * on record whatever else is closed.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { type Change, change, type Command, type Decision } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { write } from "../inbox/inbox.ts";
import type { LetterKind } from "../inbox/inbox.contract.ts";
import { pilotsIn } from "../pilot/pilot.store.ts";
import { refuse as refuseOfPilot } from "../refusals.ts";
import {
  type Opening,
  openingContract,
  type Step,
  stepContract,
} from "../incident/incident.contract.ts";
import { INCIDENT_EVENTS, type IncidentEvent, take } from "../incident/incident.ts";
import {
  enterIncident,
  incidentNumbersIn,
  incidentsIn,
  type IncidentRow,
  noteStep,
} from "../incident/incident.store.ts";

const STAFF = [
  ...["supervisor_officer", "supervisor_approver", "institution_operator"],
  ...["institution_approver", "compliance_officer", "system"],
] as Command["may"];

interface Place {
  readonly pilot: boolean;
  /** Number of the latest incident, 0 before the first. */
  readonly latest: number;
}

/** `sandbox.open_incident`. Refuses with pilot_unknown. */
export const openIncident: Command<Opening, Place> = {
  name: "sandbox.open_incident",
  class: "SERVICE",
  contract: openingContract,
  may: STAFF,
  keys: ({ pilot }) => ({ reads: [`pilot/${pilot}`], writes: [`incidents/${pilot}`] }),
  async load(tx, partition, questions) {
    const slugs = questions.map(({ command }) => command.pilot);
    const [pilots, numbers] = await Promise.all([
      pilotsIn(tx, partition, slugs),
      incidentNumbersIn(tx, partition, slugs),
    ]);
    return slugs.map((slug) => ({
      pilot: pilots.some((row) => row.slug === slug),
      latest: numbers.find((row) => row.pilot === slug)?.number ?? 0,
    }));
  },
  decide({ state, command, principal, now, id }): Decision | ReturnType<typeof refuseOfPilot> {
    if (!state.pilot) return refuseOfPilot("pilot_unknown");
    const { organisation } = principal;
    const { pilot, category, title } = command;
    const number = state.latest + 1;
    const opened = { id, pilot, number, category, title, organisation, opened_at: toIso(now) };
    const step = { id, incident: id, event: "open", at: toIso(now), organisation, note: null };
    return {
      entries: [],
      changes: [
        change(enterIncident, opened),
        change(noteStep, step),
        write({ ...{ id, pilot, title, organisation, now }, kind: "incident_opened", about: id }),
      ],
      answer: { incident: id, number },
    };
  },
};

/** The steps that somebody must be told of. */
const TOLD: Partial<Record<IncidentEvent, LetterKind>> = {
  resolve: "incident_resolved",
  reopen: "incident_reopened",
  close: "incident_closed",
};

function letterOf(
  { id: about, pilot, title, organisation }: IncidentRow,
  act: { readonly kind: LetterKind; readonly id: string; readonly now: Instant },
): Change {
  return write({ ...act, about, pilot, title, organisation });
}

const taking = z.strictObject({ incident: z.uuid(), step: stepContract });
type Taking = Readonly<{ incident: string; step: Step }>;

/** One command for each step: `sandbox.classify_incident` and so on. Refuses as `take` does. */
export const incidentSteps: readonly Command[] = INCIDENT_EVENTS.map(
  (event): Command<Taking, IncidentRow | undefined> => ({
    name: stepCommand(event),
    class: "SERVICE",
    contract: taking.refine(({ step }) => step.event === event, { path: ["step", "event"] }),
    may: STAFF,
    keys: ({ incident }) => ({ reads: [], writes: [`incident/${incident}`] }),
    async load(tx, partition, questions) {
      const ids = questions.map(({ command }) => command.incident);
      const rows = await incidentsIn(tx, partition, ids);
      return ids.map((id) => rows.find((row) => row.id === id));
    },
    decide({ state, command: { step }, principal, now, id }) {
      const changes = take({ incident: state, step, principal, now, act: id });
      if (isRefusal(changes)) return changes;
      const kind = TOLD[event];
      const letters = state && kind ? [letterOf(state, { kind, id, now })] : [];
      const answer = { incident: state?.id ?? "", event };
      return { entries: [], changes: [...changes, ...letters], answer };
    },
  }),
);

/** The command that takes a step. */
export function stepCommand(event: IncidentEvent): string {
  return `sandbox.${event}_incident`;
}
