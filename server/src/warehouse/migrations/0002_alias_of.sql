-- Who a customer became. Chains are followed here (three doublings: eight merges deep) although the writer keeps aliases
-- path-compressed, so that a merge read in the middle of two writes still lands on the last survivor known.
create view alias_paths as
with
  one as (
    select shop, from_customer as customer, argMax(to_customer, position) as survivor
    from aliases group by shop, from_customer
  ),
  two as (
    select a.shop as shop, a.customer as customer, if(b.survivor = 0, a.survivor, b.survivor) as survivor
    from one as a left join one as b on b.shop = a.shop and b.customer = a.survivor
  ),
  four as (
    select a.shop as shop, a.customer as customer, if(b.survivor = 0, a.survivor, b.survivor) as survivor
    from two as a left join two as b on b.shop = a.shop and b.customer = a.survivor
  )
select a.shop as shop, a.customer as customer, if(b.survivor = 0, a.survivor, b.survivor) as survivor
from four as a left join four as b on b.shop = a.shop and b.customer = a.survivor;

-- Read by dictGetOrDefault('alias_of', 'survivor', (shop, customer), customer); refreshed by reloadAliases.
create dictionary alias_of (
  shop UInt32,
  customer UInt64,
  survivor UInt64
) primary key shop, customer
source(clickhouse({{credentials}} query 'select shop, customer, survivor from {{database}}.alias_paths'))
lifetime(0)
layout(complex_key_hashed());
