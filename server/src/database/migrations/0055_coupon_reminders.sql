-- Before a coupon ends its person is reminded: at how many days before its end the log was last told; null: not yet.
alter table coupons add column told_days smallint;
create index coupons_ending on coupons (expires_at) where state = 'issued' and expires_at is not null;
