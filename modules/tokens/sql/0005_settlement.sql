--! breaking: no
-- What a requestor is paid: every capture and refund by its day in Shanghai, and the days that were
-- settled with what was carried, moved and paid out. Both are only ever appended. A hold gets an id of
-- its own, since raising a payment replaces it.

create table tokens.movement (
  partition int  not null,
  trid      text not null collate "C",
  day       date not null,
  -- The act that moved it.
  id        uuid not null,
  kind      text not null collate "C" check (kind in ('capture', 'refund')),
  payment   uuid not null,
  merchant  text not null collate "C",
  scene     text not null collate "C",
  amount    int8 not null check (amount > 0),
  at        timestamptz not null,
  primary key (partition, trid, day, id)
);

create table tokens.settlement (
  partition int  not null,
  trid      text not null collate "C",
  day       date not null,
  -- Fen, from the requestor's side: what was left before, and what is left after; may be negative.
  opening   int8 not null,
  captures  int8 not null check (captures >= 0),
  captured  int8 not null check (captured >= 0),
  refunds   int8 not null check (refunds >= 0),
  refunded  int8 not null check (refunded >= 0),
  paid      int8 not null check (paid >= 0),
  closing   int8 not null,
  at        timestamptz not null,
  primary key (partition, trid, day),
  check (closing = opening + captured - refunded - paid),
  -- Whatever is owed is paid, and nothing else is.
  check (paid = greatest(0, opening + captured - refunded))
);

alter table tokens.authorisation
  add column hold uuid,
  -- Null for payments from before it was written down.
  add column mcc  text collate "C" check (mcc ~ '^[0-9]{4}$');
update tokens.authorisation set hold = id;
alter table tokens.authorisation alter column hold set not null;

grant select, insert on tokens.movement, tokens.settlement to sandbank_tokens;
grant update (amount, hold, control, windows, at) on tokens.authorisation to sandbank_tokens;
