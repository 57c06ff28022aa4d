-- Coupons that lie at the shop's platform: made there, and given to a member there before the message that speaks of them leaves.
alter table coupon_pools drop constraint coupon_pools_codes_check;
alter table coupon_pools add constraint coupon_pools_codes_check check (codes in ('generated', 'shared', 'uploaded', 'platform'));
alter table coupon_pools drop constraint coupon_pools_check2;
alter table coupon_pools add constraint coupon_pools_shared_check
  check (case codes when 'shared' then shared_key is not null when 'platform' then true else shared_key is null end);
-- Of a pool at a platform the shared code is the platform's number of the coupon; null until it is made there.
alter table coupon_pools add connection integer;
alter table coupon_pools add making_until bigint;   -- somebody makes it there until then
alter table coupon_pools add platform_error text;   -- what the platform said against it
alter table coupon_pools add constraint coupon_pools_platform_check check ((codes = 'platform') = (connection is not null));
alter table coupons add platform_issue text;        -- the platform's number of what the person was given; it cannot be taken back
create unique index coupons_platform_issue on coupons (shop, pool, platform_issue) where platform_issue is not null;

-- What is asked of a platform before a message may leave: to give a coupon, to say what lies in a cart. One row an errand for ever, so
-- that nothing is given twice; whom it is for is known from the coupon or the message.
create table platform_errands (
  shop integer not null,
  key text not null,                          -- coupon:<id>, cart:<message>
  kind text not null check (kind in ('coupon', 'cart')),
  subject bigint not null,                    -- coupon, or message
  message bigint,                             -- looked at again when it is done; null: none waits
  connection integer not null,
  products text,                              -- of a cart: JSON of those the message speaks of
  state text not null check (state in ('waiting', 'asked', 'done', 'refused')),
  wanted_at bigint not null,
  asked_at bigint,                            -- asked: since when nobody knows whether it was done
  done_at bigint,
  left_over integer,                          -- of a cart: how many of the products lie in it
  tries integer not null default 0,
  next_at bigint,                             -- null: done with
  detail text,
  primary key (shop, key)
);
create index platform_errands_next on platform_errands (next_at) where next_at is not null;
