-- Which orders a coupon is for, and what of an order went against that: the shop gave the discount all the same.
alter table coupon_pools add column first_order_only boolean not null default false;
alter table coupon_pools add column scope text;         -- JSON: categories, products; null: everything
alter table coupons add column against text check (against in ('not_first', 'not_in_scope'));
