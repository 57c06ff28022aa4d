import { countSql } from '../../server/src/segments/compile.ts'
import { readDefinition } from '../../server/src/segments/read-definition.ts'
import { type Generated, timed, withWarehouse } from './cached-warehouse.ts'
import { type Line, type Measured, rounded } from './measured.ts'

const fullEvents = 20_000_000
const eventsPerPerson = 20
const runs = 7
const goal = 1.3
const dayMs = 86_400_000
/** The history's year ends here; "now" of the questions. */
const now = Date.UTC(2026, 10, 1)

/** How near the compiled SQL of a segment comes to the best that a person would write by hand. */
export const segmentCount: Line = {
  name: 'segment-count',
  sentence:
    'count of a segment over 20 M events of 1 M customers; floor: the fastest of several hand-written queries that are right',
  run: async (size) => {
    const events = size.rows ?? fullEvents
    return withWarehouse(`segments-1-${events}`, historyOf(events), async (warehouse) => {
      const measured: Measured[] = []
      for (const { name, where, byHand } of questions) {
        const definition = readDefinition({ format: 1, where })
        const compiled = countSql([definition], { shop: 1, position: events, now })
        const written = byHand.map((sql) => ({ sql, params: { position: events, now } }))
        const [ours, ...hands] = await timed<{ d0: number }>(
          warehouse,
          [compiled, ...written],
          runs,
        )
        const counts = [ours, ...hands].map((one) => one?.rows[0]?.d0)
        if (!ours || new Set(counts).size !== 1)
          throw new Error(`${name}: the counts differ: ${counts.join(', ')}`)
        const floor = Math.min(...hands.map(({ seconds }) => seconds))
        const ratio = ours.seconds / floor
        measured.push({
          line: `segment count: ${name}`,
          value: rounded(ours.seconds),
          unit: 's',
          floor: rounded(floor),
          ratio: rounded(ratio),
          goal: `${goal} x the floor`,
          met: ratio <= goal && events === fullEvents,
          notes: {
            members: counts[0] ?? 0,
            events,
            byHand: hands.map(({ seconds }) => rounded(seconds)).join(' / '),
          },
        })
      }
      return measured
    })
  },
}

// What a person would write who knows the tables: the newest mirror of whoever lives, merges followed, people without events
// counted. Several ways each, because which one is fastest depends on the question.
const followed = "dictGetOrDefault('alias_of', 'survivor', (shop, customer), customer)"
const upTo = 'position <= {position:UInt64} and at <= fromUnixTimestamp64Milli({now:Int64})'
const alive = `shop = 1 and not erased and ${followed} = customer`
const since = (days: number) => `fromUnixTimestamp64Milli({now:Int64} - ${days * dayMs})`

const event = (name: string, rest: object) => ({ kind: 'event', event: name, ...rest })
const ever = { kind: 'ever' }
const rolling = (amount: number) => ({ kind: 'rolling', span: { amount, unit: 'days' } })
const count = (op: string, value: number) => ({ of: 'count', is: { op, value } })
const textIs = (path: string, value: string) => ({
  path,
  is: { type: 'text', op: 'equals', value },
})

