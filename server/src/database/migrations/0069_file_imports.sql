-- Excel and CSV files of orders, members and products that are dropped onto one page: looked at first, then brought, both by a worker.
create table file_imports (
  shop integer not null references shops,
  id bigint generated always as identity,
  file_name text not null,
  kind text,                                  -- orders, members, products, consents; null before it was looked at
  layout text,                                -- whose export it looks like
  state text not null default 'looking'
    check (state in ('looking', 'looked_at', 'applying', 'done', 'failed', 'cancelled')),
  round integer not null default 1,           -- goes up when it is to be looked at anew, with other columns
  chosen text,                                -- JSON: kind and columns as somebody chose them
  answer text not null default '{}',          -- JSON: what was understood, and what came of it
  sealed_file text,                           -- until it is brought or a day old
  sealed_shown text,                          -- JSON: headings and the first lines
  sealed_refused text,                        -- CSV: the lines that were left out
  actor text not null,
  made_at bigint not null,
  ended_at bigint,
  total integer,                              -- objects to bring (while it is looked at: 100)
  done integer not null default 0,
  problem text,                               -- why it failed
  leased_by text,
  leased_until bigint,
  primary key (shop, id)
);
create index file_imports_under_way on file_imports (id) where state in ('looking', 'applying');

-- Which column says what, as somebody chose it for files with these headings.
create table file_mappings (
  shop integer not null references shops,
  headings text not null,                     -- SHA-256 of the headings
  chosen text not null,                       -- JSON: kind and columns
  said_at bigint not null,
  primary key (shop, headings)
);
