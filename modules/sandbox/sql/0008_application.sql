--! breaking: no
-- A pilot's way from a draft to its test: who drafted and signed which version, the rounds of public
-- consultation with their comments and answers, decisions with their reasons, registration numbers,
-- changes asked for while the test runs, and attachments. Whoever writes, a pilot with an
-- application moves only if what the move stands on is there.

create table sandbox.application (
  partition    int  not null,
  pilot        text not null collate "C",
  organisation text not null collate "C",
  at           timestamptz not null,
  -- First publication: until then nobody outside may know of it.
  published_at timestamptz,
  primary key (partition, pilot),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);

-- Who put a version on file, and who signed it. A version that nobody signed binds nobody.
create table sandbox.filing (
  partition    int  not null,
  pilot        text not null collate "C",
  version      int  not null,
  drafted_by   text not null collate "C",
  -- What it weighs against the version that the pilot stood on.
  weights      jsonb not null,
  signed_by    text collate "C",
  key          text collate "C",
  signature    text collate "C",
  signed_at    timestamptz,
  published_at timestamptz,
  primary key (partition, pilot, version),
  foreign key (partition, pilot, version) references sandbox.declaration_version
    deferrable initially deferred,
  check (signed_by <> drafted_by),
  check ((signed_by is null) = (signature is null) and (signed_by is null) = (key is null)
     and (signed_by is null) = (signed_at is null)),
  check (published_at is null or signature is not null)
);

-- Keys with which institutions sign declarations (Ed25519). A key that ended signs nothing more.
create table sandbox.signing_key (
  partition    int  not null,
  id           text not null check (id ~ '^[0-9a-f]{64}$'),
  organisation text not null collate "C",
  public_key   text not null,
  enrolled_by  text not null collate "C",
  at           timestamptz not null,
  ended_at     timestamptz check (ended_at >= at),
  primary key (partition, id)
);

-- A round of consultation. `covers` is the last version that still is what the public was asked
-- about: editorial amendments move it, a material one begins another round. While the round is open
-- `next_at` is the instant at which the clock closes it.
create table sandbox.consultation (
  partition int  not null,
  pilot     text not null collate "C",
  round     int  not null check (round >= 1),
  version   int  not null,
  covers    int  not null,
  opened_at timestamptz not null,
  closes_at timestamptz not null,
  next_at   timestamptz,
  closed_at timestamptz,
  ended     text not null default '' check (ended in ('', 'clock', 'refused', 'withdrawn')),
  primary key (partition, pilot, round),
  foreign key (partition, pilot, version) references sandbox.declaration_version
    deferrable initially deferred,
  check (opened_at < closes_at and covers >= version),
  check ((ended = '') = (closed_at is null) and (closed_at is null) = (next_at is not null)),
  check (next_at = closes_at),
  check (ended <> 'clock' or closed_at >= closes_at)
);
create unique index consultation_open on sandbox.consultation (partition, pilot)
  where next_at is not null;
create index consultation_due on sandbox.consultation (partition, next_at) where next_at is not null;

create table sandbox.answer (
  partition   int  not null,
  id          uuid not null,
  pilot       text not null collate "C",
  text        jsonb not null,
  -- True if the declaration is amended because of it.
  changes     boolean not null,
  answered_by text not null collate "C",
  at          timestamptz not null,
  primary key (partition, id),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);

-- What somebody of the public said. The receipt is kept as its hash alone.
create table sandbox.comment (
  partition    int  not null,
  id           uuid not null,
  pilot        text not null collate "C",
  round        int  not null,
  number       int  not null check (number >= 1),
  clause       text collate "C",
  author       text,
  body         text not null check (length(body) between 1 and 4000),
  at           timestamptz not null,
  receipt      text not null check (receipt ~ '^[0-9a-f]{64}$'),
  state        text not null collate "C" default 'waiting'
                 check (state in ('waiting', 'admitted', 'set_aside', 'duplicate')),
  reason       jsonb,
  original     uuid,
  moderated_by text collate "C",
  moderated_at timestamptz,
  answer       uuid,
  primary key (partition, id),
  unique (partition, pilot, round, number),
  unique (partition, receipt),
  foreign key (partition, pilot, round) references sandbox.consultation
    deferrable initially deferred,
  foreign key (partition, original) references sandbox.comment deferrable initially deferred,
  foreign key (partition, answer) references sandbox.answer deferrable initially deferred,
  check ((state = 'set_aside') = (reason is not null)),
  check ((state = 'duplicate') = (original is not null) and original <> id),
  check ((state = 'waiting') = (moderated_by is null)),
  check (answer is null or state = 'admitted')
);

-- A decision of the supervisor that carries reasons: a return, a refusal, a change not accepted.
create table sandbox.ruling (
  partition int  not null,
  id        uuid not null,
  pilot     text not null collate "C",
  version   int  not null,
  kind      text not null collate "C" check (kind in ('returned', 'refused', 'change_refused')),
  reasons   jsonb not null,
  at        timestamptz not null,
  primary key (partition, id),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);

