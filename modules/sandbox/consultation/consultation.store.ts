/** SQL of rounds of consultation. One is open at a time; while it is, `next_at` says till when. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { RoundEnd } from "./consultation.ts";

export interface RoundRow {
  readonly pilot: string;
  readonly round: number;
  /** The version that the public was asked about, and the last that still is what it was asked. */
  readonly version: number;
  readonly covers: number;
  readonly opened_at: Instant;
  readonly closes_at: Instant;
  readonly closed_at: Instant | null;
  readonly ended: RoundEnd;
  /** Comments of the round: all, those that nobody has judged, those admitted without an answer. */
  readonly comments: number;
  readonly waiting: number;
  readonly unanswered: number;
}

const ROUNDS = statement(
  "sandbox.rounds",
  `select c.pilot, c.round, c.version, c.covers, c.opened_at, c.closes_at, c.closed_at, c.ended,
          count(o.id)::int as comments,
          (count(*) filter (where o.state = 'waiting'))::int as waiting,
          (count(*) filter (where o.state = 'admitted' and o.answer is null))::int as unanswered
     from sandbox.consultation c left join sandbox.comment o on o.partition = c.partition
      and o.pilot = c.pilot and o.round = c.round
    where c.partition = $1 and c.pilot = any($2::text[])
    group by c.partition, c.pilot, c.round order by c.pilot, c.round`,
);

export function roundsIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<RoundRow[]> {
  return tx.query<RoundRow>(ROUNDS, [partition, pilots]);
}

/** Oldest first. */
export function readRounds(store: Store, partition: number, pilot: string): Promise<RoundRow[]> {
  return store.query<RoundRow>(ROUNDS, [partition, [pilot]]);
}

const NEXT = statement(
  "sandbox.next_closing",
  `select min(next_at) as at from sandbox.consultation
    where partition = $1 and next_at <= $2::timestamptz`,
);
const DUE = statement(
  "sandbox.rounds_due",
  `select pilot, round from sandbox.consultation
    where partition = $1 and next_at <= $2::timestamptz order by next_at, pilot limit 1000`,
);

/** When the next round closes, if not after `until`. */
export async function nextClosing(
  store: Store,
  partition: number,
  until: string,
): Promise<Instant | undefined> {
  const [row] = await store.query<{ at: Instant | null }>(NEXT, [partition, until]);
  return row?.at ?? undefined;
}

/** Rounds that are due to close at `now`. */
export function readDue(
  store: Store,
  partition: number,
  now: string,
): Promise<{ readonly pilot: string; readonly round: number }[]> {
  return store.query(DUE, [partition, now]);
}

export const openRound: Effect<{
  readonly pilot: string;
  readonly round: number;
  readonly version: number;
  readonly opened_at: string;
  readonly closes_at: string;
}> = {
  statement: statement(
    "sandbox.open_round",
    `insert into sandbox.consultation
       (partition, pilot, round, version, covers, opened_at, closes_at, next_at)
     select $1, u.pilot, u.round, u.version, u.version, u.opened_at, u.closes_at, u.closes_at
       from unnest($2::text[], $3::int[], $4::int[], $5::timestamptz[], $6::timestamptz[])
              u(pilot, round, version, opened_at, closes_at)`,
  ),
  columns: ["pilot", "round", "version", "opened_at", "closes_at"],
};

export const closeRound: Effect<{
  readonly pilot: string;
  readonly round: number;
  readonly closed_at: string;
  readonly ended: RoundEnd;
}> = {
  statement: statement(
    "sandbox.close_round",
    `update sandbox.consultation c set next_at = null, closed_at = u.closed_at, ended = u.ended
       from unnest($2::text[], $3::int[], $4::timestamptz[], $5::text[])
              u(pilot, round, closed_at, ended)
      where c.partition = $1 and c.pilot = u.pilot and c.round = u.round`,
  ),
  columns: ["pilot", "round", "closed_at", "ended"],
};

/** An editorial amendment: what the public was asked still is what stands there. */
export const coverVersion: Effect<{
  readonly pilot: string;
  readonly round: number;
  readonly covers: number;
}> = {
  statement: statement(
    "sandbox.cover_version",
    `update sandbox.consultation c set covers = u.covers
       from unnest($2::text[], $3::int[], $4::int[]) u(pilot, round, covers)
      where c.partition = $1 and c.pilot = u.pilot and c.round = u.round`,
  ),
  columns: ["pilot", "round", "covers"],
};
