/** Incidents over HTTP: what everybody may read, what staff read, opening one and taking a step. */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Guard } from "@sandbank/kernel/guard";
import { route, type Route } from "@sandbank/kernel/http";
import type { Store } from "@sandbank/kernel/store";
import { outcomeContract, pilotParams, taskParams } from "../contract.ts";
import { findPilot } from "../pilot/pilot.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { answerOf, isStaff } from "../task/task.ts";
import {
  type IncidentAnswer,
  incidentsContract,
  openingContract,
  type PublicIncident,
  publicIncidentsContract,
  stepContract,
} from "../incident/incident.contract.ts";
import { eventsOf } from "../incident/incident.ts";
import {
  type IncidentRow,
  readIncidents,
  readSteps,
  type StepRow,
} from "../incident/incident.store.ts";
import { stepCommand } from "./record.ts";

/** GET /api/pilots/{slug}/incidents, GET and POST /api/incidents, POST /api/incidents/{id}/steps. */
export function incidentRoutes(store: Store, guard: Guard): Route[] {
  return [published(store), listed(store), opened(guard), moved(guard)];
}

function published(store: Store): Route {
  return route({
    method: "GET",
    path: "/api/pilots/{slug}/incidents",
    summary: { zh: "公开的事件", en: "Incidents that are public" },
    auth: "none",
    params: pilotParams,
    answer: publicIncidentsContract,
    async handle({ params }) {
      const incidents = await publicIncidents(store, params.slug);
      return incidents === undefined ? refuse("pilot_unknown") : { incidents };
    },
  });
}

/** What everybody may read of a pilot's incidents; undefined for an unknown pilot. */
export async function publicIncidents(
  store: Store,
  slug: string,
): Promise<PublicIncident[] | undefined> {
  const pilot = await findPilot(store, SANDBOX_PARTITION, slug);
  if (pilot === undefined) return undefined;
  const rows = await readIncidents(store, SANDBOX_PARTITION, slug);
  return rows.flatMap(publicOf);
}

/** An incident is public once its severity is stated. */
function publicOf(row: IncidentRow): PublicIncident[] {
  const { severity, started_at: started, detected_at: detected, acts_first: first } = row;
  if (severity === null || started === null || detected === null) return [];
  const acts = first === null || row.acts_last === null ? null : row.acts_last - first + 1n;
  return [
    {
      ...{ pilot: row.pilot, number: row.number, state: row.state, category: row.category },
      ...{ severity, startedAt: toIso(started), detectedAt: toIso(detected) },
      ...{ resolvedAt: when(row.resolved_at), closedAt: when(row.closed_at) },
      ...{ affectedActs: acts === null ? null : String(acts), summary: row.summary },
    },
  ];
}

function when(at: Instant | null): string | null {
  return at === null ? null : toIso(at);
}

function listed(store: Store): Route {
  return route({
    method: "GET",
    path: "/api/incidents",
    summary: { zh: "事件与处置记录", en: "Incidents and the steps taken" },
    auth: "any",
    answer: incidentsContract,
    async handle({ principal }) {
      if (!isStaff(principal)) return refuse("staff_of_this_pilot_only");
      const rows = await readIncidents(store, SANDBOX_PARTITION);
      const ids = rows.map(({ id }) => id);
      const steps = await readSteps(store, SANDBOX_PARTITION, ids);
      return { incidents: rows.map((row) => incidentOf(row, steps)) };
    },
  });
}

function incidentOf(row: IncidentRow, steps: readonly StepRow[]): IncidentAnswer {
  const { acts_partition: partition, acts_first: first, acts_last: last } = row;
  const named = partition !== null && first !== null && last !== null;
  return {
    ...{ id: row.id, pilot: row.pilot, number: row.number, state: row.state },
    ...{ category: row.category, severity: row.severity, title: row.title },
    ...{ organisation: row.organisation, cause: row.cause, summary: row.summary },
    affected: named ? { partition, first: String(first), last: String(last) } : null,
    ...{ lossFen: String(row.loss_fen), recordsLeaked: String(row.records_leaked) },
    ...{ openedAt: toIso(row.opened_at), startedAt: when(row.started_at) },
    ...{ detectedAt: when(row.detected_at), resolvedAt: when(row.resolved_at) },
    ...{ closedAt: when(row.closed_at), next: eventsOf(row.state) },
    steps: steps
      .filter(({ incident }) => incident === row.id)
      .map(({ incident: _, at, ...step }) => ({ ...step, at: toIso(at) })),
  };
}

function opened(guard: Guard): Route {
  return route({
    method: "POST",
    path: "/api/incidents",
    summary: { zh: "登记事件", en: "Put an incident on record" },
    auth: "any",
    body: openingContract,
    answer: outcomeContract,
    status: 201,
    async handle({ body, principal, id }) {
      const command = "sandbox.open_incident";
      const call = { partition: SANDBOX_PARTITION, id, principal, command, content: body };
      return answerOf(await guard.act(call));
    },
  });
}

function moved(guard: Guard): Route {
  return route({
    method: "POST",
    path: "/api/incidents/{id}/steps",
    summary: { zh: "推进事件处置", en: "Take a step of an incident" },
    auth: "any",
    params: taskParams,
    body: stepContract,
    answer: outcomeContract,
    async handle({ params, body, principal, id }) {
      const outcome = await guard.act({
        ...{ partition: SANDBOX_PARTITION, id, principal, command: stepCommand(body.event) },
        content: { incident: params.id, step: body },
      });
      return answerOf(outcome);
    },
  });
}
