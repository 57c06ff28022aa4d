create table products (
  shop integer not null references shops,
  id text not null,
  name text not null,
  category text,
  brand text,
  url text,
  image_url text,
  price bigint,
  sale_price bigint,
  currency text,
  stock integer,                              -- null: not tracked
  sellable boolean not null default true,     -- false: shipping, fees, samples
  position bigint not null default 0,
  updated_at bigint not null,
  primary key (shop, id)
);
create index products_name on products using gin (name gin_trgm_ops);

create table orders (
  shop integer not null references shops,
  id text not null,
  customer bigint,                            -- null: nobody known
  status text not null check (status in ('created', 'paid', 'cancelled', 'refunded')),
  created_at bigint not null,
  paid_at bigint,
  sequence bigint not null default 0,         -- natural order among orders of the same time (invoice number)
  currency text not null,
  gross bigint not null,                      -- before refunds
  refunded bigint not null default 0,
  coupon text,
  source text not null default 'server' check (source in ('server', 'browser', 'import')),
  version bigint not null,                    -- log position of the last happening that changed it
  primary key (shop, id)
);
create index orders_customer on orders (shop, customer, paid_at);
create index orders_paid on orders (shop, paid_at);

create table order_lines (
  shop integer not null,
  order_id text not null,
  line integer not null,
  product text not null,
  name text not null,
  category text,
  quantity integer not null,
  refunded_quantity integer not null default 0,
  price bigint not null,
  net bigint not null,                        -- revenue of the line net of refunds
  is_goods boolean not null default true,
  primary key (shop, order_id, line),
  foreign key (shop, order_id) references orders (shop, id) on delete cascade
);
