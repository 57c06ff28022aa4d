-- Coupons that a shop's platform gave its members by itself are followed like its orders; shops that are connected begin now.
alter table connection_progress drop constraint connection_progress_resource_check;
alter table connection_progress add constraint connection_progress_resource_check
  check (resource in ('products', 'members', 'orders', 'coupons'));
insert into connection_progress (shop, connection, resource, state, next_at)
  select shop, id, 'coupons', 'waiting', 0 from connections where kind = 'cafe24' and state in ('connected', 'broken');
