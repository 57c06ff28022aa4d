-- Who a customer became, under one number as key: the shop above 40 bits of customer (10^12 customers, 16 million shops), as
-- survivorSql of warehouse/survivor.ts asks. Takes the place of alias_of, whose key is a pair: that is written to memory and
-- hashed for each row, three times the work. Refreshed by reloadAliases.
create dictionary survivor_of (
  key UInt64,
  survivor UInt64
) primary key key
source(clickhouse({{credentials}} query 'select bitOr(bitShiftLeft(toUInt64(shop), 40), customer) as key, survivor from {{database}}.alias_paths'))
lifetime(0)
layout(hashed());
drop dictionary if exists alias_of;
