-- Staff, the office and whoever tests the shop: outside segments, campaigns and reports (docs/decisions/0033-own-people-and-bots.md).
-- `internal` is what everybody asks; `internal_said` is what was said of this person beside the shop's addresses:
-- internal or customer by hand, office by a visit from one of its networks.
alter table customers
  add column internal boolean not null default false,
  add column internal_said text check (internal_said in ('internal', 'customer', 'office'));
create index customers_internal on customers (shop, id) where internal;

-- The one place that reports ask whom to leave out.
create view internal_people as select shop, id as customer from customers where internal;

-- Addresses of staff. E-mail addresses and phones only hashed, as in contacts; `shown` is masked.
create table internal_addresses (
  shop integer not null references shops,
  id bigint generated always as identity,
  kind text not null check (kind in ('email', 'phone', 'domain')),
  value text not null,                        -- hex of the keyed hash, or the domain
  shown text not null,
  name text not null,                         -- whose it is, as the shop calls them
  added_at bigint not null,
  primary key (shop, id),
  unique (shop, kind, value)
);

-- What bots sent and nobody was made of, by day of the shop (UTC ms of its beginning) and bot.
create table bot_visits (
  shop integer not null references shops,
  day bigint not null,
  bot text not null,
  happenings bigint not null,
  last_at bigint not null,
  primary key (shop, day, bot)
) with (fillfactor = 85);

-- Named people who receive drafts (messages/test-groups.service.ts). Addresses sealed, and masked to be shown.
create table test_groups (
  shop integer not null references shops,
  id bigint generated always as identity,
  name text not null,
  created_at bigint not null,
  primary key (shop, id),
  unique (shop, name)
);
create table test_people (
  shop integer not null,
  id bigint generated always as identity,
  test_group bigint not null,
  name text not null,
  email text,
  email_shown text,
  phone text,
  phone_shown text,
  primary key (shop, id),
  foreign key (shop, test_group) references test_groups (shop, id)
);
create index test_people_group on test_people (shop, test_group);
