-- Files that are written again and again: members of a segment, or what happened since the last one.
create table standing_files (
  shop integer not null references shops,
  id bigint generated always as identity,
  name text not null,
  what text not null,                         -- JSON, reports/standing/standing.ts
  place text not null,                        -- JSON: kept here, posted to a server, or into a Google sheet
  sealed_key text,                            -- a Google service account's key
  emails text[] not null default '{}',        -- who gets the link
  every text not null,                        -- JSON: hour, day or week, by the shop's clocks
  is_on boolean not null default true,
  next_at bigint not null,
  told_to bigint not null default 0,          -- events: log position up to which they were written
  tries integer not null default 0,           -- of the run that is due
  leased_until bigint not null default 0,
  made_at bigint not null,
  made_by text not null,
  removed_at bigint,
  primary key (shop, id)
);
create index standing_files_due on standing_files (next_at) where is_on and removed_at is null;

create table standing_file_runs (
  shop integer not null references shops,
  id bigint generated always as identity,
  file bigint not null,
  state text not null check (state in ('running', 'done', 'failed')),
  begun_at bigint not null,
  ended_at bigint,
  rows integer not null default 0,
  head text not null default '',              -- the line of headings
  problem text,
  primary key (shop, id)
);
create index standing_file_runs_of on standing_file_runs (shop, file, id desc);

-- A line each, so that whoever is forgotten is taken out of files that wait to be fetched.
create table standing_file_lines (
  shop integer not null,
  run bigint not null,
  line integer not null,
  customer bigint not null,
  sealed text not null,
  primary key (shop, run, line)
);
create index standing_file_lines_customer on standing_file_lines (shop, customer);
