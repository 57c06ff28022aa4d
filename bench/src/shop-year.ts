import type { Generated } from './cached-warehouse.ts'

export const dayMs = 86_400_000
const yearMs = 365 * dayMs
/** The year of the cached histories ends here; "now" of the questions. */
export const now = Date.UTC(2026, 10, 1)

/** A year of a shop: 1 in 10 customers never did anything, 1 in 100 was merged into another; every fifth look is at knitwear. */
export function yearOf(year: {
  readonly events: number
  readonly people: number
  /** The year ends here, UTC ms. */
  readonly end: number
}): readonly Generated[] {
  const { events, people, end } = year
  const product = '(cityHash64(number, 3) % 1000)'
  const shows = "name in ('Product Viewed', 'Product Added')"
  const grade = 'number % 10 >= 6, number % 10 = 9'
  const texts = `map('product_id', concat('p', toString(${product})), 'category', category)`
  return [
    {
      table: 'customers',
      rows: people,
      insert: `insert into customers (shop, customer, version, member, created_at, texts, folded, numbers, fact_texts, fact_folded, fact_numbers)
        with 1 + arraySum([${grade}]) as grade,
          ['visited', 'searched', 'considered', 'checkout', 'bought'][1 + cityHash64(number, 7) % 5] as stage
        select 1, number + 1, number + 1, number % 3 != 0, fromUnixTimestamp64Milli(${end - yearMs}),
          map('grade', ['새싹', '단골', 'VIP'][grade], 'city', toString(number % 17)),
          map('grade', ['새싹', '단골', 'vip'][grade], 'city', toString(number % 17)),
          map('points', toDecimal64(number % 10000, 4)),
          map('stage.now', stage), map('stage.now', stage), map('orders.count', toDecimal64(number % 7, 4))
        from numbers({from:UInt64}, {count:UInt64})`,
    },
    {
      table: 'aliases',
      rows: Math.round(people / 100),
      insert: `insert into aliases select 1, number * 100 + 50, number * 100 + 51, number + 1
        from numbers({from:UInt64}, {count:UInt64})`,
    },
    {
      table: 'events',
      rows: events,
      insert: `insert into events (shop, customer, position, at, received_at, processed_at, kind, name, message_id,
          properties, product_id, order_id, value, quantity, currency, texts, folded, numbers)
        select 1, 1 + cityHash64(number, 1) % ${Math.round(people * 0.9)}, number + 1,
          fromUnixTimestamp64Milli(toInt64(${end - yearMs} + intDiv(number * ${yearMs}, {rows:UInt64}))) as moment, moment, moment,
          'event',
          multiIf(die < 50, 'Product Viewed', die < 65, 'Product List Viewed', die < 80, 'Page Viewed', die < 88, 'Product Added',
            die < 93, 'Product Searched', die < 97, 'Order Completed', 'Signed Up') as name,
          hex(sipHash128(number)),
          if(${shows}, concat('{"product_id":"p', toString(${product}), '","price":', toString(price), ',"category":"', category, '"}'), '{}'),
          if(${shows}, concat('p', toString(${product})), ''),
          if(name = 'Order Completed', concat('o', toString(number)), ''),
          if(name = 'Order Completed', toDecimal64(price * 3, 4), null), if(${shows}, toDecimal64(1, 4), null),
          if(name = 'Order Completed', 'KRW', ''),
          if(${shows}, ${texts}, map()), if(${shows}, ${texts}, map()),
          if(${shows}, map('price', toDecimal64(price, 4)), map())
        from (select number, cityHash64(number, 2) % 100 as die, 5900 + ${product} % 50 * 2000 as price,
          ['니트', '원피스', '신발', '가방', '향수'][1 + ${product} % 5] as category
          from numbers({from:UInt64}, {count:UInt64}))`,
    },
  ]
}
