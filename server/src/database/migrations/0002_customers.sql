create extension if not exists pg_trgm;

create table customers (
  shop integer not null references shops,
  id bigint generated always as identity,
  survivor bigint,                            -- set when merged into another customer; path-compressed
  assignment_key text not null,               -- sticky through merges
  member boolean not null default false,      -- has signed up or in: has a user identity
  name text,
  traits text not null default '{}',          -- JSON object, contacts taken out
  created_at bigint not null,
  first_seen_at bigint not null,
  last_seen_at bigint not null,
  chapter_at bigint,                          -- an anonymous customer is one chapter of a device: it began here
  erased_at bigint,
  version bigint not null default 0,          -- log position of the last change
  primary key (shop, id)
);
create index customers_recent on customers (shop, last_seen_at desc, id desc) where survivor is null;
create index customers_name on customers using gin (name gin_trgm_ops) where name is not null;
create index customers_merged on customers (shop, survivor) where survivor is not null;

-- Who a happening belongs to. kind: anonymous, user, email, phone. A value belongs to one customer.
create table identities (
  shop integer not null,
  kind text not null,
  value_hash bytea not null,
  customer bigint not null,                   -- 0: a device between two chapters
  value text,                                 -- anonymous and user ids, readable; contacts only sealed
  sealed text,
  verified boolean not null default false,
  shared boolean not null default false,      -- a device several members used, or a kiosk: it never merges again
  signed_in bigint,                           -- the first member who signed in on this device
  since bigint not null,
  primary key (shop, kind, value_hash)
);
create index identities_customer on identities (shop, customer);

-- How a customer can be reached. Several customers may share an address.
create table contacts (
  shop integer not null,
  customer bigint not null,
  channel text not null check (channel in ('email', 'phone')),
  value_hash bytea not null,
  sealed text not null,
  masked text not null,
  verified boolean not null default false,
  updated_at bigint not null,
  primary key (shop, customer, channel)
);
create index contacts_value on contacts (shop, channel, value_hash);

create table aliases (
  shop integer not null,
  from_customer bigint not null,
  to_customer bigint not null,
  position bigint not null,
  primary key (shop, from_customer)
);
create index aliases_to on aliases (shop, to_customer);

-- What the line remembers of a person: one JSON object, a section per room.
create table customer_state (
  shop integer not null,
  customer bigint not null,
  format smallint not null default 1,
  version bigint not null default 0,
  sections text not null default '{}',
  primary key (shop, customer)
) with (fillfactor = 70);

-- Consent: append-only events, and their projection.
create table consent_events (
  shop integer not null,
  id bigint generated always as identity,
  customer bigint not null,
  contact_hash bytea,
  channel text not null check (channel in ('email', 'sms', 'kakao', 'web_push', 'app_push', 'phone')),
  kind text not null check (kind in ('grant', 'refuse', 'withdraw', 'reconfirm_sent', 'result_notice_sent')),
  scope text not null check (scope in ('ad_day', 'ad_night', 'personal_data_marketing')),
  at bigint not null,
  position bigint not null,                   -- the happening that said so
  source text not null,                       -- signup_form, preference_centre, one_click, api, csv, admin, demo
  wording text,                               -- version of the exact text shown
  evidence text not null default '{}',
  primary key (shop, id)
);
create index consent_events_customer on consent_events (shop, customer, id);

create table consents (
  shop integer not null,
  customer bigint not null,
  channel text not null,
  ad_day boolean not null default false,
  ad_night boolean not null default false,
  personal_data_marketing boolean not null default false,
  granted_at bigint,
  refused_at bigint,
  reconfirm_due_at bigint,
  result_notice_due_at bigint,
  primary key (shop, customer, channel)
);

create table suppressions (
  shop integer not null,
  channel text not null,
  contact_hash bytea not null,
  reason text not null,                       -- opted_out, hard_bounce, complaint, admin
  since bigint not null,
  primary key (shop, channel, contact_hash)
);
