-- Where a shop's server wants to be told that somebody entered or left a segment.
create table segment_webhooks (
  shop integer not null references shops,
  id bigint generated always as identity,
  segment bigint not null,
  url text not null,
  moves text not null check (moves in ('enter', 'leave', 'both')),
  secret text not null,                       -- sealed
  since bigint not null,                      -- log position: what came before is not told
  created_at bigint not null,
  created_by text not null,
  removed_at bigint,
  primary key (shop, id)
);
create index segment_webhooks_living on segment_webhooks (shop, segment) where removed_at is null;

-- How far each shop's log has been looked through for crossings to tell. A row stands for a shop with webhooks.
create table webhook_cursors (
  shop integer primary key references shops,
  position bigint not null
);

-- One telling. The id is made of the webhook and the log position, so that the same crossing is one delivery.
create table webhook_deliveries (
  shop integer not null,
  id text not null,
  webhook bigint not null,
  position bigint not null,
  customer bigint not null,                   -- whose erasure takes it away
  body text not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed')),
  attempt integer not null default 0,
  due bigint not null,                        -- when it is tried next; while sending, when the attempt counts as lost
  created_at bigint not null,
  ended_at bigint,
  status integer,                             -- of the last answer
  error text,
  primary key (shop, id)
);
create index webhook_deliveries_due on webhook_deliveries (shop, webhook, due) where state in ('waiting', 'sending');
create index webhook_deliveries_customer on webhook_deliveries (shop, customer);
create index webhook_deliveries_of on webhook_deliveries (shop, webhook, created_at desc, id desc);
