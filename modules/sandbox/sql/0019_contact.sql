--! breaking: no
-- Where letters of the inbox go outside, and what became of each at each place. An address stands
-- with what people wrote (sandbox.wording), where it can be erased; here stands which row holds it.

create table sandbox.contact (
  partition    int  not null,
  id           uuid not null,
  kind         text not null collate "C" check (kind in ('mail', 'sms')),
  organisation text not null collate "C",
  -- Whose it is, or null for the organisation's own.
  person       text collate "C",
  -- It takes letters to one of these roles.
  roles        text[] not null check (cardinality(roles) > 0),
  lang         text not null collate "C" check (lang in ('zh', 'en')),
  wording      uuid not null,
  opened_by    text not null collate "C",
  opened_at    timestamptz not null,
  closed_at    timestamptz check (closed_at >= opened_at),
  primary key (partition, id),
  foreign key (partition, wording) references sandbox.wording deferrable initially deferred
);
create index contact_organisation on sandbox.contact (partition, organisation, opened_at);

create table sandbox.dispatch (
  partition  int  not null,
  letter     uuid not null,
  contact    uuid not null,
  state      text not null collate "C" check (state in ('waiting', 'sent', 'given_up', 'withdrawn')),
  at         timestamptz not null,
  settled_at timestamptz check (settled_at >= at),
  -- Why it was not sent, as a code of ours; never what the other side said, which may name people.
  reason     text collate "C" check (reason ~ '^[a-z]+(_[a-z]+)*$'),
  primary key (partition, letter, contact),
  foreign key (partition, letter) references sandbox.letter deferrable initially deferred,
  foreign key (partition, contact) references sandbox.contact deferrable initially deferred,
  check ((state = 'waiting') = (settled_at is null)),
  check ((state in ('given_up', 'withdrawn')) = (reason is not null))
);
create index dispatch_contact on sandbox.dispatch (partition, contact, at desc);

-- The moves of dispatch/dispatch.ts and contact/contact.ts: once, and not back.
create function sandbox.keep_posted() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (tg_table_name = 'dispatch' and to_jsonb(old) ->> 'state' <> 'waiting')
     or (tg_table_name = 'contact' and to_jsonb(old) ->> 'closed_at' is not null) then
    raise exception 'a row of % is done', tg_table_name using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_posted() from public;
create trigger keep_posted before update on sandbox.contact
  for each row execute function sandbox.keep_posted();
create trigger keep_posted before update on sandbox.dispatch
  for each row execute function sandbox.keep_posted();

create function sandbox.begin_waiting() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'a row of % begins waiting', tg_table_name using errcode = '23514';
end $$;
revoke all on function sandbox.begin_waiting() from public;
create trigger begin_waiting before insert on sandbox.dispatch
  for each row when (new.state <> 'waiting') execute function sandbox.begin_waiting();

-- A letter that is written is told of outside, whoever writes it: the job commits with the letter.
create function sandbox.post_letter() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform jobs.enqueue(new.partition, array['sandbox.post_letter'],
    array[jsonb_build_object('letter', new.id)]);
  return null;
end $$;
revoke all on function sandbox.post_letter() from public;
create trigger post_letter after insert on sandbox.letter
  for each row execute function sandbox.post_letter();

grant select, insert on sandbox.contact, sandbox.dispatch to sandbank_sandbox;
grant update (closed_at) on sandbox.contact to sandbank_sandbox;
grant update (state, settled_at, reason) on sandbox.dispatch to sandbank_sandbox;
