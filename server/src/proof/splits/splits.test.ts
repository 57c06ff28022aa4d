import { afterAll, beforeAll, expect, test } from 'vitest'
import { customers } from '../../customers/customers.service.ts'
import { did } from '../../events/line-world.contract.ts'
import { assignments } from '../../experiments/assignments.service.ts'
import { isHeldOutOfShop, shopExperiment } from '../../experiments/shop-wide.ts'
import { keptResults } from '../../jobs/kept-results.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import { dayMs } from '../../lib/duration.ts'
import { orders } from '../../orders/orders.service.ts'
import { linesFrom, openFile } from '../../segments/lists/read-file.service.ts'
import { defined, openSegments } from '../../segments/segments-world.contract.ts'
import { type Shops, shops } from '../../shops/shops.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import type { Actor } from '../../web/route.ts'
import { type Splits, splits } from './splits.service.ts'

let world: TestWorld
let tenants: Shops
let room: ReturnType<typeof openSegments>
let split: Splits
let shop: ShopId
let segment = 0
let made = 0
const actor = (role: Actor['role'] = 'marketer') => ({ shop, name: 'member:1', role }) as const
const people = 120

beforeAll(async () => {
  world = await openTestWorld()
  const { db, warehouse, clock } = world
  const arms = assignments()
  room = openSegments(world, {
    before: [orders().room],
    more: [
      {
        name: 'arms',
        open: async (tx, turn) => {
          await arms.merge(tx, turn.shop, turn.merges)
          return {
            nextDue: () => Number.POSITIVE_INFINITY,
            fire: () => {},
            apply: () => {},
            discard: () => {},
            close: async () => {},
          }
        },
      },
    ],
  })
  shop = await insertShop(db)
  tenants = shops({ db, clock })
  split = splits({
    db,
    warehouse,
    clock,
    shops: tenants,
    segments: room.segments,
    assignments: arms,
    customers: customers({ db }),
    vault: vault(Buffer.alloc(32, 7)),
    kept: keptResults({ db, clock, patienceMs: 60_000 }),
    files: { openFile, linesFrom },
    slicePeople: 25,
  })
  const viewed = {
    kind: 'event',
    event: 'Product Viewed',
    window: { kind: 'ever' },
    measure: { of: 'count', is: { op: '>=', value: 1 } },
  } as const
  const input = { name: '본 사람', description: '', definition: defined(viewed) }
  segment = (await room.segments.create(actor(), input)).id
  await room.door.accept(
    shop,
    Array.from({ length: people }, (_, n) => did(world, { anonymous: `d${n}`, ...member(n) })),
  )
  await room.settle(shop)
})
afterAll(() => world.close())

/** The last two are known by their devices only. */
const member = (n: number) => (n < people - 2 ? { user: `u${n}`, verified: true } : {})

async function drawn(share: number, metric: 'purchase' | 'orders' | 'revenue' = 'purchase') {
  const input = {
    name: '문자 실험',
    segment,
    reach: 'everyone',
    share,
    metric,
    windowDays: 7,
  } as const
  const { id } = await split.create(actor(), input)
  let turns = 0
  while (await split.turn()) turns++
  return { id, turns }
}

async function file(id: number, arm: 'treatment' | 'holdout', role: Actor['role'] = 'marketer') {
  const { body } = await split.file(actor(role), { id, arm, language: 'en' })
  const [head, ...lines] = (await new Response(body).text()).trim().split('\r\n')
  return { head, ids: lines.map((line) => Number(line.split(',')[0])), lines }
}

function buys(n: number, revenue: number) {
  made++
  return did(
    world,
    { anonymous: `d${n}`, ...member(n) },
    {
      name: 'Order Completed',
      body: {
        properties: {
          ...{ order_id: `o${made}`, revenue, currency: 'KRW' },
          products: [{ product_id: 'mug', name: '머그컵', price: revenue, quantity: 1 }],
        },
      },
    },
  )
}

test('everyone who is a member at one instant is on one list, and stays there', async () => {
  const { id, turns } = await drawn(0.5)
  // One turn calls the members, the others draw 25 each.
  expect(turns).toBe(6)
  const told = await split.get(shop, id)
  expect(told).toMatchObject({ state: 'drawn', total: people, done: people, mixed: 0 })
  expect(told.treatment.people + told.holdout.people).toBe(people)
  expect(told.holdout.people).toBeGreaterThan(people * 0.3)
  const [sent, held] = [await file(id, 'treatment'), await file(id, 'holdout')]
  expect(new Set([...sent.ids, ...held.ids]).size).toBe(people)
  expect(sent.ids).toHaveLength(told.treatment.people)
  expect(sent.head).toContain('id,member_id,name,email,phone')
  // Somebody who becomes a member later is on no list.
  await room.door.accept(shop, [did(world, { anonymous: 'late' })])
  await room.settle(shop)
  expect((await file(id, 'treatment')).ids).toEqual(sent.ids)
  expect(room.audited).toContain('split.list-downloaded')
})

