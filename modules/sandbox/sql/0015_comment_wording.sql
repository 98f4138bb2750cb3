--! breaking: yes
-- What people wrote in a comment stands with all other words that can be erased; the row of the
-- comment names it, and its command commits to it (decision 13). Whoever reads author and body from
-- the comment reads them from there now. Comments that came before keep what opens their acts.

alter table sandbox.comment add column wording uuid;

insert into sandbox.wording
  (partition, id, organisation, command, field, salt, body, kept_at, claimed)
select c.partition, gen_random_uuid(), 'sandbank', c.id::text, 'comment',
       decode(replace(gen_random_uuid()::text, '-', ''), 'hex'),
       json_build_object('body', c.body, 'author', c.author)::text, c.at, true
  from sandbox.comment c;

alter table sandbox.comment disable trigger keep_what_is_done;
update sandbox.comment c set wording = w.id
  from sandbox.wording w
 where w.partition = c.partition and w.command = c.id::text and w.field = 'comment';
alter table sandbox.comment enable trigger keep_what_is_done;

alter table sandbox.comment
  alter column wording set not null,
  add foreign key (partition, wording) references sandbox.wording deferrable initially deferred,
  drop column author,
  drop column body;
