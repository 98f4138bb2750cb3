--! breaking: no
-- What the ledger's bench needs besides the ledger: a row of order, as the guard has one, and the
-- plain tables of the baselines.

create schema bench;
grant usage on schema bench to sandbank_bench;

create table bench.head (partition int primary key, seq int8 not null);
insert into bench.head values (1, 0);
grant select, update on bench.head to sandbank_bench;

create table bench.account (
  partition int not null, id int not null, balance int8 not null check (balance >= 0),
  primary key (partition, id))
  with (fillfactor = 50);
create table bench.transfer (
  partition int not null, id uuid not null, debit int not null, credit int not null,
  amount int8 not null, primary key (partition, id));
insert into bench.account select 1, n, 1000000000 from generate_series(0, 10000) n;
grant select, insert, update on bench.account, bench.transfer to sandbank_bench;

create function bench.transfer(id uuid, payer int, payee int, fen int8) returns boolean
language plpgsql as $$
begin
  perform from bench.account a where a.partition = 1 and a.id in (payer, payee) order by a.id for update;
  update bench.account a set balance = balance - fen where a.partition = 1 and a.id = payer and balance >= fen;
  if not found then return false; end if;
  update bench.account a set balance = balance + fen where a.partition = 1 and a.id = payee;
  insert into bench.transfer values (1, id, payer, payee, fen);
  return true;
end $$;

-- A block with an exception handler is a savepoint: what failed inside it is undone alone.
create function bench.transfer_batch(ids uuid[], payers int[], payees int[], amounts int8[])
returns boolean[] language plpgsql as $$
declare answers boolean[] := '{}';
begin
  for n in 1 .. cardinality(ids) loop
    begin
      update bench.account a set balance = balance - amounts[n] where a.partition = 1 and a.id = payers[n];
      update bench.account a set balance = balance + amounts[n] where a.partition = 1 and a.id = payees[n];
      insert into bench.transfer values (1, ids[n], payers[n], payees[n], amounts[n]);
      answers := answers || true;
    exception when check_violation then
      answers := answers || false;
    end;
  end loop;
  return answers;
end $$;

grant execute on function bench.transfer, bench.transfer_batch to sandbank_bench;

-- The same with what our ledger does besides: the use of the payer's day limit, in the same savepoint.
create table bench.day_limit (
  partition int not null, id int not null, used int8 not null, cap int8 not null,
  check (used <= cap), primary key (partition, id))
  with (fillfactor = 50);
insert into bench.day_limit select 1, n, 0, 1000000000 from generate_series(0, 10000) n;
grant select, update on bench.day_limit to sandbank_bench;

create function bench.limited_batch(ids uuid[], payers int[], payees int[], amounts int8[])
returns boolean[] language plpgsql as $$
declare answers boolean[] := '{}';
begin
  for n in 1 .. cardinality(ids) loop
    begin
      update bench.day_limit l set used = used + amounts[n] where l.partition = 1 and l.id = payers[n];
      update bench.account a set balance = balance - amounts[n] where a.partition = 1 and a.id = payers[n];
      update bench.account a set balance = balance + amounts[n] where a.partition = 1 and a.id = payees[n];
      insert into bench.transfer values (1, ids[n], payers[n], payees[n], amounts[n]);
      answers := answers || true;
    exception when check_violation then
      answers := answers || false;
    end;
  end loop;
  return answers;
end $$;

grant execute on function bench.limited_batch to sandbank_bench;
