-- Browsers that take notifications. A subscription belongs to a device; whose device it is, identities say, so it follows
-- merges and sign-outs by itself.
create table push_subscriptions (
  shop integer not null references shops,
  endpoint_hash bytea not null,
  device text not null,                       -- the SDK's anonymous id
  sealed text not null,                       -- JSON: endpoint and keys
  created_at bigint not null,
  seen_at bigint not null,
  primary key (shop, endpoint_hash)
);
create index push_subscriptions_device on push_subscriptions (shop, device);
