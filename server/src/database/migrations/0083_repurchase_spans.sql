-- After how many days products, categories and anything of a shop are bought again: counted daily where a running campaign waits by it.
create table repurchase_spans (
  shop integer not null references shops,
  kind text not null check (kind in ('product', 'category', 'shop')),
  key text not null,
  days integer not null,
  counted_at bigint not null,
  primary key (shop, kind, key)
);
