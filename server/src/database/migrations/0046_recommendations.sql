-- What recommendations are made from. An edition is written with all of its lists in one transaction, so what is there is whole; the
-- newest one counts, and the one before it stays until readers have moved on.
create table recommendation_editions (
  shop integer not null references shops,
  id bigint generated always as identity,
  position bigint not null,                   -- what history held when it was counted
  computed_at bigint not null,
  took_ms integer not null,
  about text not null,                        -- JSON of recommendations/edition.ts About
  primary key (shop, id)
);

-- A list of products: [product, score, cases, of how many], best first.
create table recommendation_lists (
  shop integer not null,
  edition bigint not null,
  kind text not null,                         -- recommendations/tables.ts ListKind
  key text not null,                          -- a product, a search, or '' for the whole shop
  items text not null,                        -- JSON
  primary key (shop, edition, kind, key),
  foreign key (shop, edition) references recommendation_editions on delete cascade
);

-- Who counts for a shop, until when, and when it is counted next.
create table recommendation_work (
  shop integer primary key references shops,
  due_at bigint not null default 0,
  lease_until bigint not null default 0,
  epoch integer not null default 0            -- counts workers that took it
);
