--! breaking: no
-- Fills a partition with cards, money and tokens at once, for measurements only.
create schema bench_act;

create function bench_act.seed(p int, customers int, tokens int) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into tokens.requestor (partition, trid, organisation, name_zh, name_en, domains, at, state)
    values (p, '99900000001', 'shop', '店', 'shop', '{}', '2020-01-01Z', 'applied');
  update tokens.requestor set state = 'active' where partition = p;
  insert into tokens.scene
      (partition, id, trid, merchants, mccs, channels, name_zh, name_en, cryptogram, at, state)
    values (p, 'shop', '99900000001', '{}', '{}', '{}', '店', 'shop', false, '2020-01-01Z', 'open');
  insert into tokens.card
    select p, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'c' || n,
           rpad('SBX0', 29, '0'), '0000', '999900', '2090-01-01Z', 'open', '2020-01-01Z'
      from generate_series(0, customers - 1) n;
  insert into tokens.token
    select p, bench_act.number_of(n), ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid,
           ('00000000-0000-7000-8000-' || lpad((n % customers)::text, 12, '0'))::uuid,
           'c' || (n % customers), '{shop}', 'live', 0, '2090-01-01Z', 1, '2020-01-01Z',
           'on_file', 'institution'
      from generate_series(0, tokens - 1) n;
  insert into tokens.control (partition, token, version, by, holder_terms, issuer_terms, at)
    select p, ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, 1, 'holder',
           '{"dayAmount":"100000000","monthAmount":"1000000000","paymentAmount":"500000"}', '{}',
           '2020-01-01Z'
      from generate_series(0, tokens - 1) n;
  insert into ledger.account (partition, id, key, book, debits, credits, pending_debits,
      pending_credits, closed)
    select p, 1000000000 + n, 'card/00000000-0000-7000-8000-' || lpad(n::text, 12, '0'),
           'money:CNY', 0, 1000000000000, 0, 0, false
      from generate_series(0, customers - 1) n;
end $$;

-- Any sixteen digits of the range do: nobody computes a check digit of a token that is looked up.
create function bench_act.number_of(n int) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select '99998800' || lpad(n::text, 8, '0')
$$;
