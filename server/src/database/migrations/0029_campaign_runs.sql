-- Campaigns that call their audience at set times: one row a calling. The row's lock is the lease, its cursor says how far the
-- audience was walked; both move in the transaction that appends to the log, so that nobody is called twice or left out.
create table campaign_runs (
  shop integer not null references shops,
  id bigint generated always as identity,
  campaign bigint not null,
  version integer not null,
  zone text not null default '',              -- whose people it calls, where their own clocks count; '': everybody else
  due_at bigint not null,
  state text not null check (state in ('planned', 'calling_first', 'waiting', 'asking', 'calling', 'done', 'cancelled')),
  reason text,                                -- campaigns/runs/run.ts RunReason
  audience integer,                           -- counted when it began
  share double precision not null default 1,  -- of the audience, called first
  called integer not null default 0,
  cursor bigint not null default 0,           -- customers up to this id are done
  begun_at bigint,
  wait_until bigint,
  moved_at bigint not null,
  ended_at bigint,
  decided_by text,                            -- who let it go on or gave it up
  primary key (shop, id),
  unique (shop, campaign, zone, due_at)
);
create index campaign_runs_open on campaign_runs (shop, id) where state not in ('done', 'cancelled');

-- Times before this are nobody's: a campaign that was off then is not made up for.
alter table campaigns add column live_at bigint;
update campaigns set live_at = coalesce(started_at, updated_at) where state = 'live';
