create table message_ids (
  shop integer not null,
  id_hash bytea not null,
  received_day integer not null,
  primary key (shop, id_hash)
) partition by hash (shop, id_hash);
do $$
begin
  for part in 0..15 loop
    execute format('create table message_ids_%s partition of message_ids for values with (modulus 16, remainder %s)', part, part);
  end loop;
end
$$;

create table log_heads (
  shop integer primary key references shops,
  head bigint not null default 0
);

create table log (
  shop integer not null,
  position bigint not null,
  day integer not null,                       -- epoch day of receipt
  kind text not null,
  name text not null,
  at bigint not null,
  received_at bigint not null,
  ids text not null,                          -- JSON, see events/happening.ts
  body text not null,                         -- JSON, canonical
  import_id text,
  primary key (shop, position, day)
) partition by range (day);
create table log_rest partition of log default;

create table lanes (
  shop integer not null references shops,
  name text not null,                         -- line, history
  position bigint not null default 0,
  processed_at bigint not null default 0,
  owner text,
  epoch bigint not null default 0,
  until bigint not null default 0,
  primary key (shop, name)
);

create table due (
  shop integer not null,
  customer bigint not null,
  at bigint not null,
  primary key (shop, customer)
);
create index due_at on due (shop, at);

-- Whom each position belongs to; the fixed unit of what history writes. block: first position of the block that holds it.
create table turns (
  shop integer not null,
  first_position bigint not null,
  last_position bigint not null,
  processed_at bigint not null,
  customers bigint[] not null,                -- one a position, canonical at that time; 0 for what belongs to nobody
  block bigint,
  primary key (shop, first_position)
);
create index turns_unblocked on turns (shop, first_position) where block is null;

create table blocks (
  shop integer not null,
  first_position bigint not null,
  last_position bigint not null,
  created_at bigint not null,
  written_at bigint,
  primary key (shop, first_position)
);
create index blocks_unwritten on blocks (shop, first_position) where written_at is null;

-- What changes about a customer or an order, for the mirrors in ClickHouse; pruned once written.
create table mirror_changes (
  shop integer not null,
  position bigint not null,
  subject text not null,                      -- customer:12, order:A-100
  body text not null,
  primary key (shop, position, subject)
);

create table line_failures (
  shop integer not null,
  id bigint generated always as identity,
  customer bigint not null,
  first_position bigint not null,
  last_position bigint not null,
  room text not null,
  error text not null,
  at bigint not null,
  resolved_at bigint,
  primary key (shop, id)
);

create table imports (
  shop integer not null,
  id text not null,                           -- hash of kind and content: the same file continues where it stopped
  kind text not null,
  file_name text not null,
  state text not null check (state in ('running', 'done')),
  done bigint not null default 0,             -- happenings accepted
  total bigint not null,
  totals text not null default '{}',
  started_at bigint not null,
  updated_at bigint not null,
  primary key (shop, id)
);
