--! breaking: no
-- A key line is what keys of one name in one organisation have in common: whoever
-- acts under a fresh key of that name is who acted under the old one, so that an act whose answer was
-- lost can be asked for again after a rotation, and nobody becomes a second person by rotating.

-- tidy: not partitioned, because it is looked up by organisation and name alone.
create table identity.key_line (
  id           uuid primary key,
  organisation text not null collate "C" references identity.organisation,
  name         text not null check (length(name) between 1 and 120),
  unique (organisation, name)
);

alter table identity.api_key add column line uuid references identity.key_line;
insert into identity.key_line (id, organisation, name)
  select distinct on (organisation, name) id, organisation, name from identity.api_key
   order by organisation, name, created, id;
update identity.api_key k set line = l.id from identity.key_line l
 where l.organisation = k.organisation and l.name = k.name;
alter table identity.api_key alter column line set not null;

grant select, insert on identity.key_line to sandbank_identity;
-- Taking the row that is there, which changes nothing, counts as an update.
grant update (name) on identity.key_line to sandbank_identity;
