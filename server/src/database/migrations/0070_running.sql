-- Backups that were made or are being made, for whoever looks; the files know what is in them.
create table backups (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('nightly', 'asked', 'upgrade')),
  state text not null check (state in ('asked', 'running', 'done', 'failed')),
  started_at bigint not null,
  seen_at bigint not null,                    -- when its writer was last heard
  finished_at bigint,
  folder text not null,
  files integer not null default 0,
  rows bigint not null default 0,
  bytes bigint not null default 0,
  problem text                                -- a code, or an engine's sentence
);

-- What is wrong with a shop's installation now, and who has been told: once, again after a day, and when it is over.
create table troubles (
  shop integer not null references shops,
  check_name text not null,
  since bigint not null,
  is_over boolean not null default false,
  rounds integer not null default 0,          -- how often it was told
  next_at bigint not null,                    -- when it is told again
  waiting text,                               -- JSON: places that have not been told in this round; null: a new round
  tries integer not null default 0,           -- of this round
  finding text not null,                      -- JSON: what was found last
  primary key (shop, check_name)
);
