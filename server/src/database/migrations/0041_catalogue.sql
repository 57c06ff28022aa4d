-- The whole of a product (docs/decisions/0032-catalogue.md). `category` stays the path joined by '/'; `category_path` is exact where
-- a name has a '/' of its own. `current_price` is the price in force when the row was last looked at, and `price_turns_at` when a
-- sale begins or ends next: then it is looked at again.
alter table products
  add column category_path text[] not null default '{}',
  add column images text[] not null default '{}',             -- beside image_url
  add column sale_from bigint,
  add column sale_until bigint,                               -- from then on the sale is over
  add column current_price bigint,
  add column price_turns_at bigint,
  add column benefit text,
  add column rating smallint check (rating between 0 and 500),-- hundredths of a star
  add column review_count integer,
  add column review text,
  add column badges text[] not null default '{}',
  add column delivery text,
  add column sensitive boolean,                               -- null: as its category
  add column parent text,                                     -- what it is a variant of
  add column source text not null default 'shop',
  add column first_seen_at bigint;
update products
set first_seen_at = updated_at, current_price = least(price, sale_price),
    category_path = case when category is null then '{}' else string_to_array(category, '/') end,
    source = case when position = 0 then 'events' else 'shop' end;
alter table products alter column first_seen_at set not null, alter column first_seen_at set default 0;

-- The price in force at a time, and when it turns next by time alone; catalog/price-now.ts says the same.
create function price_in_force(price bigint, sale bigint, sale_from bigint, sale_until bigint, at bigint) returns bigint
language sql immutable parallel safe return case
  when sale is null or coalesce(sale_from, at) > at or coalesce(sale_until, at + 1) <= at then price
  else least(price, sale) end;
create function price_turns(sale bigint, sale_from bigint, sale_until bigint, at bigint) returns bigint
language sql immutable parallel safe return case
  when sale is null then null
  else least(case when sale_from > at then sale_from end, case when sale_until > at then sale_until end) end;
create function texts_of(list jsonb) returns text[]
language sql immutable strict parallel safe return array(select jsonb_array_elements_text(list));

create index products_parent on products (shop, parent) where parent is not null;
create index products_price_turns on products (price_turns_at) where price_turns_at is not null;
create index products_first_seen on products (shop, first_seen_at desc);

-- What the shop paid for a product: apart, so that no answer that lists products can carry it.
create table product_costs (
  shop integer not null references shops,
  product text not null,
  cost bigint not null,
  updated_at bigint not null,
  primary key (shop, product)
);

-- Price in force and stock over time; only ever added to, and pruned by age. A change of the count alone is kept once an hour.
create table product_history (
  shop integer not null references shops,
  product text not null,
  position bigint not null,
  at bigint not null,
  price bigint,
  stock integer,
  available boolean not null,
  primary key (shop, product, position)
);
create index product_history_at on product_history (at);
