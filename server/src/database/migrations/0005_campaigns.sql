create table segments (
  shop integer not null references shops,
  id bigint generated always as identity,
  name text not null,
  description text not null default '',
  definition text not null,                   -- JSON, segments/definition.ts
  version integer not null default 1,
  state text not null check (state in ('building', 'live', 'failed')),
  built_at_position bigint,
  created_at bigint not null,
  updated_at bigint not null,
  archived_at bigint,
  primary key (shop, id)
);

create table memberships (
  shop integer not null,
  segment bigint not null,
  customer bigint not null,
  version integer not null,
  entered_at bigint not null,
  cause text not null,                        -- position, due or backfill
  primary key (shop, segment, customer)
);
create index memberships_customer on memberships (shop, customer);

create table segment_builds (
  shop integer not null,
  segment bigint not null,
  version integer not null,
  slice bigint not null,
  done_at bigint not null,
  primary key (shop, segment, version, slice)
);

create table campaigns (
  shop integer not null references shops,
  id bigint generated always as identity,
  name text not null,
  playbook text,
  state text not null check (state in ('draft', 'live', 'paused', 'stopped')),
  version integer not null default 0,         -- published version; 0: none yet
  draft text not null,                        -- JSON, campaigns/campaign.ts
  created_at bigint not null,
  updated_at bigint not null,
  started_at bigint,
  primary key (shop, id)
);

create table campaign_versions (
  shop integer not null,
  campaign bigint not null,
  version integer not null,
  flow text not null,                         -- JSON, as published; MJML compiled
  published_by text not null,
  published_at bigint not null,
  primary key (shop, campaign, version)
);

create table enrolments (
  shop integer not null,
  id bigint generated always as identity,
  campaign bigint not null,
  version integer not null,
  customer bigint not null,
  entry_key text not null,
  cause text not null,
  state text not null check (state in ('active', 'done', 'exited')),
  step integer not null default 0,
  generation integer not null default 0,
  entered_at bigint not null,
  updated_at bigint not null,
  ended_at bigint,
  end_reason text,
  context text not null default '{}',
  primary key (shop, id),
  unique (shop, campaign, entry_key, cause)
);
create unique index enrolments_open on enrolments (shop, campaign, entry_key) where state = 'active';
create index enrolments_customer on enrolments (shop, customer) where state = 'active';
create index enrolments_campaign on enrolments (shop, campaign, id);

create table timers (
  shop integer not null,
  id bigint generated always as identity,
  customer bigint not null,
  due bigint not null,
  enrolment bigint not null,
  step integer not null,
  generation integer not null,
  primary key (shop, id),
  unique (shop, enrolment)
);
create index timers_due on timers (shop, due);
create index timers_customer on timers (shop, customer, due);

-- The first exposure or would-send writes a row that outranks the hash.
create table assignments (
  shop integer not null,
  experiment text not null,                   -- campaign:7
  customer bigint not null,
  arm text not null check (arm in ('treatment', 'holdout', 'mixed')),
  at bigint not null,
  primary key (shop, experiment, customer)
);

create table decisions (
  shop integer not null,
  month integer not null,                     -- yyyymm of the cause's processed_at
  id bigint generated always as identity,
  cause_key text not null,                    -- enrolment:step:visit
  campaign bigint,
  version integer,
  step integer,
  enrolment bigint,
  customer bigint not null,
  channel text not null,
  purpose text not null,
  arm text not null,
  would_send boolean not null,
  outcome text not null check (outcome in ('sent', 'held', 'refused', 'would_send', 'queued', 'unconfirmed', 'failed')),
  reason text not null,
  at bigint not null,
  until bigint,
  message bigint,
  primary key (shop, month, id),
  unique (shop, month, cause_key)
) partition by range (month);
create table decisions_rest partition of decisions default;
create index decisions_campaign on decisions (shop, campaign, at);
create index decisions_customer on decisions (shop, customer, at);

create table outbox (
  shop integer not null,
  id bigint generated always as identity,
  cause_key text not null,
  customer bigint not null,
  campaign bigint,
  campaign_version integer,
  step integer,
  decision bigint,
  decision_month integer,
  channel text not null,
  purpose text not null check (purpose in ('advertising', 'informational')),
  state text not null check (state in ('queued', 'sending', 'sent', 'unconfirmed', 'failed', 'refused')),
  attempt integer not null default 0,
  attempt_id text,
  lease_until bigint,
  not_before bigint not null,
  content text not null default '{}',         -- JSON: template reference and context at decision; rendered text once sent
  contact_hash bytea,
  provider text,
  provider_id text,
  reason text,
  coupon bigint,
  coupon_code text,
  created_at bigint not null,
  sent_at bigint,
  delivered_at bigint,
  bounced_at bigint,
  opened_at bigint,
  clicked_at bigint,
  primary key (shop, id),
  unique (shop, cause_key)
);
create index outbox_claim on outbox (shop, channel, not_before) where state = 'queued';
create index outbox_sending on outbox (shop, lease_until) where state = 'sending';
create index outbox_customer on outbox (shop, customer, created_at);
create index outbox_campaign on outbox (shop, campaign, created_at);
create index outbox_provider on outbox (shop, provider, provider_id) where provider_id is not null;

-- The built-in test inbox: what the recorder channel was handed.
create table inbox (
  shop integer not null,
  id bigint generated always as identity,
  message bigint,
  channel text not null,
  recipient text not null,
  subject text not null,
  html text,
  text text not null,
  headers text not null default '{}',
  at bigint not null,
  primary key (shop, id)
);
