-- What happened to a product that people who looked at it may want to hear (docs/decisions/0032-catalogue.md). Written with the
-- product itself; told to people one by one later, each once.
create table product_news (
  shop integer not null references shops,
  id bigint generated always as identity,
  product text not null,
  kind text not null check (kind in ('price_drop', 'back_in_stock')),
  position bigint not null,
  at bigint not null,
  price bigint,
  reference bigint,                           -- lowest price in force of the 20 days before
  state text not null default 'settling' check (state in ('settling', 'held', 'telling', 'done', 'over', 'declined')),
  due_at bigint not null,
  after_at bigint,                            -- the person told last: when they had looked, and who they are
  after_customer bigint,
  people integer not null default 0,
  confirmed_at bigint,                        -- somebody said that it is to be told
  ended_at bigint,
  primary key (shop, id),
  unique (shop, product, kind, position)
);
create index product_news_due on product_news (due_at) where state in ('settling', 'telling');
create index product_news_held on product_news (shop) where state = 'held';
