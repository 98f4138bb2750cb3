/** SQL of the outbox. Every statement is set-wise; a job is only ever touched by its lease. */
import { type Instant, toIso } from "../clock/index.ts";
import { type Migrations, type RoleDeclaration, type Store } from "../store/index.ts";
import { statement } from "../store/index.ts";
import type { Json } from "./json.ts";

/** The role that the runner logs in as. */
export const jobsRole: RoleDeclaration = { role: "sandbank_jobs" };

export const jobsMigrations: Migrations = {
  schema: "jobs",
  folder: new URL("./sql/", import.meta.url),
};

/** Jobs of some tasks that nobody runs: the tasks and how many at most, by the numbers of their values. */
const due = (tasks: string, most: string) =>
  `select partition, id from jobs.outbox
      where parked_at is null and task = any (${tasks}::text[])
        and ($1 or run_at <= $2::timestamptz)
        and (lease_ends is null or lease_ends <= $2::timestamptz)
      order by run_at, id limit ${most} for update skip locked`;
const LEASE = statement(
  "jobs.lease",
  `with urgent as (${due("$5", "$6")}), usual as (${due("$7", "$8")}),
     due as (select * from urgent union all select * from usual)
   update jobs.outbox o
      set attempts = o.attempts + 1, lease = $3::uuid, lease_ends = $4::timestamptz
     from due where o.partition = due.partition and o.id = due.id
   returning o.partition, o.id, o.task, o.payload, o.attempts`,
);
const RENEW = statement(
  "jobs.renew",
  `update jobs.outbox o set lease_ends = $4::timestamptz
     from unnest($1::int[], $2::int8[]) as j (partition, id)
    where o.partition = j.partition and o.id = j.id and o.lease = $3::uuid`,
);
const FINISH = statement(
  "jobs.finish",
  `delete from jobs.outbox o using unnest($1::int[], $2::int8[]) as j (partition, id)
    where o.partition = j.partition and o.id = j.id and o.lease = $3::uuid`,
);
const FAIL = statement(
  "jobs.fail",
  `update jobs.outbox set lease = null, lease_ends = null, last_error = $4,
          run_at = $5::timestamptz, parked_at = $6::timestamptz
    where partition = $1 and id = $2 and lease = $3::uuid`,
);
const HAND_BACK = statement(
  "jobs.hand_back",
  `update jobs.outbox set lease = null, lease_ends = null, attempts = greatest(0, attempts - 1)
    where lease = $1::uuid`,
);
const PARKED = statement(
  "jobs.parked",
  `select partition, id, task, attempts, last_error, created, parked_at from jobs.outbox
    where parked_at is not null order by parked_at desc limit $1`,
);
const RELEASE = statement(
  "jobs.release",
  `update jobs.outbox set parked_at = null, attempts = 0, run_at = '-infinity'
    where partition = $1 and id = $2 and parked_at is not null returning id`,
);
const WAITING = statement(
  "jobs.waiting",
  `select task, count(*)::int as jobs, min(created) as oldest from jobs.outbox
    where parked_at is null group by task order by task`,
);

export interface LeasedRow {
  readonly partition: number;
  readonly id: bigint;
  readonly task: string;
  readonly payload: Json;
  readonly attempts: number;
}

export interface ParkedJob {
  readonly partition: number;
  readonly id: bigint;
  readonly task: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly created: Instant;
  readonly parked_at: Instant;
}

export interface WaitingTask {
  readonly task: string;
  readonly jobs: number;
  readonly oldest: Instant;
}

/** Jobs to be taken: of these tasks, so many at most. */
export interface Lot {
  readonly tasks: readonly string[];
  readonly most: number;
}

/**
 * Takes jobs that nobody runs, the oldest of each lot first. With `early`, also those that wait for a
 * next try.
 */
export async function leaseJobs(
  store: Store,
  asked: {
    readonly urgent: Lot;
    readonly usual: Lot;
    readonly early: boolean;
    readonly lease: string;
    readonly now: Instant;
    readonly ends: Instant;
  },
): Promise<LeasedRow[]> {
  const { early, lease, now, ends, urgent, usual } = asked;
  const lots = [urgent, usual].flatMap(({ tasks, most }) => [[...tasks], most]);
  return store.query<LeasedRow>(LEASE, [early, toIso(now), lease, toIso(ends), ...lots]);
}

type Leased = readonly { readonly partition: number; readonly id: bigint }[];

function columns(jobs: Leased): [number[], string[]] {
  return [jobs.map((job) => job.partition), jobs.map((job) => String(job.id))];
}

export async function renewLeases(
  store: Store,
  jobs: Leased,
  held: { readonly lease: string; readonly ends: Instant },
): Promise<void> {
  await store.query(RENEW, [...columns(jobs), held.lease, toIso(held.ends)]);
}

export async function finishJobs(store: Store, jobs: Leased, lease: string): Promise<void> {
  await store.query(FINISH, [...columns(jobs), lease]);
}

export async function failJob(
  store: Store,
  failed: {
    readonly partition: number;
    readonly id: bigint;
    readonly lease: string;
    readonly error: string;
    readonly runAt: Instant;
    readonly parkedAt?: Instant;
  },
): Promise<void> {
  const { partition, id, lease, error } = failed;
  const parked = failed.parkedAt === undefined ? null : toIso(failed.parkedAt);
  const times = [toIso(failed.runAt), parked];
  await store.query(FAIL, [partition, String(id), lease, error, ...times]);
}

/** Gives back what a stopping runner still holds, without counting the try. */
export async function handBack(store: Store, lease: string): Promise<void> {
  await store.query(HAND_BACK, [lease]);
}

export async function parkedJobs(store: Store, most: number): Promise<ParkedJob[]> {
  return store.query<ParkedJob>(PARKED, [most]);
}

export async function releaseJob(
  store: Store,
  which: { readonly partition: number; readonly id: bigint },
): Promise<boolean> {
  const values = [which.partition, String(which.id)];
  return (await store.query(RELEASE, values)).length === 1;
}

export async function waitingTasks(store: Store): Promise<WaitingTask[]> {
  return store.query<WaitingTask>(WAITING);
}
