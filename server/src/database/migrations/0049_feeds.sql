-- Product feeds (docs/decisions/0032-catalogue.md): files a shop makes for Google or Naver, fetched by their address or brought by hand.
create table feeds (
  shop integer not null references shops,
  id integer generated always as identity,
  name text not null,
  url text,                                   -- null: brought by hand
  every_minutes integer not null,             -- 0: only when asked
  mapping text not null default '{}',         -- JSON: field of a product -> column of the file; what is not there is found by name
  missing_runs integer not null default 3,    -- a product that stayed away so often is no longer for sale
  is_on boolean not null default true,
  next_at bigint,                             -- null: not planned
  leased_by text,
  leased_until bigint,
  run integer not null default 0,
  etag text,
  modified text,                              -- Last-Modified as it came
  hash text,                                  -- SHA-256 of the file that was taken last
  products integer not null default 0,        -- in it
  confirmed_hash text,                        -- a short file that somebody said is right
  made_at bigint not null,
  primary key (shop, id)
);
create index feeds_next on feeds (next_at) where next_at is not null;

create table feed_runs (
  shop integer not null,
  feed integer not null,
  run integer not null,
  state text not null check (state in ('running', 'done', 'unchanged', 'waiting', 'failed')),
  begun_at bigint not null,
  ended_at bigint,
  hash text,
  lines integer not null default 0,           -- products in the file
  told integer not null default 0,            -- new or changed
  refused integer not null default 0,
  gone integer not null default 0,            -- no longer for sale
  problem text,                               -- code of what went wrong, and what it says in detail
  detail text,
  refusals text,                              -- JSON of the first 1,000
  primary key (shop, feed, run),
  foreign key (shop, feed) references feeds on delete cascade
);

-- What a feed said last, as a hash: what did not change is not told again.
create table feed_items (
  shop integer not null,
  feed integer not null,
  id text not null,
  hash text not null,
  missed integer not null default 0,
  is_gone boolean not null default false,
  primary key (shop, feed, id),
  foreign key (shop, feed) references feeds on delete cascade
);
