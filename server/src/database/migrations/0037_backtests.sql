-- Backtests asked for, running and done. The result (JSON, campaigns/backtest/backtest.ts) knows twenty people by their numbers at
-- most; all of it is forgotten after 30 days.
create table backtests (
  shop integer not null references shops,
  id bigint generated always as identity,
  campaign bigint,                            -- null: a flow nobody has saved
  flow text not null,                         -- JSON
  against text,                               -- JSON of the flow it is compared with
  from_at bigint not null,
  to_at bigint not null,
  state text not null check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  done integer not null default 0,            -- people gone through
  people integer not null default 0,
  result text,
  problem text,
  made_by text not null,
  lease_until bigint not null default 0,
  epoch integer not null default 0,           -- counts workers that took it
  created_at bigint not null,
  ended_at bigint,
  primary key (shop, id)
);
-- One at a time of a shop, so that the questions of people are not kept waiting.
create unique index backtests_running on backtests (shop) where state = 'running';
create index backtests_open on backtests (created_at, id) where state in ('queued', 'running');
