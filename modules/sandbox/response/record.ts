/**
 * The commands of incidents: opening one, and taking a step. All are SERVICE: what goes wrong is put
 * on record whatever else is closed.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Decision } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
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
      changes: [change(enterIncident, opened), change(noteStep, step)],
      answer: { incident: id, number },
    };
  },
};

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
      return { entries: [], changes, answer: { incident: state?.id ?? "", event } };
    },
  }),
);

/** The command that takes a step. */
export function stepCommand(event: IncidentEvent): string {
  return `sandbox.${event}_incident`;
}
