--! breaking: no
-- Refused acts of some commands between two instants, whoever they were about, newest first, before a
-- place in the order; the content as it came, or null where whom it was about was erased. Read by
-- commands, since the index of refusals leads with the command.

create function guard.refused_between(p int, wanted text[], since timestamptz, until timestamptz,
  before int8, most int)
returns table (seq int8, at timestamptz, organisation text, command text, act uuid, outcome text,
  answer text, facts text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.seq, j.at, j.organisation, j.command, j.act, j.outcome, j.answer, o.facts
    from unnest(wanted) w(command)
    cross join lateral (
      select * from guard.journal j
       where j.partition = p and j.command = w.command collate "C" and j.seq < before
         and j.outcome not in ('accepted', 'parked') and j.at >= since and j.at < until
       order by j.seq desc limit most) j
    left join guard.opening o on o.partition = p and o.seq = j.seq
   order by j.seq desc limit most
$$;

revoke all on function guard.refused_between(int, text[], timestamptz, timestamptz, int8, int)
  from public;
grant execute on function guard.refused_between(int, text[], timestamptz, timestamptz, int8, int)
  to sandbank_read;