-- A number is issued once, to one pilot, and never again.
create table sandbox.registration (
  partition int  not null,
  pilot     text not null collate "C",
  uscc      text not null collate "C" check (length(uscc) = 18),
  year      int  not null,
  seq       int  not null check (seq between 1 and 9999),
  version   int  not null,
  at        timestamptz not null,
  -- The instant from which on the test may no longer start.
  start_by  timestamptz not null check (start_by > at),
  primary key (partition, pilot),
  unique (partition, uscc, year, seq),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);

-- A change of the declaration asked for while the test runs.
create table sandbox.change_request (
  partition    int  not null,
  id           uuid not null,
  pilot        text not null collate "C",
  number       int  not null check (number >= 1),
  version      int  not null,
  -- The round of consultation of a material change; an editorial one has none.
  round        int,
  state        text not null collate "C"
                 check (state in ('requested', 'adopted', 'refused', 'withdrawn')),
  requested_at timestamptz not null,
  settled_at   timestamptz check (settled_at >= requested_at),
  primary key (partition, id),
  unique (partition, pilot, number),
  foreign key (partition, pilot, version) references sandbox.declaration_version
    deferrable initially deferred,
  check ((state = 'requested') = (settled_at is null))
);
create unique index change_request_open on sandbox.change_request (partition, pilot)
  where settled_at is null;

create table sandbox.attachment_bytes (
  partition int   not null,
  hash      text  not null check (hash ~ '^[0-9a-f]{64}$'),
  bytes     bytea not null check (length(bytes) between 1 and 10485760),
  primary key (partition, hash),
  check (hash = encode(sha256(bytes), 'hex'))
);

create table sandbox.attachment (
  partition    int  not null,
  hash         text not null,
  organisation text not null collate "C",
  name         text not null check (length(name) between 1 and 120),
  type         text not null collate "C"
                 check (type in ('application/pdf', 'image/png', 'image/jpeg', 'text/plain')),
  bytes        int  not null,
  at           timestamptz not null,
  primary key (partition, hash, organisation),
  foreign key (partition, hash) references sandbox.attachment_bytes deferrable initially deferred
);

-- Where every pilot has been, written by the database itself.
create table sandbox.passage (
  partition  int  not null,
  pilot      text not null collate "C",
  step       int  not null check (step >= 1),
  from_state text collate "C",
  to_state   text not null collate "C",
  version    int  not null,
  at         timestamptz not null,
  primary key (partition, pilot, step)
);

create function sandbox.write_passage() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  came_from text;
begin
  if tg_op = 'UPDATE' then
    if old.state = new.state then return new; end if;
    came_from := old.state;
  end if;
  insert into sandbox.passage
    select new.partition, new.slug, count(*) + 1, came_from, new.state, new.declaration, new.since
      from sandbox.passage p where p.partition = new.partition and p.pilot = new.slug;
  return new;
end $$;
revoke all on function sandbox.write_passage() from public;
create trigger write_passage after insert or update of state on sandbox.pilot
  for each row execute function sandbox.write_passage();

-- What each move of a pilot with an application stands on, asked at the commit, when everything
-- that the act wrote is there. modules/sandbox/procedure asks the same before.
create function sandbox.keep_to_the_procedure() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  p sandbox.pilot;
  filed sandbox.filing;
  round sandbox.consultation;
  registered sandbox.registration;
  lacks text;
begin
  if not exists (select from sandbox.application a
                  where a.partition = new.partition and a.pilot = new.slug) then
    return null;
  end if;
  select * into p from sandbox.pilot t where t.partition = new.partition and t.slug = new.slug;
  select * into filed from sandbox.filing f
   where f.partition = p.partition and f.pilot = p.slug and f.version = p.declaration;
  select * into round from sandbox.consultation c
   where c.partition = p.partition and c.pilot = p.slug order by c.round desc limit 1;
  select * into registered from sandbox.registration r
   where r.partition = p.partition and r.pilot = p.slug;
  lacks := case
    when p.state in ('submitted', 'review', 'consultation', 'answering', 'registered')
         and filed.signature is null
      then 'a signed declaration'
    when p.state = 'consultation' and (round.next_at is null or filed.published_at is null
         or round.covers is distinct from p.declaration)
      then 'an open consultation on this version'
    when p.state = 'answering' and (round.next_at is not null
         or round.covers is distinct from p.declaration)
      then 'a consultation on this version that the clock has closed'
    when p.state = 'registered' and (registered.version is distinct from p.declaration
         or round.covers is distinct from p.declaration or round.ended <> 'clock')
      then 'a number for the version that was consulted on'
    when p.state = 'registered' and exists (select from sandbox.comment c
         where c.partition = p.partition and c.pilot = p.slug
           and (c.state = 'waiting' or (c.state = 'admitted' and c.answer is null)))
      then 'an answer to every admissible comment'
    when p.state = 'refused' and not exists (select from sandbox.ruling r
         where r.partition = p.partition and r.pilot = p.slug and r.kind = 'refused')
      then 'the reasons of the refusal'
    when old.state = 'ready' and p.state = 'testing' and p.since >= registered.start_by
      then 'a registration that is not too old'
    when p.state in ('testing', 'restricted', 'suspended') and p.declaration <> old.declaration
         and not exists (select from sandbox.change_request r where r.partition = p.partition
           and r.pilot = p.slug and r.version = p.declaration and r.state = 'adopted')
      then 'an adopted change'
  end;
  if lacks is not null then
    raise exception 'pilot % cannot become %: it lacks %', new.slug, new.state, lacks
      using errcode = '23514';
  end if;
  return null;
