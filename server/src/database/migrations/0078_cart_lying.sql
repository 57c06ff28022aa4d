-- What the platform said lies in a cart, so that the reminder shows that and nothing else.
alter table platform_errands add column lying text; -- of a cart: JSON [[product, quantity]] of those it was asked about
