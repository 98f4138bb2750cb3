--! breaking: no
-- What was done about one customer, for that customer to read: accepted acts of some commands, newest
-- first, before a place in the order, with the content as it came. It walks the customer's own
-- openings, so an act that was erased is not among them.

create function guard.accepted_page(p int, about text, wanted text[], before int8, most int)
returns table (seq int8, at timestamptz, organisation text, principal text, command text, act uuid,
  facts text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.seq, j.at, j.organisation, j.principal, j.command, j.act, o.facts
    from guard.opening o join guard.journal j on j.partition = p and j.seq = o.seq
   where o.partition = p and o.subject = about collate "C" and o.seq < before
     and j.command = any (wanted) and j.outcome = 'accepted'
   order by o.seq desc limit most
$$;

revoke all on function guard.accepted_page(int, text, text[], int8, int) from public;
grant execute on function guard.accepted_page(int, text, text[], int8, int) to sandbank_read;
