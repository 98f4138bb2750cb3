--! breaking: no
-- Cards (never their numbers), requestors, scenes, tokens with every version of their controls,
-- authorisations and declines. Money and limits stand in the ledger. Times are business time, passed
-- in by the guard. Hot tables leave room in their pages, so that updates stay beside the row.

create schema tokens;

do $$ begin create role sandbank_tokens login;
  exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema tokens to sandbank_tokens;

create table tokens.card (
  partition int  not null,
  id        uuid not null,
  holder    text not null collate "C" check (length(holder) between 1 and 80),
  -- EMV payment account reference: the same for a card and all its tokens.
  par       text not null collate "C" check (par ~ '^[0-9A-Z]{29}$'),
  last4     text not null collate "C" check (last4 ~ '^[0-9]{4}$'),
  bin       text not null collate "C" check (bin ~ '^[0-9]{6,8}$'),
  -- The first instant at which the card is no longer valid.
  expires   timestamptz not null,
  state     text not null collate "C" check (state in ('open', 'closed')),
  at        timestamptz not null,
  primary key (partition, id)
) with (fillfactor = 60);

create table tokens.requestor (
  partition    int  not null,
  trid         text not null collate "C" check (trid ~ '^[0-9]{11}$'),
  organisation text not null collate "C",
  name_zh      text not null,
  name_en      text not null,
  at           timestamptz not null,
  primary key (partition, trid)
);

create table tokens.scene (
  partition int    not null,
  id        text   not null collate "C" check (id ~ '^[a-z][a-z0-9-]{1,39}$'),
  trid      text   not null collate "C",
  -- Empty means every one.
  merchants text[] not null,
  -- Ranges of merchant category codes such as 3000-3299; ISO 18245.
  mccs      text[] not null,
  channels  text[] not null,
  name_zh   text   not null,
  name_en   text   not null,
  at        timestamptz not null,
  primary key (partition, id)
);

create table tokens.token (
  partition int    not null,
  number    text   not null collate "C" check (number ~ '^999988[0-9]{10}$'),
  id        uuid   not null,
  card      uuid   not null,
  holder    text   not null collate "C",
  scenes    text[] not null check (cardinality(scenes) between 1 and 8),
  state     text   not null collate "C" check (state in ('live', 'deleted')),
  -- Why it is suspended, one bit each: holder 1, issuer 2, requestor 4, risk 8, sandbox 16.
  causes    int    not null check (causes between 0 and 31),
  expires   timestamptz not null,
  -- The version of its controls that is in force.
  control   int    not null check (control >= 1),
  at        timestamptz not null,
  primary key (partition, number)
) with (fillfactor = 60);
-- Not led by the partition: before there are statistics, a plan that finds rows by number could take
-- such an index and read the whole partition.
create unique index token_id on tokens.token (id, partition);
create index token_holder on tokens.token (holder, partition);

-- Only ever appended: a decision cites the version that it was made under.
create table tokens.control (
  partition      int  not null,
  token          uuid not null,
  version        int  not null check (version >= 1),
  payment_amount int8 check (payment_amount > 0),
  day_amount     int8 check (day_amount > 0),
  day_count      int8 check (day_count > 0),
  month_amount   int8 check (month_amount > 0),
  -- 168 hours from Monday 00:00, Asia/Shanghai; 1 means allowed.
  hours          text collate "C" check (hours ~ '^[01]{168}$'),
  first_day      date,
  last_day       date,
  at             timestamptz not null,
  primary key (partition, token, version),
  check (first_day <= last_day)
);

create table tokens.authorisation (
  partition int  not null,
  id        uuid not null,
  token     uuid not null,
  card      uuid not null,
  holder    text not null collate "C",
  trid      text not null collate "C",
  organisation text not null collate "C",
  scene     text not null collate "C",
  merchant  text not null collate "C",
  channel   text not null collate "C",
  reference text not null collate "C",
  amount    int8 not null check (amount > 0),
  captured  int8 not null default 0,
  refunded  int8 not null default 0,
  state     text not null collate "C"
              check (state in ('authorised', 'part_captured', 'captured', 'voided')),
  control   int  not null,
  -- Which windows of the token it counts in: day amount 1, day count 2, month amount 4.
  windows   int  not null check (windows between 0 and 7),
  at        timestamptz not null,
  expires   timestamptz not null,
  primary key (partition, id),
  check (captured between 0 and amount),
  check (refunded between 0 and captured)
) with (fillfactor = 50);

-- Why a payment was declined, whole: for the holder and the issuer, never for the requestor.
create table tokens.decline (
  partition int  not null,
  id        uuid not null,
  -- Null for a number that is no token here.
  token     uuid,
  holder    text collate "C",
  organisation text not null collate "C",
  scene     text not null collate "C",
  merchant  text not null collate "C",
  reference text not null collate "C",
  amount    int8 not null,
  code      text not null collate "C",
  failed    jsonb not null,
  at        timestamptz not null,
  primary key (partition, id)
);
create index decline_holder on tokens.decline (holder, partition, at desc) where holder is not null;

grant select on all tables in schema tokens to sandbank_tokens;
grant insert on tokens.card, tokens.requestor, tokens.scene, tokens.token, tokens.control,
  tokens.authorisation, tokens.decline to sandbank_tokens;
grant update (state, causes, control) on tokens.token to sandbank_tokens;
grant update (captured, refunded, state) on tokens.authorisation to sandbank_tokens;
