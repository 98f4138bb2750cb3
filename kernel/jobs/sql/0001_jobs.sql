--! breaking: no
-- Work to be done soon after a commit, at least once. The row is the job: enqueued within the
-- transaction that asks for it, leased while it runs, deleted when it is done, parked after its last
-- failure. Times are the machine's: business time has no jobs, only state rows with next_at.

create schema jobs;

do $$ begin create role sandbank_jobs login; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role sandbank_act nologin; exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema jobs to sandbank_jobs, sandbank_act;

create table jobs.outbox (
  partition  int  not null,
  id         int8 not null generated always as identity,
  task       text not null collate "C" check (task ~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$' and length(task) <= 80),
  payload    jsonb not null,
  created    timestamptz not null,
  attempts   int not null default 0,
  -- The machine time of the next try; a fresh job has none and goes first.
  run_at     timestamptz not null default '-infinity',
  -- Who runs it, and until when we believe that they live.
  lease      uuid,
  lease_ends timestamptz,
  last_error text,
  parked_at  timestamptz,
  primary key (partition, id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create index outbox_due on jobs.outbox (run_at, id) where parked_at is null;

-- The guard's only door.
create function jobs.enqueue(p int, tasks text[], payloads jsonb[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  if cardinality(tasks) <> cardinality(payloads) then
    raise exception 'as many payloads as tasks are needed' using errcode = '22023';
  end if;
  insert into jobs.outbox (partition, task, payload, created)
  select p, t.task, t.payload, clock_timestamp() -- tidy: machine time, because jobs have no other
    from unnest(tasks, payloads) with ordinality as t (task, payload, at) order by t.at;
end $$;
revoke all on function jobs.enqueue(int, text[], jsonb[]) from public;
grant execute on function jobs.enqueue(int, text[], jsonb[]) to sandbank_act;

grant select, delete on jobs.outbox to sandbank_jobs;
grant update (attempts, run_at, lease, lease_ends, last_error, parked_at) on jobs.outbox
  to sandbank_jobs;
