-- Segments split at random for another tool: whom it is to send to, and whom not. The lists themselves are rows of assignments
-- (experiment split:<id>), all of one instant.
create table outside_splits (
  shop integer not null references shops,
  id bigint generated always as identity,
  name text not null,
  segment bigint not null,
  segment_name text not null,                 -- as it was called then
  reach text not null check (reach in ('everyone', 'email', 'sms')),
  share double precision not null check (share > 0 and share < 1),
  metric text not null,
  window_ms bigint not null,
  actor text not null,
  made_at bigint not null,
  state text not null default 'drawing' check (state in ('drawing', 'drawn', 'failed')),
  drawn_at bigint,                            -- who was a member at this instant, and when everybody's window begins
  total integer,                              -- people of that instant
  done integer not null default 0,            -- of them, drawn so far
  problem text,                               -- code of the refusal
  currency text,
  cap double precision,                       -- statistics/winsor.ts, worked out at the draw; null: nothing is capped
  cap_before double precision,
  exposure_file integer not null default 0,   -- which file of who really got it, counted from 1
  exposure_state text check (exposure_state in ('reading', 'read', 'failed')),
  exposure_name text,
  exposure_sealed text,                       -- until it is read
  exposure_answer text,                       -- JSON: what the file says
  leased_by text,
  leased_until bigint,
  primary key (shop, id)
);
create index outside_splits_under_way on outside_splits (id) where state = 'drawing' or exposure_state = 'reading';

-- Members at the instant of a draw who have no arm yet.
create table outside_split_people (
  shop integer not null,
  split bigint not null,
  customer bigint not null,
  primary key (shop, split, customer)
);

-- The last file of a split's exposure that named the person; null: none did.
alter table assignments add column exposure_file integer;
