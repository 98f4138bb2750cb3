/** SQL of heartbeats: one row for each pilot, its latest beat. The journal keeps them all. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Tx } from "@sandbank/kernel/store";
import type { HeartbeatTerms } from "../admission/admission.contract.ts";

export interface ListeningRow {
  readonly slug: string;
  readonly heartbeat: HeartbeatTerms | null;
  /** Organisations that the terms name as operators. */
  readonly operators: readonly string[];
}

const LISTENING = statement(
  "sandbox.listening",
  `select p.slug, p.admission->'heartbeat' as heartbeat,
          array(select o->>'organisation'
                  from jsonb_array_elements(coalesce(p.admission->'operators', '[]')) o
                 where o ? 'organisation') as operators
     from sandbox.pilot p where p.partition = $1 and p.slug = any($2::text[])`,
);

/** What the terms of these pilots say of heartbeats, and who may send them. */
export function listeningIn(
  tx: Tx,
  partition: number,
  slugs: readonly string[],
): Promise<ListeningRow[]> {
  return tx.query<ListeningRow>(LISTENING, [partition, slugs]);
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
