-- Files that put people on a list or take them off it: looked at first, then applied, both by a worker.
create table list_uploads (
  shop integer not null references shops,
  id bigint generated always as identity,
  list bigint,                                -- null while the list is still to be made
  change text not null check (change in ('added', 'removed')),
  file_name text not null,
  state text not null default 'looking'
    check (state in ('looking', 'looked_at', 'applying', 'done', 'failed', 'cancelled')),
  round integer not null default 1,           -- goes up when it is to be looked at anew: for another list, for the other change
  answer text not null default '{}',          -- JSON: what the file says and would do
  sealed_file text,                           -- until it is applied or a day old
  sealed_refused text,                        -- JSON: the lines that do nothing
  actor text not null,
  made_at bigint not null,
  ended_at bigint,
  total integer,                              -- lines of the file; null before it was opened
  done integer not null default 0,            -- lines looked at, or applied
  changed integer not null default 0,         -- people put on the list or taken off it so far
  problem text,                               -- code of the refusal
  leased_by text,
  leased_until bigint,
  primary key (shop, id)
);
create index list_uploads_under_way on list_uploads (id) where state in ('looking', 'applying');

-- Whoever brought a file may call it off.
alter table consent_imports drop constraint consent_imports_state_check;
alter table consent_imports add constraint consent_imports_state_check
  check (state in ('looking', 'looked_at', 'applying', 'done', 'failed', 'cancelled'));
