-- How many items, and how many alone in their order, there are up to and with each later order: what lies within a horizon is then
-- a piece from the front, found without looking at each item.
alter table purchase_lives
  add column if not exists later_items Array(UInt32),
  add column if not exists later_alones Array(UInt32);
