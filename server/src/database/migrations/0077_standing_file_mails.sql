-- Who has not been told yet that a file is ready, and why; tell_at is when it is tried again, null where it is not.
alter table standing_file_runs
  add column untold text[] not null default '{}',
  add column tell_problem text,
  add column tell_at bigint,
  add column tell_tries integer not null default 0;
create index standing_file_runs_telling on standing_file_runs (tell_at) where tell_at is not null;
