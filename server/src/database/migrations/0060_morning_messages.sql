-- The team's message of a morning on its way to each place: once a shop, day and place.
create table morning_messages (
  id bigint generated always as identity primary key,
  shop integer not null references shops,
  day text not null,                          -- by the shop's calendar, 2026-11-22
  destination text not null,                  -- JSON: an address of the team, or which place; never Slack's secret address
  state text not null default 'due' check (state in ('due', 'sending', 'sent', 'failed', 'unconfirmed')),
  tries integer not null default 0,
  next_at bigint not null,
  detail text,
  unique (shop, day, destination)
);
