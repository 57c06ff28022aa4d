import { afterAll, beforeAll, expect, test } from 'vitest'
import { Flow } from '../campaigns/campaign.ts'
import { assignments } from '../experiments/assignments.service.ts'
import { keptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { seededRandom } from '../lib/random.ts'
import { shops } from '../shops/shops.service.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { effects } from './effects.service.ts'
import { type FirstOrderKind, firstProductsOf } from './first-orders.ts'

const now = Date.UTC(2026, 2, 2, 1)
const people = 300
const random = seededRandom('first orders')
const chance = () => random.next()
const pick = (most: number) => Math.floor(chance() * most)

type Line = { product: string; isGoods: boolean; quantity: number; refunded: number; net: number }
type Order = {
  id: string
  customer: number
  at: number
  sequence: number
  status: string
  currency: string
  lines: Line[]
}
type Person = { customer: number; arm: 'treatment' | 'holdout'; mixed: boolean; at: number }

const flowWith = (recommend: object) =>
  Flow.parse({
    trigger: { kind: 'page', when: [{ kind: 'now' }] },
    steps: [
      {
        kind: 'message',
        id: 1,
        content: {
          channel: 'onsite',
          form: 'slide',
          parts: [
            { kind: 'heading', id: 'p1', text: '먼저 써 보세요' },
            { kind: 'cards', id: 'p2', from: { kind: 'recommended' }, limit: 2 },
          ],
          recommend,
          refuse: '괜찮아요',
          rests: ['today', '7d'],
        },
      },
    ],
    goal: { event: 'Order Completed', metric: 'orders', windowHours: 90 * 24 },
    holdoutShare: 0.4,
  })
const draft = flowWith({ strategy: 'chosen', products: ['A', 'B'], limit: 2 })

let world: TestWorld
let shop: ShopId
const everybody: Person[] = Array.from({ length: people }, (_, index) => ({
  customer: index + 1,
  arm: chance() < 0.4 ? 'holdout' : 'treatment',
  mixed: chance() < 0.03,
  at: now - pick(200) * dayMs - pick(dayMs),
}))
// The last two work at the shop.
const own = [people, people - 1]

/** Orders around the decision, some before it, at its very instant, or exactly at the end of a time; of all kinds that do not count. */
const orders: Order[] = everybody.flatMap(({ customer, at }) => {
  const began = at + (pick(8) === 0 ? -40 * dayMs : pick(9 * 4) * (dayMs / 4))
  return Array.from({ length: pick(4) }, (_, index) => ({
    id: `o${customer}-${index}`,
    customer,
    at: Math.min(
      now - 1,
      began +
        (pick(3) === 0 ? index * 30 : pick(4) === 0 ? 0 : pick(95)) * dayMs * Math.sign(index),
    ),
    sequence: pick(2),
    status: ['paid', 'paid', 'paid', 'paid', 'cancelled', 'created'][pick(6)] ?? '',
    currency: pick(20) === 0 ? 'USD' : 'KRW',
    lines: Array.from({ length: 1 + pick(2) }, () => ({
      product: ['A', 'A-red', 'B', 'C', 'D'][pick(5)] ?? '',
      isGoods: pick(12) > 0,
      quantity: 2,
      refunded: pick(8) === 0 ? 2 : pick(2),
      net: pick(15) === 0 ? 0 : 50_000_000,
    })),
  }))
})

beforeAll(async () => {
  world = await openTestWorld({ now, max: 4 })
  const { db, clock } = world
  shop = await shops({ db, clock }).create('온샵', false)
  await db.begin(async (tx) => {
    const { record } = assignments()
    const rows = everybody.map(({ customer, arm, at }) => ({ customer, arm, at }))
    const of = { experiment: 'campaign:1', share: 0.4 }
    await record(
      tx,
      shop,
      rows.map((row) => ({ ...of, ...row })),
    )
    const met = everybody.filter(({ mixed }) => mixed)
    const other = { treatment: 'holdout', holdout: 'treatment' } as const
    await record(
      tx,
      shop,
      met.map(({ customer, arm, at }) => ({ ...of, customer, at, arm: other[arm] })),
    )
  })
  await db`
    insert into decisions ${db(
      everybody.map(({ customer, arm, at }) => ({
        ...{
          shop,
          month: 202602,
          cause_key: `c${customer}`,
          campaign: 1,
          customer,
          channel: 'onsite',
        },
        ...{ purpose: 'advertising', arm, would_send: true, outcome: 'sent', reason: 'sent', at },
      })),
    )}`
  await db`
    insert into customers (shop, id, assignment_key, internal, created_at, first_seen_at, last_seen_at, version)
    overriding system value select ${shop}, u, 'k' || u, true, 0, 0, 0, 1 from unnest(${own}::bigint[]) u`
  await db`
    insert into products ${db(
      ['A', 'A-red', 'B', 'C'].map((id) => ({
        ...{ shop, id, name: id, updated_at: 0, parent: id === 'A-red' ? 'A' : null },
      })),
    )}`
  await db`
    insert into orders ${db(
      orders.map(({ id, customer, at, sequence, status, currency }) => ({
        ...{ shop, id, customer, sequence, status, currency, created_at: at, version: 1 },
        ...{ paid_at: status === 'created' ? null : at, gross: 200_000_000 },
      })),
    )}`
  await db`
    insert into order_lines ${db(
      orders.flatMap(({ id, lines }) =>
        lines.map((line, index) => ({
          ...{ shop, order_id: id, line: index, product: line.product, name: line.product },
          ...{ quantity: line.quantity, refunded_quantity: line.refunded, price: 50_000_000 },
          ...{ net: line.net, is_goods: line.isGoods },
        })),
      ),
    )}`
})
afterAll(() => world?.close())

const report = async (flow: Flow) => {
  const { db, warehouse, clock } = world
  const kept = keptResults({ db, clock, patienceMs: 60_000 })
  const campaigns = { get: async () => ({ draft: flow }) }
  const asked = effects({ db, warehouse, shops: shops({ db, clock }), campaigns, kept })
  const answer = await asked.effect(shop, 1)
  if (answer.state !== 'ready') throw new Error('the report is waited for')
  return answer.result
}

/** The same by hand, person by person, from what was put in. */
function byHand(kind: FirstOrderKind, arm: Person['arm']) {
  const again = Number(kind.split('_')[1])
  const isAgain = kind.startsWith('again')
  const told = { people: 0, open: 0, ordered: 0, did: 0 }
  for (const person of everybody) {
    if (person.arm !== arm || person.mixed || own.includes(person.customer)) continue
    const counted = orders
      .filter(
        ({ customer, status, currency }) =>
          customer === person.customer && status === 'paid' && currency === 'KRW',
      )
      .map((order) => ({
        ...order,
        lines: order.lines.filter(
          (line) => line.isGoods && line.quantity > line.refunded && line.net > 0,
        ),
      }))
      .filter(({ lines }) => lines.length > 0)
      .sort((a, b) => a.at - b.at || a.sequence - b.sequence || (a.id < b.id ? -1 : 1))
    const [first, second] = counted
    if (first && first.at <= person.at) continue
    if (person.at + (isAgain ? 7 + again : 7) * dayMs > now) {
      told.open++
      continue
    }
    told.people++
    if (!first || first.at > person.at + 7 * dayMs) continue
    told.ordered++
    const isShown = first.lines.some(({ product }) => ['A', 'A-red', 'B'].includes(product))
    const isBack = second !== undefined && second.at <= first.at + again * dayMs
    if (kind === 'ordered' || (isAgain ? isBack : isShown)) told.did++
  }
  return told
}

test('first orders, what they held and who came back agree with the same counted by hand', async () => {
  const { firstOrders, metric } = await report(draft)
  expect(metric).toBe('orders')
  expect(firstOrders?.products).toEqual(['A', 'B'])
  const kinds = ['ordered', 'with_products', 'again_30', 'again_60', 'again_90'] as const
  expect(firstOrders?.outcomes.map(({ kind }) => kind)).toEqual(kinds)
  for (const [at, kind] of kinds.entries()) {
    const outcome = firstOrders?.outcomes[at]
    const [treatment, holdout] = [byHand(kind, 'treatment'), byHand(kind, 'holdout')]
    expect(outcome?.effect.people, kind).toEqual({
      treatment: treatment.people,
      holdout: holdout.people,
    })
    expect(outcome?.effect.means.treatment, kind).toBeCloseTo(treatment.did / treatment.people, 12)
    expect(outcome?.effect.means.holdout, kind).toBeCloseTo(holdout.did / holdout.people, 12)
    expect(outcome?.open, kind).toBe(treatment.open + holdout.open)
    const of = ({ ordered, did }: typeof treatment) => ({ ordered, did })
    const among = kind === 'ordered' ? null : { treatment: of(treatment), holdout: of(holdout) }
    expect(outcome?.among, kind).toEqual(among)
    // There is something to compare in every row.
    expect(treatment.did, kind).toBeGreaterThan(5)
    expect(holdout.did, kind).toBeGreaterThan(2)
    expect(outcome?.effect.difference).not.toBeNull()
  }
})

test('a campaign that chooses for each person tells of no products, and one for other goods of no first orders', async () => {
  const best = await report(flowWith({ strategy: 'best_first_products' }))
  expect(best.firstOrders?.products).toBeNull()
  expect(best.firstOrders?.outcomes.map(({ kind }) => kind)).not.toContain('with_products')
  expect((await report(flowWith({ strategy: 'popular' }))).firstOrders).toBeNull()
  expect(firstProductsOf(draft)).toEqual({ products: ['A', 'B'] })
})
