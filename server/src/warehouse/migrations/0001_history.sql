-- Every log position is exactly one row. Ordered for one person's history and for per-person aggregates.
-- {{MergeTree ...}} is replaced by the one function that names table engines (warehouse/engine.ts).
create table events (
  shop UInt32,
  customer UInt64,                    -- canonical when it was processed; later merges are in aliases; 0: nobody
  position UInt64 codec(Delta, ZSTD),
  at DateTime64(3, 'UTC') codec(Delta, ZSTD),
  received_at DateTime64(3, 'UTC') codec(Delta, ZSTD),
  processed_at DateTime64(3, 'UTC') codec(Delta, ZSTD),
  kind LowCardinality(String),
  name LowCardinality(String),
  message_id String codec(ZSTD),
  import_id LowCardinality(String),
  properties String codec(ZSTD),      -- canonical JSON written by us: the truth for timeline, export and replay
  traits String codec(ZSTD),
  context String codec(ZSTD),
  product_id String,
  order_id String,
  value Nullable(Decimal(18, 4)),
  quantity Nullable(Decimal(18, 4)),
  currency LowCardinality(String),
  query String,
  url_path String,
  campaign UInt64,                    -- ours, on messages and clicks
  products Array(Tuple(product_id String, name String, category String, price Nullable(Decimal(18, 4)), quantity Nullable(Decimal(18, 4)))),
  texts Map(String, String),          -- the first 64 paths, events/flatten.ts
  folded Map(String, String),         -- the same texts, lower-cased on the way in
  numbers Map(String, Decimal(18, 4)),
  flags Map(String, Bool),
  times Map(String, DateTime64(3, 'UTC')),
  index events_position position type minmax granularity 4
) engine = {{MergeTree}}
partition by toYYYYMM(at)
order by (shop, customer, at, position)
settings non_replicated_deduplication_window = 1000, max_partitions_to_read = 0;

-- The mirror of each customer: a row a change; the newest version at a position is the truth for that position.
create table customers (
  shop UInt32,
  customer UInt64,
  version UInt64,                     -- log position of the change
  member Bool,
  created_at DateTime64(3, 'UTC'),
  erased Bool,
  texts Map(String, String),
  folded Map(String, String),
  numbers Map(String, Decimal(18, 4)),
  flags Map(String, Bool),
  times Map(String, DateTime64(3, 'UTC')),
  reach Array(LowCardinality(String)),     -- channels with a contact
  consents Array(LowCardinality(String))   -- channel:scope, granted now
) engine = {{ReplacingMergeTree(version)}}
order by (shop, customer)
settings non_replicated_deduplication_window = 1000;

create table aliases (
  shop UInt32,
  from_customer UInt64,
  to_customer UInt64,
  position UInt64
) engine = {{ReplacingMergeTree(position)}}
order by (shop, from_customer);

create table order_versions (
  shop UInt32,
  order_id String,
  version UInt64,
  customer UInt64,
  status LowCardinality(String),
  created_at DateTime64(3, 'UTC'),
  paid_at Nullable(DateTime64(3, 'UTC')),
  sequence UInt64,
  currency LowCardinality(String),
  gross Decimal(18, 4),
  refunded Decimal(18, 4),
  lines Array(Tuple(product String, name String, category String, quantity Int32, refunded_quantity Int32, net Decimal(18, 4), is_goods Bool))
) engine = {{ReplacingMergeTree(version)}}
order by (shop, order_id)
settings non_replicated_deduplication_window = 1000;
