--! breaking: no
-- What is still outstanding in a partition, for whoever ends a pilot: sums in the database, since a
-- stock may stand on an account for each customer.

-- Position and pending of all accounts whose keys begin with `prefix`, and how many have any.
create function ledger.outstanding(p int, prefix text)
returns table (accounts int8, used int8, held int8)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where a.debits <> a.credits or a.pending_debits <> 0
                             or a.pending_credits <> 0),
         coalesce(sum(a.debits - a.credits), 0)::int8, coalesce(sum(a.pending_debits), 0)::int8
    from ledger.account a
   where a.partition = p and a.key >= prefix collate "C"
     and a.key < (prefix || chr(1114111)) collate "C"
$$;

-- Holds that are neither captured whole, released nor expired, and when the last of them ends.
create function ledger.open_holds(p int)
returns table (holds int8, amount int8, last timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*), coalesce(sum(h.amount - h.captured), 0)::int8, max(h.expires)
    from ledger.hold h where h.partition = p and h.state = 'open'
$$;

revoke all on function ledger.outstanding(int, text), ledger.open_holds(int) from public;
grant execute on function ledger.outstanding(int, text), ledger.open_holds(int) to sandbank_read;
