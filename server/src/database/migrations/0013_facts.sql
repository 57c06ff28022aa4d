-- What a line of an order says of brand and option; favourites count by them.
alter table order_lines add column brand text, add column variant text;

-- Who holds a product in the cart, at what price it was added, and what their facts say of it: when the shop changes a
-- product, exactly those whose facts become wrong are woken.
create table cart_lines (
  shop integer not null,
  customer bigint not null,
  product text not null,
  price bigint,                               -- ten-thousandths of the currency unit; null: nobody said it
  sold_out boolean not null,
  price_dropped boolean not null,
  primary key (shop, customer, product)
);
create index cart_lines_product on cart_lines (shop, product, customer);

-- People whose orders, products or addresses changed although nothing happened to themselves: their facts are read again.
create table fact_calls (
  shop integer not null,
  customer bigint not null,
  primary key (shop, customer)
);

-- Products held by more people than one turn calls; the rest is called behind the line, from `after` on.
create table fact_product_calls (
  shop integer not null,
  product text not null,
  after bigint not null,
  primary key (shop, product)
);

-- How far the facts of people who were there before the room of facts (or its newest format) are built from history.
create table fact_builds (
  shop integer primary key references shops,
  format integer not null,
  built_to bigint not null default 0,
  max_customer bigint not null,
  ahead bigint[] not null default '{}',       -- passed over: something happened to them that history did not hold yet
  done_at bigint
);
