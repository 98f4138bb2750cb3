--! breaking: no
-- One log per partition: leaves that are only ever appended, and the head that says how many there
-- are. Acting roles append through a fence; only the publishing role reads leaves and signs.

create schema evidence;
grant usage on schema evidence to sandbank_act, sandbank_read;
do $$ begin create role sandbank_publisher login;
  exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema evidence to sandbank_publisher;

create table evidence.head (
  partition int   primary key,
  origin    text  not null,
  size      int8  not null,
  root      bytea not null,
  frontier  bytea not null
) with (fillfactor = 50);

create table evidence.leaf (
  partition int  not null,
  idx       int8 not null,
  body      text not null,
  primary key (partition, idx)
);

create table evidence.checkpoint (
  partition int  not null,
  size      int8 not null,
  root      bytea not null,
  note      text not null,
  witnessed boolean not null,
  at        timestamptz not null,
  primary key (partition, size)
);

-- Who publishes a log now, until when. Machine time: a lease is no business.
create table evidence.publisher (
  partition int  primary key,
  holder    uuid not null,
  ends      timestamptz not null
);

create function evidence.open_log(p int, name text) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  insert into evidence.head values (p, name, 0, sha256(''), '') on conflict do nothing
$$;

create function evidence.head_of(p int)
returns table (origin text, size int8, root bytea, frontier bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select h.origin, h.size, h.root, h.frontier from evidence.head h where h.partition = p
$$;

create function evidence.append(p int, from_size int8, bodies text[], new_size int8, new_root bytea,
  new_frontier bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  insert into evidence.leaf
    select p, from_size + t.n - 1, t.body from unnest(bodies) with ordinality t(body, n);
  update evidence.head h set size = new_size, root = new_root, frontier = new_frontier
   where h.partition = p and h.size = from_size;
  if not found then
    raise exception 'the log of partition % is not at %', p, from_size using errcode = '40001';
  end if;
end $$;

create function evidence.logs() returns table (partition int, origin text, size int8, root bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select h.partition, h.origin, h.size, h.root from evidence.head h order by 1
$$;

create function evidence.leaves(p int, first int8, most int) returns table (idx int8, body text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.idx, l.body from evidence.leaf l
   where l.partition = p and l.idx >= first order by l.idx limit most
$$;

-- Takes or renews the lease on a log; false while another publisher holds it.
create function evidence.lease(p int, me uuid, machine timestamptz, until timestamptz)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into evidence.publisher as l values (p, me, until)
    on conflict (partition) do update set holder = me, ends = until
     where l.holder = me or l.ends <= machine;
  return found;
end $$;

create function evidence.put_checkpoint(p int, n int8, r bytea, signed text, seen boolean,
  machine timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into evidence.checkpoint values (p, n, r, signed, seen, machine)
    on conflict (partition, size) do update
      set note = excluded.note, witnessed = excluded.witnessed, at = excluded.at
$$;

create function evidence.latest_checkpoint(p int, wanted boolean)
returns table (size int8, root bytea, note text, witnessed boolean, at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.size, c.root, c.note, c.witnessed, c.at from evidence.checkpoint c
   where c.partition = p and (wanted is null or c.witnessed = wanted)
   order by c.size desc limit 1
$$;

revoke all on all functions in schema evidence from public;
grant execute on function evidence.head_of(int),
  evidence.append(int, int8, text[], int8, bytea, bytea) to sandbank_act;
grant execute on function evidence.logs(), evidence.leaves(int, int8, int),
  evidence.latest_checkpoint(int, boolean) to sandbank_read, sandbank_publisher;
grant execute on function evidence.lease(int, uuid, timestamptz, timestamptz),
  evidence.put_checkpoint(int, int8, bytea, text, boolean, timestamptz) to sandbank_publisher;
