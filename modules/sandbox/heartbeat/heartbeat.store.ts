/** SQL of heartbeats: one row for each pilot, its latest beat. The journal keeps them all. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { HeartbeatTerms } from "../admission/admission.contract.ts";

export interface ListeningRow {
  readonly slug: string;
  readonly heartbeat: HeartbeatTerms | null;
  /** Organisations that the terms name as operators. */
  readonly operators: readonly string[];
  /** True for a pilot that has a number and no terms yet: its monitoring may be connected. */
  readonly connecting: boolean;
  /** The organisation that applied for it, where one did. */
  readonly applicant: string | null;
}

const LISTENING = statement(
  "sandbox.listening",
  `select p.slug, p.admission->'heartbeat' as heartbeat,
          array(select o->>'organisation'
                  from jsonb_array_elements(coalesce(p.admission->'operators', '[]')) o
                 where o ? 'organisation') as operators,
          p.state = 'registered' as connecting, a.organisation as applicant
     from sandbox.pilot p
     left join sandbox.application a on a.partition = p.partition and a.pilot = p.slug
    where p.partition = $1 and p.slug = any($2::text[])`,
);

/** What the terms of these pilots say of heartbeats, and who may send them. */
export function listeningIn(
  tx: Tx,
  partition: number,
  slugs: readonly string[],
): Promise<ListeningRow[]> {
  return tx.query<ListeningRow>(LISTENING, [partition, slugs]);
}

const BEAT = statement(
  "sandbox.latest_beat",
  "select machine_at from sandbox.heartbeat where partition = $1 and pilot = $2",
);

/** Machine time of a pilot's last beat; undefined before the first. */
export async function findBeat(
  store: Store,
  partition: number,
  pilot: string,
): Promise<Instant | undefined> {
  const [row] = await store.query<{ machine_at: Instant }>(BEAT, [partition, pilot]);
  return row?.machine_at;
}

/** A beat is heard. */
export const hear: Effect<{
  readonly pilot: string;
  readonly organisation: string;
  readonly at: string;
  readonly machine_at: string;
}> = {
  statement: statement(
    "sandbox.hear",
    `insert into sandbox.heartbeat as h (partition, pilot, organisation, beats, at, machine_at)
     select $1, u.pilot, u.organisation, 1, u.at, u.machine_at
       from unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[])
              u(pilot, organisation, at, machine_at)
     on conflict (partition, pilot) do update
        set organisation = excluded.organisation, beats = h.beats + 1, at = excluded.at,
            machine_at = greatest(h.machine_at, excluded.machine_at)`,
  ),
  columns: ["pilot", "organisation", "at", "machine_at"],
};
