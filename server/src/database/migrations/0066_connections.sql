-- Shops on platforms (Cafe24, Shopify, WooCommerce), files: what is connected, how far bringing over has come, what was last
-- known of each object, and what webhooks asked us to look at.
create table connections (
  shop integer not null references shops,
  id integer generated always as identity,
  kind text not null check (kind in ('cafe24', 'shopify', 'woocommerce', 'files')),
  name text not null,                         -- the mall's name at the platform
  state text not null check (state in ('asked', 'connected', 'broken', 'disconnected')),
  credentials text,                           -- JSON sealed by the vault; null: disconnected
  settings text not null default '{}',        -- JSON: zone, currency, addresses
  hook_hash text not null,                    -- keyed hash of the secret in its webhook address
  hook_sealed text not null,
  asked_at bigint not null,
  connected_at bigint,
  last_ok_at bigint,
  broken_at bigint,
  error text,                                 -- code of what is wrong
  detail text,
  primary key (shop, id),
  unique (shop, kind, name)
);
create unique index connections_hook on connections (hook_hash);

create table connection_progress (
  shop integer not null,
  connection integer not null,
  resource text not null check (resource in ('products', 'members', 'orders')),
  state text not null check (state in ('waiting', 'backfill', 'following')),
  watermark bigint,                           -- everything that changed before it was brought, UTC ms
  swept_at bigint,                            -- when everything was looked at last
  run_kind text check (run_kind in ('backfill', 'look', 'sweep')),
  run_from bigint,                            -- the look under way; null from: everything
  run_to bigint,
  run_begun_at bigint,                        -- null: none under way
  cursor text,
  done integer not null default 0,            -- rows of the look under way, or of the last one
  total integer,
  refused integer not null default 0,
  refusals text,                              -- JSON: the first of them with why
  next_at bigint not null,
  tries integer not null default 0,
  error text,
  detail text,
  brought_at bigint,                          -- when the first run was complete
  leased_by text,
  leased_until bigint,
  primary key (shop, connection, resource)
);
create index connection_progress_next on connection_progress (next_at);

create table platform_records (
  shop integer not null,
  connection integer not null,
  resource text not null,
  external_id text not null,
  version integer not null default 1,         -- counts changes: names what is told of them
  state text not null check (state in ('here', 'gone')),
  hash text not null,
  at bigint,                                  -- ordered, joined; UTC ms
  updated_at bigint,                          -- as the platform says
  as_of bigint not null,                      -- asked of the platform at this time: an older answer changes nothing
  seen_at bigint not null,
  row text,                                   -- JSON without whom it is about; null: forgotten
  person text,                                -- JSON sealed: name, e-mail, phone
  primary key (shop, connection, resource, external_id)
);
create index platform_records_at on platform_records (shop, connection, resource, at);
create index platform_records_seen on platform_records (shop, connection, resource, seen_at);

create table platform_notices (
  shop integer not null,
  connection integer not null,
  delivery text not null,                     -- the platform's id of it, or the hash of body and day
  part integer not null,                      -- one webhook may be about several objects
  topic text not null,
  resource text not null,
  external_id text not null,
  is_gone boolean not null default false,
  received_at bigint not null,
  next_at bigint,                             -- null: done with
  tries integer not null default 0,
  done_at bigint,
  error text,
  primary key (shop, connection, delivery, part)
);
create index platform_notices_next on platform_notices (next_at) where next_at is not null;
create index platform_notices_done on platform_notices (done_at) where done_at is not null;
