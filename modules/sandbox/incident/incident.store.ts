/** SQL of incidents and of the steps that were taken; steps are appended, never changed. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { Category, IncidentState } from "./incident.contract.ts";

export interface IncidentRow {
  readonly id: string;
  readonly pilot: string;
  readonly number: number;
  readonly state: IncidentState;
  readonly category: Category;
  readonly severity: number | null;
  readonly title: Text;
  readonly organisation: string;
  readonly cause: Text | null;
  readonly summary: Text | null;
  readonly acts_partition: number | null;
  readonly acts_first: bigint | null;
  readonly acts_last: bigint | null;
  readonly loss_fen: bigint;
  readonly records_leaked: bigint;
  readonly opened_at: Instant;
  readonly started_at: Instant | null;
  readonly detected_at: Instant | null;
  readonly resolved_at: Instant | null;
  readonly closed_at: Instant | null;
}

const COLUMNS = `id::text as id, pilot, number, state, category, severity, title, organisation,
  cause, summary, acts_partition, acts_first, acts_last, loss_fen, records_leaked, opened_at,
  started_at, detected_at, resolved_at, closed_at`;

const BY_ID = statement(
  "sandbox.incidents_by_id",
  `select ${COLUMNS} from sandbox.incident where partition = $1 and id = any($2::uuid[])`,
);
const LATEST = statement(
  "sandbox.incident_numbers",
  `select pilot, max(number) as number from sandbox.incident
    where partition = $1 and pilot = any($2::text[]) group by pilot`,
);
const OF_PILOTS = statement(
  "sandbox.incidents_of_pilots",
  `select ${COLUMNS} from sandbox.incident
    where partition = $1 and ($2::text is null or pilot = $2)
    order by opened_at desc, id desc limit 500`,
);
const STEPS = statement(
  "sandbox.incident_steps",
  `select incident::text as incident, event, at, organisation, note from sandbox.incident_step
    where partition = $1 and incident = any($2::uuid[]) order by at, id limit 5000`,
);

/** The incidents with these ids. */
export function incidentsIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<IncidentRow[]> {
  return tx.query<IncidentRow>(BY_ID, [partition, ids]);
}

/** The number that the latest incident of each pilot has. */
export function incidentNumbersIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<{ readonly pilot: string; readonly number: number }[]> {
  return tx.query(LATEST, [partition, pilots]);
}

/** Incidents of a pilot or, without one, of all; latest first, at most 500. */
export function readIncidents(
  store: Store,
  partition: number,
  pilot?: string,
): Promise<IncidentRow[]> {
  return store.query<IncidentRow>(OF_PILOTS, [partition, pilot ?? null]);
}

export async function findIncident(
  store: Store,
  partition: number,
  id: string,
): Promise<IncidentRow | undefined> {
  const [found] = await store.query<IncidentRow>(BY_ID, [partition, [id]]);
  return found;
}

export interface StepRow {
  readonly incident: string;
  readonly event: string;
  readonly at: Instant;
  readonly organisation: string;
  readonly note: Text | null;
}

/** The steps of these incidents, oldest first. */
export function readSteps(
  store: Store,
  partition: number,
  incidents: readonly string[],
): Promise<StepRow[]> {
  return store.query<StepRow>(STEPS, [partition, incidents]);
}

/** An incident is opened. */
export const enterIncident: Effect<{
  readonly id: string;
  readonly pilot: string;
  readonly number: number;
  readonly category: Category;
  readonly title: Text;
  readonly organisation: string;
  readonly opened_at: string;
}> = {
  statement: statement(
    "sandbox.enter_incident",
    `insert into sandbox.incident (partition, id, pilot, number, category, title, organisation,
       opened_at, state)
     select $1, u.*, 'opened' from unnest($2::uuid[], $3::text[], $4::int[], $5::text[],
       $6::jsonb[], $7::text[], $8::timestamptz[]) u`,
  ),
  columns: ["id", "pilot", "number", "category", "title", "organisation", "opened_at"],
};

const MOVED = [
  ...(["id", "state", "category", "severity", "cause", "summary", "acts_partition"] as const),
  ...(["acts_first", "acts_last", "loss_fen", "records_leaked", "started_at"] as const),
  ...(["detected_at", "resolved_at", "closed_at"] as const),
] as const;

/** An incident moves on, with what was found. */
export const moveIncident: Effect<Readonly<Record<(typeof MOVED)[number], unknown>>> = {
  statement: statement(
    "sandbox.move_incident",
    `update sandbox.incident i
        set state = u.state, category = u.category, severity = u.severity, cause = u.cause,
            summary = u.summary, acts_partition = u.acts_partition, acts_first = u.acts_first,
            acts_last = u.acts_last, loss_fen = u.loss_fen, records_leaked = u.records_leaked,
            started_at = u.started_at, detected_at = u.detected_at, resolved_at = u.resolved_at,
            closed_at = u.closed_at
       from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::jsonb[], $7::jsonb[],
              $8::int[], $9::int8[], $10::int8[], $11::int8[], $12::int8[], $13::timestamptz[],
              $14::timestamptz[], $15::timestamptz[], $16::timestamptz[])
              u(${MOVED.join(", ")})
      where i.partition = $1 and i.id = u.id`,
  ),
  columns: MOVED,
};

/** A step is put down. */
export const noteStep: Effect<{
  readonly id: string;
  readonly incident: string;
  readonly event: string;
  readonly at: string;
  readonly organisation: string;
  readonly note: Text | null;
}> = {
  statement: statement(
    "sandbox.note_incident_step",
    `insert into sandbox.incident_step (partition, id, incident, event, at, organisation, note)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[],
       $7::jsonb[])`,
  ),
  columns: ["id", "incident", "event", "at", "organisation", "note"],
};
