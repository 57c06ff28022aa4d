-- A webhook may also be told what customers do. And a server that stays away is left alone, then not called any more until somebody says so.
alter table segment_webhooks
  alter column segment drop not null,
  add column events text,                     -- JSON: names of events, [] for all that customers do; null: entering and leaving
  add column failures integer not null default 0,     -- calls since the last that arrived
  add column failing_since bigint,
  add column rest_until bigint not null default 0,
  add column paused_at bigint,
  add constraint segment_webhooks_about check ((segment is null) = (events is not null));
