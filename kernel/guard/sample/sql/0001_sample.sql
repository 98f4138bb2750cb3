--! breaking: no
-- The smallest module there is: jars that hold coins. For the guard's own tests and as an example.
create schema sample;
do $$ begin create role sandbank_sample; exception when duplicate_object then null; end $$;
grant usage on schema sample to sandbank_sample;

create table sample.jar (
  partition int  not null,
  id        text not null collate "C",
  coins     int8 not null,
  acts      text not null,
  primary key (partition, id)
);
grant select, insert, update, delete on sample.jar to sandbank_sample;
