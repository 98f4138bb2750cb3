--! breaking: no
-- Numbers of notices are given once, at publication, counted within a pilot and a year in Beijing,
-- and never again: what people cite does not move when an earlier notice is entered later.

create table sandbox.notice_count (
  partition int  not null,
  pilot     text not null collate "C",
  year      int  not null,
  last      int  not null check (last >= 1),
  primary key (partition, pilot, year)
);

alter table sandbox.notice add column year int, add column number int check (number >= 1);
update sandbox.notice n set year = d.year, number = d.number
  from (select partition, id, year,
               row_number() over (partition by partition, pilot, year order by at, id) as number
          from (select partition, id, pilot, at,
                       extract(year from at at time zone 'Asia/Shanghai')::int as year
                  from sandbox.notice) dated) d
 where n.partition = d.partition and n.id = d.id;
insert into sandbox.notice_count
  select partition, pilot, year, max(number) from sandbox.notice group by 1, 2, 3;
alter table sandbox.notice alter column year set not null, alter column number set not null;
alter table sandbox.notice add unique (partition, pilot, year, number);

grant select, insert on sandbox.notice_count to sandbank_sandbox;
grant update (last) on sandbox.notice_count to sandbank_sandbox;
