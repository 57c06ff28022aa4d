-- Coupons: pools say what is given, coupons who has it. Amounts in ten-thousandths, times in UTC ms.
create table coupon_pools (
  shop integer not null references shops,
  id bigint generated always as identity,
  name text not null,
  discount text not null check (discount in ('amount', 'percent', 'shipping')),
  amount bigint not null check (amount > 0),  -- taken off; of a percent its cap; of free delivery what delivery costs
  percent integer check (percent between 1 and 100),
  min_order bigint not null default 0,
  valid_hours integer,
  ends_at bigint,
  total integer,                              -- null: as many as asked for
  per_person integer,
  per_days integer,
  codes text not null check (codes in ('generated', 'shared', 'uploaded')),
  prefix text not null default '',
  shared_code text,
  shared_key text,
  gives_back boolean not null default true,
  notes text not null default '',
  state text not null default 'open' check (state in ('open', 'archived')),
  taken integer not null default 0,           -- pieces given out; with coupon_moves exact under the row's lock
  uploaded integer not null default 0,        -- codes in coupon_codes
  code_chars integer not null default 0,      -- characters of the longest of them
  created_at bigint not null,
  updated_at bigint not null,
  primary key (shop, id),
  check ((discount = 'percent') = (percent is not null)),
  check ((per_person is null) = (per_days is null)),
  check ((codes = 'shared') = (shared_key is not null))
);
create unique index coupon_pools_code on coupon_pools (shop, shared_key) where shared_key is not null;

create table coupons (
  shop integer not null,
  id bigint generated always as identity,
  pool bigint not null,
  customer bigint,                            -- null after erasure, or when a guest used a code for everybody
  cause_key text not null,                    -- message:<cause>, or what the campaign's own step gives
  campaign bigint,
  message bigint,                             -- outbox id of the message it was made for
  code text,
  code_key text,                              -- null for a code that everybody has
  state text not null check (state in ('reserved', 'issued', 'redeemed', 'released')),
  reserved_at bigint not null,
  issued_at bigint,
  expires_at bigint,                          -- expired is read from this; nothing has to run
  released_at bigint,
  redeemed_at bigint,
  redeemed_position bigint,
  order_id text,
  discount bigint,                            -- what it took off that order
  primary key (shop, id),
  unique (shop, cause_key)
);
create unique index coupons_code on coupons (shop, code_key) where code_key is not null;
create index coupons_person on coupons (shop, customer, pool, reserved_at);
create index coupons_message on coupons (shop, message) where message is not null;
create index coupons_pool on coupons (shop, pool, id);
create index coupons_order on coupons (shop, order_id) where order_id is not null;

-- Codes the shop brought, for example from its Cafe24 admin; the first free one is taken.
create table coupon_codes (
  shop integer not null,
  id bigint generated always as identity,
  pool bigint not null,
  code text not null,
  code_key text not null,
  coupon bigint,                              -- whose it is; null: nobody's
  primary key (shop, id),
  unique (shop, code_key)
);
create index coupon_codes_free on coupon_codes (shop, pool, id) where coupon is null;
create index coupon_codes_coupon on coupon_codes (shop, coupon) where coupon is not null;

-- Pieces that came back (above 0) or were used without being given (below 0). Whoever takes next folds them into the pool's
-- counter, so that nobody who gives back waits for whoever takes: the sender and the line would wait for each other.
create table coupon_moves (
  shop integer not null,
  id bigint generated always as identity,
  pool bigint not null,
  pieces integer not null,
  primary key (shop, id)
);
create index coupon_moves_pool on coupon_moves (shop, pool);
