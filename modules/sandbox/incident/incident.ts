/**
 * The life of an incident: one total table, so that every event has an answer in every state. The
 * database holds the legal moves a second time and refuses all others.
 *
 *   opened ──detect──▶ detected ──classify──▶ classified ──mitigate──▶ mitigated
 *     │                   │                    ▲   │ ⟲ classify            │
 *     └────dismiss────────┤                    │   └──resolve──▶ resolved ◀┘ resolve
 *                         ▼                    └──────reopen────────┤
 *                     dismissed                                     └──close──▶ closed
 *
 * Whoever noticed it opens it; that it happened, since when, how grave it is and why are later
 * findings. It is closed by the supervisor, with a summary for everybody.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { fromIso, toIso } from "@sandbank/kernel/clock";
import { type Change, change } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { type Table, row as tableRow } from "../table/table.ts";
import type { IncidentState, Step } from "./incident.contract.ts";
import { type IncidentRefusal, refuse } from "./incident.refusals.ts";
import { type IncidentRow, moveIncident, noteStep } from "./incident.store.ts";

export const INCIDENT_STATES = [
  "opened",
  "detected",
  "classified",
  "mitigated",
  "resolved",
  "closed",
  "dismissed",
] as const satisfies readonly IncidentState[];

export const INCIDENT_EVENTS = [
  "detect",
  "classify",
  "mitigate",
  "resolve",
  "close",
  "reopen",
  "dismiss",
] as const satisfies readonly Step["event"][];
export type IncidentEvent = (typeof INCIDENT_EVENTS)[number];

const row = (refusal: IncidentRefusal, legal: Partial<Record<IncidentEvent, IncidentState>>) =>
  tableRow(INCIDENT_EVENTS, refusal, legal);

/** The whole life of an incident. */
export const INCIDENT_TABLE: Table<IncidentState, IncidentEvent, IncidentRefusal> = {
  opened: row("incident_is_opened", { detect: "detected", dismiss: "dismissed" }),
  detected: row("incident_is_detected", { classify: "classified", dismiss: "dismissed" }),
  classified: row("incident_is_classified", {
    classify: "classified",
    mitigate: "mitigated",
    resolve: "resolved",
  }),
  mitigated: row("incident_is_mitigated", { resolve: "resolved" }),
  resolved: row("incident_is_resolved", { close: "closed", reopen: "classified" }),
  closed: row("incident_is_closed", {}),
  dismissed: row("incident_was_dismissed", {}),
};

/** The state after an event, or the refusal of the state that does not know it. */
export function after(from: IncidentState, event: IncidentEvent): IncidentState | Refusal {
  const next = INCIDENT_TABLE[from][event];
  return "to" in next ? next.to : refuse(next.refusal);
}

/** The events that a state knows. */
export function eventsOf(state: IncidentState): IncidentEvent[] {
  return INCIDENT_EVENTS.filter((event) => "to" in INCIDENT_TABLE[state][event]);
}

const SUPERVISOR: Principal["roles"] = ["supervisor_officer", "supervisor_approver"];

function isSupervisor({ roles }: Principal): boolean {
  return roles.some((role) => SUPERVISOR.includes(role));
}

/** What is asked of an incident: who takes which step, when, in which act. */
export interface Taken {
  readonly incident: IncidentRow | undefined;
  readonly step: Step;
  readonly principal: Principal;
  readonly now: Instant;
  readonly act: string;
}

/**
 * The changes of a step. Refuses, in this order: incident_unknown, incident_of_another_organisation,
 * incident_closed_by_supervisor_only, the state's own code, incident_starts_in_the_future,
 * affected_acts_out_of_order.
 */
export function take(taken: Taken): readonly Change[] | Refusal {
  const { incident, step, principal, now, act } = taken;
  if (incident === undefined) return refuse("incident_unknown");
  const ours = incident.organisation === principal.organisation || isSupervisor(principal);
  if (!ours) return refuse("incident_of_another_organisation");
  if (step.event === "close" && !isSupervisor(principal)) {
    return refuse("incident_closed_by_supervisor_only");
  }
  const to = after(incident.state, step.event);
  if (isRefusal(to)) return to;
  const found = findings(incident, step, now);
  if (isRefusal(found)) return found;
  const { organisation } = principal;
  const note = "note" in step && step.note !== undefined ? step.note : null;
  return [
    change(moveIncident, { ...rowOf(incident), ...found, state: to }),
    change(noteStep, {
      ...{ id: act, incident: incident.id, event: step.event, at: toIso(now), organisation, note },
    }),
  ];
}

type Moved = Parameters<(typeof moveIncident)["columns"]["indexOf"]>[0];
type Row = Record<Moved, unknown>;

/** The row as it stands, in the form in which it is written. */
function rowOf(incident: IncidentRow) {
  const when = (at: Instant | null) => (at === null ? null : toIso(at));
  return {
    ...{ id: incident.id, state: incident.state, category: incident.category },
    ...{ severity: incident.severity, cause: incident.cause, summary: incident.summary },
    acts_partition: incident.acts_partition,
    ...{ acts_first: incident.acts_first, acts_last: incident.acts_last },
    ...{ loss_fen: incident.loss_fen, records_leaked: incident.records_leaked },
    ...{ started_at: when(incident.started_at), detected_at: when(incident.detected_at) },
    ...{ resolved_at: when(incident.resolved_at), closed_at: when(incident.closed_at) },
  };
}

/** What the step adds to what is known. */
function findings(incident: IncidentRow, step: Step, now: Instant): Partial<Row> | Refusal {
  switch (step.event) {
    case "detect": {
      if (fromIso(step.startedAt) > now) return refuse("incident_starts_in_the_future");
      return { started_at: step.startedAt, detected_at: toIso(now) };
    }
    case "classify": {
      const { affected, severity, category } = step;
      if (affected !== null && BigInt(affected.first) > BigInt(affected.last)) {
        return refuse("affected_acts_out_of_order");
      }
      return {
        ...{ severity, category, acts_partition: affected?.partition ?? null },
        acts_first: affected === null ? null : BigInt(affected.first),
        acts_last: affected === null ? null : BigInt(affected.last),
        ...{ loss_fen: BigInt(step.lossFen), records_leaked: BigInt(step.recordsLeaked) },
      };
    }
    case "resolve":
      return { cause: step.cause, resolved_at: toIso(now) };
    case "close":
      return { summary: step.summary, closed_at: toIso(now) };
    case "reopen":
      return { resolved_at: null };
    case "mitigate":
    case "dismiss":
      return {};
  }
}