test('two people who turn out to be one are on both lists and are not compared', async () => {
  const { id } = await drawn(0.5)
  const before = await split.get(shop, id)
  const arms = await world.db<{ device: string; arm: string }[]>`
    select i.value as device, a.arm from assignments a
    join identities i on i.shop = a.shop and i.customer = a.customer and i.kind = 'anonymous'
    where a.shop = ${shop} and a.experiment = ${`split:${id}`} order by i.value`
  const device = `d${people - 1}`
  const own = arms.find((one) => one.device === device)?.arm
  const other = arms.find((one) => one.arm !== own && one.device !== `d${people - 2}`)
  const user = `u${other?.device.slice(1)}`
  await room.door.accept(shop, [
    did(
      world,
      { anonymous: device, user, verified: true },
      { kind: 'identify', name: 'Identified' },
    ),
  ])
  await room.settle(shop)
  const after = await split.get(shop, id)
  expect(after.mixed).toBe(1)
  // One more had come by then; of two people one is left, and is compared with nobody.
  expect(after.treatment.people + after.holdout.people).toBe(people - 1)
  expect(before.mixed).toBe(0)
})

test('the result is that of the lists from the draw on, as a second count gives it', async () => {
  const { id } = await drawn(0.4, 'revenue')
  const { drawnAt } = await split.get(shop, id)
  world.clock.advance(dayMs)
  const happenings = []
  for (let n = 0; n < 60; n++) happenings.push(buys(n, 10_000 + 100 * n))
  for (let n = 0; n < 10; n++) happenings.push(buys(n, 5_000))
  await room.door.accept(shop, happenings)
  await room.settle(shop)
  const early = await split.effect(shop, id, true)
  expect(early.state === 'ready' && early.result.open).toBe(people)
  world.clock.advance(7 * dayMs)
  // After the window: counts for nobody.
  await room.door.accept(shop, [buys(70, 99_000)])
  await room.settle(shop)
  await expect
    .poll(async () => {
      const kept = await split.effect(shop, id, false)
      return kept.state === 'ready' && kept.result.open
    })
    .toBe(0)
  const kept = await split.effect(shop, id, false)
  if (kept.state !== 'ready') throw new Error('not ready')
  const [revenue, bought] = kept.result.outcomes
  const rows = await world.db<
    { arm: 'treatment' | 'holdout'; people: number; sum: number; n: number }[]
  >`
    select arm, count(*)::int as people, coalesce(sum(spent), 0)::float8 as sum, count(spent)::int as n from (
      select a.arm, (select sum(o.gross) / 10000.0 from orders o where o.customer = a.customer and o.shop = a.shop
                     and o.paid_at > ${drawnAt} and o.paid_at <= ${(drawnAt ?? 0) + 7 * dayMs}) as spent
      from assignments a where a.shop = ${shop} and a.experiment = ${`split:${id}`} and a.arm <> 'mixed'
    ) as one group by arm`
  expect(rows).toHaveLength(2)
  for (const { arm, people: count, sum, n } of rows) {
    expect(revenue?.effect.people[arm]).toBe(count)
    expect(revenue?.effect.means[arm]).toBeCloseTo(sum / count, 6)
    expect(bought?.effect.means[arm]).toBeCloseTo(n / count, 9)
  }
  expect(kept.result.outcomes.map(({ metric }) => metric)).toEqual([
    'revenue',
    'purchase',
    'orders',
  ])
  expect(revenue?.effect.difference?.low ?? 0).toBeLessThan(revenue?.effect.difference?.high ?? 0)
})

