-- Every change of a segment, who made it and what it made of the segment.
create table segment_versions (
  shop integer not null references shops,
  segment bigint not null,
  number integer not null,                    -- 1, 2, 3 ... of the segment; segments.version counts definitions only
  at bigint not null,
  actor text not null,                        -- member:12, key:3 or system
  act text not null check (act in ('created', 'changed', 'restored', 'duplicated', 'undeleted')),
  name text not null,
  description text not null,
  definition text not null,                   -- JSON, segments/definition.ts
  primary key (shop, segment, number)
);
insert into segment_versions (shop, segment, number, at, actor, act, name, description, definition)
select shop, id, 1, updated_at, 'system', 'created', name, description, definition from segments where archived_at is null;

-- How many people entered and left a segment on each local day of the shop. Members at the end of a day are the sum of
-- all days up to it: it is kept in the transactions that change memberships, so the sum is always their count.
create table segment_sizes (
  shop integer not null references shops,
  segment bigint not null,
  day integer not null,                       -- days since 1970-01-01 by the shop's clocks
  entered bigint not null,
  gone bigint not null,
  primary key (shop, segment, day)
);
insert into segment_sizes (shop, segment, day, entered, gone)
select shop, segment, entered_at / 86400000, count(*), 0 from memberships group by shop, segment, entered_at / 86400000;

-- People put together by hand or by a file. Who is on a list follows merges when it is read.
create table lists (
  shop integer not null references shops,
  id bigint generated always as identity,
  name text not null,
  created_at bigint not null,
  updated_at bigint not null,
  archived_at bigint,
  primary key (shop, id)
);
create table list_members (
  shop integer not null,
  list bigint not null,
  customer bigint not null,
  added_at bigint not null,
  primary key (shop, list, customer)
);
create index list_members_customer on list_members (shop, customer);
