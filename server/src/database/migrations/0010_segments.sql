-- A segment is built for the customers up to max_customer, in order of id; those up to built_to are judged already, later
-- ones are complete by themselves: everything they did came after the definition.
alter table segments
  add column built_to bigint not null default 0,
  add column max_customer bigint not null default 0,
  add column creation_key text;
create unique index segments_creation on segments (shop, creation_key) where creation_key is not null;

-- What the line remembers of people, shared by the definitions that name the same event, filter, window and aggregate.
-- The id is the name in customer_state: a leaf that was forgotten and comes back gets a new one, so old state never counts.
create table segment_leaves (
  shop integer not null references shops,
  id bigint generated always as identity,
  key text not null,                          -- segments/leaves.ts leafOf
  position bigint not null,                   -- the line keeps it since here; what lies before comes from history
  built_to bigint not null default 0,
  max_customer bigint not null,
  complete boolean not null default false,
  primary key (shop, id),
  unique (shop, key)
);

-- People whose state must be read from history again, because it cannot be put together from what the line kept.
create table segment_repairs (
  shop integer not null,
  customer bigint not null,
  position bigint not null,                   -- history up to here; the line has kept what came after
  primary key (shop, customer)
);

create index memberships_entered on memberships (shop, segment, entered_at desc, customer desc);
