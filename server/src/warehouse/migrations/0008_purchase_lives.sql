-- What the first-purchase report reads: a row a buyer, made anew from order_versions whenever one of theirs changes (never counted
-- up). `rules` is a hash of what decides how the rows are made (currency, variants, form): rows of other rules are old.
-- Products are cityHash64 of their id. Gaps are ms since the first order; `item_*` are the distinct products of the orders after
-- it, flat; `alone_*` those that had an order to themselves.
create table purchase_lives (
  shop UInt32,
  rules UInt64,
  customer UInt64,
  version UInt64,
  first_at Int64 codec(T64, ZSTD),
  first_products Array(UInt64),
  first_nets Array(Decimal(18, 4)),
  channel LowCardinality(String),
  discounted Bool,
  later_gaps Array(Int64) codec(ZSTD),
  later_nets Array(Decimal(18, 4)),
  later_renewals Array(Bool),
  item_products Array(UInt64),
  item_gaps Array(Int64) codec(ZSTD),
  item_orders Array(UInt16),
  item_nets Array(Decimal(18, 4)),
  alone_products Array(UInt64),
  alone_gaps Array(Int64) codec(ZSTD),
  alone_orders Array(UInt16),
  tried_at Int64 codec(T64, ZSTD),
  tried_products Array(UInt64),
  tried_back Array(Bool)
) engine = {{ReplacingMergeTree(version)}}
order by (shop, rules, customer);

-- Ids and names behind the hashes, as the newest order of each product had them.
create table purchase_products (
  shop UInt32,
  code UInt64,
  version UInt64,
  product String,
  name String,
  category String
) engine = {{ReplacingMergeTree(version)}}
order by (shop, code);

-- Up to which log position the lives of a shop are made.
create table purchase_lives_built (
  shop UInt32,
  rules UInt64,
  version UInt64
) engine = {{ReplacingMergeTree(version)}}
order by (shop, rules);
