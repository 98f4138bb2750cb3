/** SQL of trips, and of the pilots that are watched. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { HeartbeatTerms, Trigger } from "../admission/admission.contract.ts";

export interface TripRow {
  readonly directive: string;
  readonly pilot: string;
  readonly trigger: string;
  readonly number: number;
  /** True while the directive that it caused is not lifted. */
  readonly binds: boolean;
}

const TRIPS = statement(
  "sandbox.trips",
  `select t.directive::text as directive, t.pilot, t.trigger, t.number, d.status <> 'lifted' as binds
     from sandbox.trip t
     join sandbox.directive d on d.partition = t.partition and d.id = t.directive
    where t.partition = $1 and t.pilot = any($2::text[]) order by t.pilot, t.trigger, t.number`,
);

/** The trips of these pilots, by trigger, oldest first. */
export function tripsIn(tx: Tx, partition: number, pilots: readonly string[]): Promise<TripRow[]> {
  return tx.query<TripRow>(TRIPS, [partition, pilots]);
}

/** The same outside a transaction. */
export function readTrips(
  store: Store,
  partition: number,
  pilots: readonly string[],
): Promise<TripRow[]> {
  return store.query<TripRow>(TRIPS, [partition, pilots]);
}

/** A trigger trips. */
export const addTrip: Effect<{
  readonly directive: string;
  readonly pilot: string;
  readonly trigger: string;
  readonly number: number;
  readonly measured: string;
  readonly clause: string;
  readonly at: string;
}> = {
  statement: statement(
    "sandbox.add_trip",
    `insert into sandbox.trip (partition, directive, pilot, trigger, number, measured, clause, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[],
       $8::timestamptz[])`,
  ),
  columns: ["directive", "pilot", "trigger", "number", "measured", "clause", "at"],
};

/** A pilot that is watched, with what its terms say of it and when it was last heard. */
export interface WatchedRow {
  readonly slug: string;
  readonly heartbeat: HeartbeatTerms | null;
  readonly triggers: readonly Trigger[] | null;
  /** Machine time of the last beat; null before the first. */
  readonly machine_at: Instant | null;
}

const WATCHED = statement(
  "sandbox.watched",
  `select p.slug, p.admission->'heartbeat' as heartbeat, p.admission->'triggers' as triggers,
          h.machine_at
     from sandbox.pilot p
     left join sandbox.heartbeat h on h.partition = p.partition and h.pilot = p.slug
    where p.partition = $1 and p.state = any($2::text[]) order by p.slug limit 1000`,
);

/** The pilots in one of these states. */
export function readWatched(
  store: Store,
  partition: number,
  states: readonly string[],
): Promise<WatchedRow[]> {
  return store.query<WatchedRow>(WATCHED, [partition, states]);
}