end $$;
revoke all on function sandbox.keep_to_the_procedure() from public;
create constraint trigger keep_to_the_procedure after update of state, declaration on sandbox.pilot
  deferrable initially deferred for each row execute function sandbox.keep_to_the_procedure();

-- The version that a pilot with an application stands on changes only where it may: while it is a
-- draft, while comments are being answered, and while it is tested.
create function sandbox.keep_the_version() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.declaration <> old.declaration
     and old.state not in ('draft', 'answering', 'testing', 'restricted', 'suspended')
     and exists (select from sandbox.application a
                  where a.partition = new.partition and a.pilot = new.slug) then
    raise exception 'pilot % is %: its declaration stands', new.slug, old.state
      using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_the_version() from public;
create trigger keep_the_version before update of declaration on sandbox.pilot
  for each row execute function sandbox.keep_the_version();

-- A comment is judged once and answered once; a signature, a closed round and a settled change stay.
create function sandbox.keep_what_is_done() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (tg_table_name = 'comment' and to_jsonb(old) ->> 'moderated_by' is not null
        and (to_jsonb(new) - 'answer' is distinct from to_jsonb(old) - 'answer'
             or to_jsonb(old) ->> 'answer' is not null))
     or (tg_table_name = 'filing' and to_jsonb(old) ->> 'signature' is not null
        and to_jsonb(new) - 'published_at' is distinct from to_jsonb(old) - 'published_at')
     or (tg_table_name = 'consultation' and to_jsonb(old) ->> 'closed_at' is not null
        and to_jsonb(new) - 'covers' is distinct from to_jsonb(old) - 'covers')
     or (tg_table_name = 'change_request' and to_jsonb(old) ->> 'settled_at' is not null)
     or (tg_table_name = 'signing_key' and to_jsonb(old) ->> 'ended_at' is not null) then
    raise exception 'a row of % is done', tg_table_name using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_what_is_done() from public;
create trigger keep_what_is_done before update on sandbox.comment
  for each row execute function sandbox.keep_what_is_done();
create trigger keep_what_is_done before update on sandbox.filing
  for each row execute function sandbox.keep_what_is_done();
create trigger keep_what_is_done before update on sandbox.consultation
  for each row execute function sandbox.keep_what_is_done();
create trigger keep_what_is_done before update on sandbox.change_request
  for each row execute function sandbox.keep_what_is_done();
create trigger keep_what_is_done before update on sandbox.signing_key
  for each row execute function sandbox.keep_what_is_done();

-- The closed set of kinds is the code's (notice/notice.ts); each part of the procedure adds its own.
alter table sandbox.notice drop constraint notice_kind_check;
alter table sandbox.notice add constraint notice_kind_check check (kind ~ '^[a-z]+(_[a-z]+)*$');

grant select on sandbox.application, sandbox.filing, sandbox.signing_key, sandbox.consultation,
  sandbox.answer, sandbox.comment, sandbox.ruling, sandbox.registration, sandbox.change_request,
  sandbox.attachment_bytes, sandbox.attachment, sandbox.passage to sandbank_sandbox;
grant insert on sandbox.application, sandbox.filing, sandbox.signing_key, sandbox.consultation,
  sandbox.answer, sandbox.comment, sandbox.ruling, sandbox.registration, sandbox.change_request,
  sandbox.attachment_bytes, sandbox.attachment to sandbank_sandbox;
grant update (published_at) on sandbox.application to sandbank_sandbox;
grant update (signed_by, key, signature, signed_at, published_at) on sandbox.filing
  to sandbank_sandbox;
grant update (ended_at) on sandbox.signing_key to sandbank_sandbox;
grant update (covers, next_at, closed_at, ended) on sandbox.consultation to sandbank_sandbox;
grant update (state, reason, original, moderated_by, moderated_at, answer) on sandbox.comment
  to sandbank_sandbox;
grant update (state, settled_at) on sandbox.change_request to sandbank_sandbox;
