-- What the outbox knows of hand-overs: lateness, what became of them at the provider, and what they cost.
alter table outbox
  add column due_at bigint,                   -- lateness counts from here (null: not_before); a retry moves not_before only
  add column on_night text not null default 'hold' check (on_night in ('hold', 'drop')),
  add column handed_at bigint,                -- when the last hand-over began
  add column ask_at bigint,                   -- when the provider is asked next what became of it
  add column failed_at bigint,
  add column complained_at bigint,
  add column cause text,                      -- why it failed: carrier.ts FailureCause
  add column form text,                       -- what it was charged as: SMS, LMS, MMS, alimtalk, brand
  add column cost bigint;                     -- ten-thousandths, told by the shop's unit prices when it was accepted
create index outbox_ask on outbox (shop, ask_at) where ask_at is not null;

-- Everything providers told of messages, also before we knew their ids: applied once, kept for some days.
create table delivery_reports (
  shop integer not null references shops,
  provider text not null,
  provider_id text not null,
  kind text not null check (kind in ('delivered', 'failed')),
  cause text not null default '',
  detail text not null default '',
  at bigint not null,                         -- as the provider dates it
  received_at bigint not null,
  applied_at bigint,                          -- null while no message of ours has the id
  primary key (shop, provider, provider_id, kind, cause)
);
create index delivery_reports_waiting on delivery_reports (shop, received_at) where applied_at is null;
create index delivery_reports_old on delivery_reports (received_at);

-- What messages cost, by the shop's calendar month (yyyymm).
create table spending (
  shop integer not null references shops,
  month integer not null,
  channel text not null,
  form text not null,
  messages bigint not null,
  cost bigint not null,                       -- ten-thousandths
  primary key (shop, month, channel, form)
);
