--! breaking: no
-- What the issuer's core says of cards, kept by the latest place of each kind of word; rotations of
-- the vault's keys as acts; what an erasure destroyed. Nothing here is a number or a key.

alter table tokens.card
  drop constraint card_state_check,
  add constraint card_state_check check (state in ('open', 'lost', 'closing', 'closed')),
  add column lost_seq     int8 not null default 0 check (lost_seq >= 0),
  add column replaced_seq int8 not null default 0 check (replaced_seq >= 0),
  add column closed_seq   int8 not null default 0 check (closed_seq >= 0),
  -- When a closing card is looked at next.
  add column next_at      timestamptz,
  add constraint card_closing check ((next_at is not null) = (state = 'closing')),
  add constraint card_stands_as_heard
    check (case state when 'open' then closed_seq = 0 and lost_seq <= replaced_seq
                      when 'lost' then closed_seq = 0 and lost_seq > replaced_seq
                      when 'closing' then closed_seq > 0 else true end);
create index card_next on tokens.card (next_at) where next_at is not null;

create table tokens.card_event (
  partition int  not null,
  card      uuid not null,
  seq       int8 not null check (seq >= 1),
  event     text not null collate "C" check (event ~ '^[A-Za-z0-9_.-]{1,60}$'),
  kind      text not null collate "C" check (kind in ('lost', 'replaced', 'closed')),
  effect    text not null collate "C" check (effect in ('applied', 'superseded')),
  at        timestamptz not null,
  primary key (partition, card, seq)
);

-- The tokens of one card.
create index token_card on tokens.token (card, partition);

create table tokens.key_rotation (
  partition   int  not null,
  id          uuid not null,
  kind        text not null collate "C" check (kind in ('kek', 'card', 'index')),
  kek         text collate "C" check (kek ~ '^[0-9a-f]{16}$'),
  ordered_by  text not null collate "C",
  approved_by text not null collate "C" check (approved_by <> ordered_by and approved_by <> ''),
  at          timestamptz not null,
  ended_at    timestamptz check (ended_at >= at),
  primary key (partition, id),
  check ((kind = 'kek') = (kek is not null))
);
create unique index key_rotation_under_way on tokens.key_rotation (partition, kind)
  where ended_at is null;

-- The receipt of an erasure, under the id of its act. It names nobody.
create table tokens.erasure (
  partition    int  not null,
  id           uuid not null,
  cards        int  not null check (cards >= 1),
  acts         int  not null check (acts >= 0),
  payments     int  not null check (payments >= 0),
  at           timestamptz not null,
  -- Once the vault has forgotten the cards: how many rows it destroyed.
  sealed       int  check (sealed between 0 and cards),
  claims       int  check (claims >= 0),
  destroyed_at timestamptz,
  primary key (partition, id),
  check ((sealed is null) = (destroyed_at is null)),
  check ((claims is null) = (destroyed_at is null))
);

grant select, insert on tokens.card_event, tokens.key_rotation, tokens.erasure to sandbank_tokens;
grant update (expires, lost_seq, replaced_seq, closed_seq, next_at) on tokens.card
  to sandbank_tokens;
grant update (expires) on tokens.token to sandbank_tokens;
grant update (until) on tokens.consent to sandbank_tokens;
grant update (ended_at) on tokens.key_rotation to sandbank_tokens;
grant update (sealed, claims, destroyed_at) on tokens.erasure to sandbank_tokens;