test('who gets no advertising at all is on neither list, and is told of', async () => {
  const { db } = world
  await tenants.set(shop, 'sending', { shopHoldout: 0.1 })
  const [recorded] = await db<{ id: number }[]>`
    select m.customer as id from memberships m where m.shop = ${shop} and m.segment = ${segment} order by m.customer limit 1`
  const drawnOut = await db<{ id: number; key: string }[]>`
    select c.id, c.assignment_key as key from memberships m join customers c on c.shop = m.shop and c.id = m.customer
    where m.shop = ${shop} and m.segment = ${segment}`
  const out = new Set(
    drawnOut
      .filter(({ key }) => isHeldOutOfShop({ share: 0.1, recorded: undefined, assignmentKey: key }))
      .map(({ id }) => id),
  )
  // What was recorded of somebody outranks their draw.
  const first = recorded?.id ?? 0
  const arm = out.has(first) ? 'treatment' : 'holdout'
  if (!out.delete(first)) out.add(first)
  await db.begin((tx) =>
    assignments().record(tx, shop, [
      { experiment: shopExperiment, customer: first, arm, share: 0.1, at: 0 },
    ]),
  )
  const plan = await split.plan(shop, {
    segment,
    reach: 'everyone',
    metric: 'purchase',
    windowDays: 7,
  })
  expect(plan.people + plan.leftOut).toBe(drawnOut.length)
  expect(plan.leftOut).toBe(Math.round(drawnOut.length * 0.1))
  const { id } = await drawn(0.5)
  const told = await split.get(shop, id)
  expect(told).toMatchObject({ total: drawnOut.length, done: drawnOut.length, leftOut: out.size })
  expect(out.size).toBeGreaterThan(1)
  const [sent, held] = [await file(id, 'treatment'), await file(id, 'holdout')]
  expect([...sent.ids, ...held.ids].toSorted((a, b) => a - b)).toEqual(
    drawnOut
      .map((one) => one.id)
      .filter((one) => !out.has(one))
      .toSorted((a, b) => a - b),
  )
  await tenants.set(shop, 'sending', { shopHoldout: 0 })
})

test('a file of who really got it describes and takes nobody out', async () => {
  const { id } = await drawn(0.5)
  const [sent, held] = [await file(id, 'treatment'), await file(id, 'holdout')]
  const before = await split.get(shop, id)
  const got = [...sent.ids.slice(0, 30), ...held.ids.slice(0, 2)]
  const lines = ['customer_id', ...got, 999_999].join('\n')
  await split.expose(actor(), { id, name: 'got.csv', bytes: Buffer.from(lines) })
  while (await split.turn());
  const told = await split.get(shop, id)
  expect(told.exposure).toEqual({
    state: 'read',
    fileName: 'got.csv',
    answer: { rows: 33, matched: 32, strangers: 0 },
  })
  expect(told.treatment).toEqual({ people: before.treatment.people, exposed: 30 })
  expect(told.holdout).toEqual({ people: before.holdout.people, exposed: 2 })
  // A later file takes the place of an earlier one.
  await split.expose(actor(), {
    id,
    name: 'all.csv',
    bytes: Buffer.from(`customer_id\n${sent.ids.join('\n')}`),
  })
  while (await split.turn());
  const later = await split.get(shop, id)
  expect([later.treatment.exposed, later.holdout.exposed]).toEqual([before.treatment.people, 0])
})

test('what so many people can show is told before they are split', async () => {
  const plan = await split.plan(shop, {
    segment,
    reach: 'everyone',
    metric: 'purchase',
    windowDays: 30,
  })
  const [count] = await world.db<{ buyers: number }[]>`
    select count(distinct customer)::int as buyers from orders where shop = ${shop} and paid_at > ${world.clock.now() - 30 * dayMs}`
  expect(plan.base).toBeCloseTo((count?.buyers ?? 0) / plan.people, 9)
  expect(plan.shares.map(({ share }) => share)).toEqual([0.1, 0.2, 0.3, 0.5])
  // Nobody agreed to advertising by mail.
  const mail = await split.plan(shop, {
    segment,
    reach: 'email',
    metric: 'purchase',
    windowDays: 30,
  })
  expect(mail).toMatchObject({ people: 0, base: null, shares: [] })
  // Coming again and joining are foretold from visits, as long before.
  const now = world.clock.now()
  const [one, two] = await world.db<{ customer: number }[]>`
    select customer from memberships where shop = ${shop} and segment = ${segment} order by customer limit 2`
  const told = (position: number, days: number, [customer, name]: readonly [number, string]) => {
    const at = new Date(now - days * dayMs).toISOString()
    const times = { at, received_at: at, processed_at: at }
    const row = { shop, customer, position: 5_000_000 + position, name, ...times }
    return { ...row, kind: 'derived', message_id: `visit:${position}` }
  }
  const visits = [
    told(1, 3, [one?.customer ?? 0, 'Visit Started']),
    told(2, 40, [two?.customer ?? 0, 'Visit Started']),
  ]
  for (let n = 0; n < 60; n++) {
    visits.push(told(10 + n, 45, [900_000 + n, 'Visit Started']))
    if (n < 15) visits.push(told(100 + n, n < 12 ? 40 : 1, [900_000 + n, 'Signed Up']))
  }
  const asked = { segment, reach: 'everyone', windowDays: 5, metric: 'revisit' } as const
  const before = await split.plan(shop, asked)
  await world.warehouse.insert('events', visits)
  const again = await split.plan(shop, asked)
  expect(again.base).toBeCloseTo((before.base ?? 0) + 1 / again.people, 9)
  const joining = await split.plan(shop, { ...asked, windowDays: 30, metric: 'sign_up' })
  // Beside the sixty, the member who came then and never joined.
  expect(joining.base).toBeCloseTo(12 / 61, 9)
})