const questions = [
  {
    name: 'signed up and never ordered',
    where: {
      kind: 'all',
      of: [
        event('Signed Up', { window: ever, measure: count('>=', 1) }),
        event('Order Completed', { window: ever, measure: count('=', 0) }),
      ],
    },
    byHand: [
      `select count() as d0 from customers final where ${alive} and customer in (
         select ${followed} as person from events
         where shop = 1 and name in ('Signed Up', 'Order Completed') and ${upTo}
         group by person having countIf(name = 'Signed Up') >= 1 and countIf(name = 'Order Completed') = 0)`,
      `select countIf(e.signed >= 1 and e.ordered = 0) as d0
       from (select customer from customers final where ${alive}) as c
       left join (
         select ${followed} as person, countIf(name = 'Signed Up') as signed, countIf(name = 'Order Completed') as ordered
         from events where shop = 1 and name in ('Signed Up', 'Order Completed') and ${upTo} group by person
       ) as e on e.person = c.customer`,
    ],
  },
  {
    name: 'looked at knitwear three times in 30 days, no order in 90',
    where: {
      kind: 'all',
      of: [
        event('Product Viewed', {
          window: rolling(30),
          measure: count('>=', 3),
          where: { kind: 'property', ...textIs('category', '니트') },
        }),
        event('Order Completed', { window: rolling(90), measure: count('=', 0) }),
      ],
    },
    byHand: [
      `select count() as d0 from customers final where ${alive} and customer in (
         select ${followed} as person from events
         where shop = 1 and name in ('Product Viewed', 'Order Completed') and ${upTo} and at > ${since(90)}
         group by person
         having countIf(name = 'Product Viewed' and at > ${since(30)} and texts['category'] = '니트') >= 3
            and countIf(name = 'Order Completed') = 0)`,
      `select count() as d0 from customers final where ${alive}
         and customer in (
           select ${followed} as person from events
           where shop = 1 and name = 'Product Viewed' and ${upTo} and at > ${since(30)} and texts['category'] = '니트'
           group by person having count() >= 3)
         and customer not in (
           select ${followed} from events
           where shop = 1 and name = 'Order Completed' and ${upTo} and at > ${since(90)})`,
    ],
  },
  {
    name: 'VIP who spent 100,000 in a year and not in 60 days, or whoever never looked',
    where: {
      kind: 'any',
      of: [
        {
          kind: 'all',
          of: [
            { kind: 'trait', ...textIs('grade', 'VIP') },
            event('Order Completed', {
              window: rolling(365),
              measure: {
                of: 'sum',
                path: 'value',
                currency: 'KRW',
                is: { op: '>=', value: 100_000 },
              },
            }),
            event('Order Completed', {
              window: ever,
              measure: {
                of: 'last',
                is: { op: 'at-least-ago', span: { amount: 60, unit: 'days' } },
              },
            }),
          ],
        },
        event('Product Viewed', { window: ever, measure: count('=', 0) }),
      ],
    },
    byHand: [
      `select countIf((c.vip and e.spent >= 100000 and e.last <= ${since(60)} and e.orders > 0) or e.views = 0) as d0
       from (select customer, texts['grade'] = 'VIP' as vip from customers final where ${alive}) as c
       left join (
         select ${followed} as person, countIf(name = 'Product Viewed') as views, countIf(name = 'Order Completed') as orders,
           maxIf(at, name = 'Order Completed') as last,
           sumIf(value, name = 'Order Completed' and at > ${since(365)} and currency in ('', 'KRW')) as spent
         from events where shop = 1 and name in ('Product Viewed', 'Order Completed') and ${upTo} group by person
       ) as e on e.person = c.customer`,
      `select count() as d0 from customers final where ${alive} and (
         customer not in (select ${followed} from events where shop = 1 and name = 'Product Viewed' and ${upTo})
         or (texts['grade'] = 'VIP' and customer in (
           select ${followed} as person from events where shop = 1 and name = 'Order Completed' and ${upTo}
           group by person having max(at) <= ${since(60)}
             and sumIf(value, at > ${since(365)} and currency in ('', 'KRW')) >= 100000)))`,
    ],
  },
] as const

/** A year of a shop: 1 in 10 customers never did anything, 1 in 100 was merged into another; every fifth look is at knitwear. */
function historyOf(events: number): readonly Generated[] {
  const people = Math.round(events / eventsPerPerson)
  const yearMs = 365 * dayMs
  const product = '(cityHash64(number, 3) % 1000)'
  const shows = "name in ('Product Viewed', 'Product Added')"
  const grade = 'number % 10 >= 6, number % 10 = 9'
  const texts = `map('product_id', concat('p', toString(${product})), 'category', category)`
  return [
    {
      table: 'customers',
      rows: people,
      insert: `insert into customers (shop, customer, version, member, created_at, texts, folded, numbers)
        with 1 + arraySum([${grade}]) as grade
        select 1, number + 1, number + 1, number % 3 != 0, fromUnixTimestamp64Milli(${now - yearMs}),
          map('grade', ['새싹', '단골', 'VIP'][grade], 'city', toString(number % 17)),
          map('grade', ['새싹', '단골', 'vip'][grade], 'city', toString(number % 17)),
          map('points', toDecimal64(number % 10000, 4))
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
          fromUnixTimestamp64Milli(toInt64(${now - yearMs} + intDiv(number * ${yearMs}, {rows:UInt64}))) as moment, moment, moment,
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
