-- Without an address ClickHouse looks for the name `localhost`, and fails where /etc/hosts does not know it.
drop dictionary if exists survivor_of;
create dictionary survivor_of (
  key UInt64,
  survivor UInt64
) primary key key
source(clickhouse(host '127.0.0.1' {{credentials}} query 'select bitOr(bitShiftLeft(toUInt64(shop), 40), customer) as key, survivor from {{database}}.alias_paths'))
lifetime(0)
layout(hashed());
