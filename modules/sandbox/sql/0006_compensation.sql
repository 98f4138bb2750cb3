--! breaking: no
-- Compensation: the terms of a pilot's pool, claims of people harmed, and what was paid. The money is
-- in the ledger; rows here say why it moved. Terms and payouts are only ever appended.

create table sandbox.compensation_terms (
  partition int  not null,
  pilot     text not null collate "C",
  version   int  not null check (version >= 1),
  body      jsonb not null,
  at        timestamptz not null,
  primary key (partition, pilot, version),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);

-- The legal moves of a claim, a second time: modules/sandbox/compensation/claim.ts has them first,
-- and a test compares the two.
-- tidy: not partitioned, because the rule is one for the whole system.
create table sandbox.claim_transition (
  from_state text not null collate "C",
  event      text not null collate "C",
  to_state   text not null collate "C",
  primary key (from_state, event)
);
insert into sandbox.claim_transition values
  ('raised', 'admit', 'admitted'), ('raised', 'refuse', 'refused'),
  ('admitted', 'pay_part', 'admitted'), ('admitted', 'pay_rest', 'paid');

create table sandbox.claim (
  partition   int  not null,
  id          uuid not null,
  pilot       text not null collate "C",
  year        int  not null,
  nth         int  not null check (nth >= 1),
  state       text not null collate "C" check (state in ('raised', 'admitted', 'refused', 'paid')),
  institution text not null collate "C",
  complaint   uuid,
  incident    uuid,
  claimed     int8 not null check (claimed > 0),
  admitted    int8 check (admitted > 0),
  paid        int8 not null default 0 check (paid >= 0),
  raised_by   text not null collate "C",
  raised_at   timestamptz not null,
  judged_by   text collate "C",
  judged_at   timestamptz,
  paid_at     timestamptz,
  wording     uuid,
  primary key (partition, id),
  unique (partition, year, nth),
  -- One complaint, one claim.
  unique (partition, complaint),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred,
  foreign key (partition, complaint) references sandbox.complaint deferrable initially deferred,
  foreign key (partition, incident) references sandbox.incident deferrable initially deferred,
  foreign key (partition, wording) references sandbox.wording deferrable initially deferred,
  check ((complaint is null) <> (incident is null)),
  check (admitted <= claimed and paid <= admitted),
  check (paid = 0 or admitted is not null),
  check ((state in ('admitted', 'paid')) = (admitted is not null)),
  check ((state = 'raised') = (judged_at is null)),
  check ((judged_at is null) = (judged_by is null)),
  -- Nobody judges what he raised.
  check (judged_by <> raised_by),
  check ((state = 'paid') = (paid = admitted and paid_at is not null))
);
create index claim_pilot on sandbox.claim (partition, pilot, raised_at desc);

create table sandbox.payout (
  partition        int  not null,
  id               uuid not null,
  claim            uuid not null,
  amount           int8 not null check (amount > 0),
  from_pool        int8 not null check (from_pool >= 0),
  from_insurer     int8 not null check (from_insurer >= 0),
  from_institution int8 not null check (from_institution >= 0),
  at               timestamptz not null,
  paid_by          text not null collate "C",
  approved_by      text collate "C",
  primary key (partition, id),
  foreign key (partition, claim) references sandbox.claim deferrable initially deferred,
  check (amount = from_pool + from_insurer + from_institution),
  check (approved_by <> paid_by)
);
create index payout_claim on sandbox.payout (partition, claim);

create function sandbox.keep_claim_to_the_table() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'raised' or new.paid <> 0 then
      raise exception 'claim % cannot begin as %', new.id, new.state using errcode = '23514';
    end if;
    return new;
  end if;
  if not exists (select from sandbox.claim_transition t
                  where t.from_state = old.state and t.to_state = new.state) then
    raise exception 'claim % cannot go from % to %', new.id, old.state, new.state
      using errcode = '23514';
  end if;
  if new.paid < old.paid or old.admitted is not null and new.admitted <> old.admitted then
    raise exception 'claim %: what was done is not undone', new.id using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_claim_to_the_table() from public;
create trigger keep_claim_to_the_table before insert or update on sandbox.claim
  for each row execute function sandbox.keep_claim_to_the_table();

-- What a claim says is paid is the sum of its payouts, at every commit.
create function sandbox.keep_payouts_summed() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  wanted uuid;
begin
  if tg_table_name = 'payout' then wanted := new.claim; else wanted := new.id; end if;
  if (select c.paid from sandbox.claim c where c.partition = new.partition and c.id = wanted)
     <> (select coalesce(sum(p.amount), 0) from sandbox.payout p
          where p.partition = new.partition and p.claim = wanted) then
    raise exception 'claim % is not paid as its payouts say', wanted using errcode = '23514';
  end if;
  return null;
end $$;
revoke all on function sandbox.keep_payouts_summed() from public;
create constraint trigger keep_payouts_summed after insert on sandbox.payout
  deferrable initially deferred for each row execute function sandbox.keep_payouts_summed();
create constraint trigger keep_payouts_summed after update of paid on sandbox.claim
  deferrable initially deferred for each row execute function sandbox.keep_payouts_summed();

grant select, insert on sandbox.compensation_terms, sandbox.claim, sandbox.payout
  to sandbank_sandbox;
grant select on sandbox.claim_transition to sandbank_sandbox;
grant update (state, admitted, paid, judged_by, judged_at, paid_at, wording) on sandbox.claim
  to sandbank_sandbox;
