import type { Definition } from '../../server/src/segments/definition.ts'
import { expand, lookupIn } from '../../server/src/segments/expand.ts'
import { readDefinition } from '../../server/src/segments/read-definition.ts'
import { survivorSql } from '../../server/src/warehouse/survivor.ts'
import { dayMs } from './shop-year.ts'

// What a person would write who knows the tables: the newest mirror of whoever lives, merges followed, people without events
// counted. Several ways each, because which one is fastest depends on the question.
const followed = survivorSql('customer')
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

// Who put something into the cart in the window, long enough ago to know that no order came.
const cartsWithoutOrder = (among: string) => `
  select person from (
    select ${followed} as person,
      groupArrayIf((at, position), name = 'Product Viewed') as views,
      groupArrayIf((at, position), name = 'Product Added') as carts,
      groupArrayIf((at, position), name = 'Order Completed') as orders
    from events
    where shop = 1 and name in ('Product Viewed', 'Product Added', 'Order Completed') and ${upTo} and at > ${since(74)} ${among}
    group by person)
  where arrayExists(cart -> cart.1 > ${since(60)} and cart.1 <= ${since(7)}
    and arrayExists(view -> view < cart and view.1 >= cart.1 - interval 14 day, views)
    and not arrayExists(order -> order > cart and order.1 <= cart.1 + interval 7 day, orders), carts)`

const asked = [
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
  {
    name: 'looked, put into the cart within 14 days and did not order within 7 days after it, in the last 60 days',
    where: {
      kind: 'sequence',
      window: rolling(60),
      steps: [
        { event: 'Product Viewed' },
        { event: 'Product Added', within: { amount: 14, unit: 'days' } },
      ],
      not: { event: 'Order Completed', within: { amount: 7, unit: 'days' } },
    },
    byHand: [
      `select count() as d0 from customers final where ${alive} and customer in (${cartsWithoutOrder('')})`,
      `with put as (select distinct ${followed} from events
         where shop = 1 and name = 'Product Added' and ${upTo} and at > ${since(60)} and at <= ${since(7)})
       select count() as d0 from customers final
       where ${alive} and customer in (${cartsWithoutOrder('and person in put')})`,
    ],
  },
  {
    name: 'looked at three different products or more in 30 days',
    where: event('Product Viewed', {
      window: rolling(30),
      measure: { of: 'distinct', path: 'product_id', is: { op: '>=', value: 3 } },
    }),
    byHand: [
      `select count() as d0 from customers final where ${alive} and customer in (
         select ${followed} as person from events
         where shop = 1 and name = 'Product Viewed' and ${upTo} and at > ${since(30)} and product_id != ''
         group by person having uniqExact(product_id) >= 3)`,
      `select count() as d0 from customers final where ${alive} and customer in (
         select ${followed} as person from events
         where shop = 1 and name = 'Product Viewed' and ${upTo} and at > ${since(30)} and product_id != ''
         group by person having length(groupUniqArray(3)(product_id)) >= 3)`,
    ],
  },
  {
    name: 'ordered three times or more and is considering now',
    where: {
      kind: 'all',
      of: [
        {
          kind: 'fact',
          path: 'orders.count',
          is: { type: 'number', op: 'is', than: { op: '>=', value: 3 } },
        },
        { kind: 'fact', ...textIs('stage.now', 'considered') },
      ],
    },
    byHand: [
      `select countIf(fact_numbers['orders.count'] >= 3 and fact_texts['stage.now'] = 'considered') as d0
       from customers final where ${alive}`,
    ],
  },
  {
    name: 'in the segment of VIPs, not in the segment of those who ordered in 90 days',
    where: {
      kind: 'all',
      of: [
        { kind: 'segment', segment: 1 },
        { kind: 'not', of: { kind: 'segment', segment: 2 } },
      ],
    },
    byHand: [
      `select count() as d0 from customers final where ${alive} and texts['grade'] = 'VIP'
         and customer in (
           select ${followed} as person from events where shop = 1 and name = 'Product Viewed' and ${upTo} and at > ${since(30)}
           group by person having count() >= 2)
         and customer not in (
           select ${followed} from events where shop = 1 and name = 'Order Completed' and ${upTo} and at > ${since(90)})`,
      `select countIf(c.vip and e.views >= 2 and e.orders = 0) as d0
       from (select customer, texts['grade'] = 'VIP' as vip from customers final where ${alive}) as c
       left join (
         select ${followed} as person, countIf(name = 'Product Viewed' and at > ${since(30)}) as views,
           countIf(name = 'Order Completed') as orders
         from events where shop = 1 and name in ('Product Viewed', 'Order Completed') and ${upTo} and at > ${since(90)}
         group by person
       ) as e on e.person = c.customer`,
    ],
  },
] as const

/** The segments that the last question names. */
const named = lookupIn([
  {
    id: 1,
    name: 'VIP',
    definition: readDefinition({
      format: 1,
      where: {
        kind: 'all',
        of: [
          { kind: 'trait', ...textIs('grade', 'VIP') },
          event('Product Viewed', { window: rolling(30), measure: count('>=', 2) }),
        ],
      },
    }),
  },
  {
    id: 2,
    name: '구매 90일',
    definition: readDefinition({
      format: 1,
      where: event('Order Completed', { window: rolling(90), measure: count('>=', 1) }),
    }),
  },
])

type Question = {
  readonly name: string
  readonly definition: Definition
  /** Several queries that are right; the fastest is the floor. */
  readonly byHand: readonly string[]
}

/** What `segment-count` asks: everything the language can say at least once, beside what a person would write. */
export const questions: readonly Question[] = asked.map(({ name, where, byHand }) => ({
  name,
  definition: expand(readDefinition({ format: 1, where }), named),
  byHand,
}))
