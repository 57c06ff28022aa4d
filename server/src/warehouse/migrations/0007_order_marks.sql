-- discounted: less was paid than the lines' prices, or a coupon was used; renewal: a subscription renewed itself.
alter table order_versions
  add column if not exists discounted Bool,
  add column if not exists renewal Bool;
