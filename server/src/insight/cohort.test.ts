import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { seededRandom } from '../lib/random.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { cohortRows } from './cohort.store.ts'
import { type CohortBase, type CohortReturn, cohortStarts, cohortsOf } from './cohort.ts'
import { buyersOf, insertShopLife, madeCustomers, madeOrders } from './insight-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const day0 = Date.UTC(2026, 0, 1)
const asOf = day0 + 130 * dayMs
const zone = 'Asia/Seoul'
const starts = cohortStarts(asOf, { unit: 'month', count: 4, zone })
const month = 30 * dayMs

type Followed = {
  readonly base: number
  readonly first: number
  readonly later: readonly (readonly [at: number, amount: number])[]
}

/** The plain reading of one cell: everybody of the cohort whose period is over, one by one. */
function plainCell(people: readonly Followed[], cohort: number, period: number) {
  const own = people.filter(
    ({ base }) => base >= (starts[cohort] ?? 0) && base < (starts[cohort + 1] ?? 0),
  )
  const over = own.filter(({ base }) => base + period * month <= asOf)
  const inPeriod = ({ base, later }: Followed) =>
    later.filter(([at]) => at >= base + (period - 1) * month && at < base + period * month)
  return {
    size: own.length,
    n: over.length,
    returned: over.filter((one) => inPeriod(one).length > 0).length,
    ever: over.filter(({ base, later }) => later.some(([at]) => at < base + period * month)).length,
    revenue: over.flatMap(inPeriod).reduce((sum, [, amount]) => sum + amount, 0),
  }
}

test('every cell of random shops is what counting its people one by one gives', async () => {
  const shop = await insertShop(world.db)
  const customers = madeCustomers('cohort', 80, day0)
  const orders = madeOrders('cohort', { size: 260, people: 80, day0, days: 129 })
  await insertShopLife(world, shop, { customers, orders })
  const visits = await insertVisits(
    shop,
    customers.map((one) => one.id),
  )
  const bought = buyersOf({ customers, orders }, asOf)
  const survivor = (id: number) => customers[id - 1]?.survivor ?? 0
  const isOwn = (id: number) => customers[survivor(id) - 1]?.internal === true
  const seen = Map.groupBy(
    visits.filter((one) => !isOwn(one.customer)),
    (one) => survivor(one.customer),
  )
  const visitsOf = (id: number) => (seen.get(id) ?? []).map((one) => one.at).sort((a, b) => a - b)
  const spent = (id: number, from: number) =>
    (bought.get(id) ?? [])
      .map((one) => [one.paidAt, one.gross - one.refunded] as const)
      .filter(([at]) => at >= from)
  const came = (id: number, after: number) =>
    visitsOf(id).flatMap((at) => (at > after ? [[at, 0] as const] : []))

  const followed = (base: CohortBase, returns: CohortReturn): readonly Followed[] => {
    const begun: readonly (readonly [id: number, at: number, first: number])[] =
      base === 'purchase'
        ? [...bought].map(([id, [first]]) => [
            id,
            first?.paidAt ?? 0,
            (first?.gross ?? 0) - (first?.refunded ?? 0),
          ])
        : base === 'visit'
          ? [...seen.keys()].map((id) => [id, visitsOf(id)[0] ?? 0, 0])
          : customers.flatMap((one) =>
              one.joinedAt === null || one.survivor !== one.id || one.internal || one.erased
                ? []
                : [[one.id, one.joinedAt, 0] as const],
            )
    return begun.map(([id, at, first]) => ({
      base: at,
      first,
      later:
        returns === 'visit'
          ? came(id, at)
          : base === 'purchase'
            ? spent(id, at).slice(1)
            : spent(id, at),
    }))
  }

  for (const base of ['purchase', 'signup', 'visit'] as const)
    for (const returns of ['order', 'visit'] as const) {
      const people = followed(base, returns)
      const rows = await cohortRows(world.warehouse, shop, {
        base,
        returns,
        starts,
        periodMs: month,
        asOf,
        currency: 'KRW',
      })
      for (const cohort of [0, 1, 2, 3])
        for (const period of [1, 2, 3, 4]) {
          const row = rows.find((one) => one.cohort === cohort)
          const told = {
            size: Number(row?.people ?? 0),
            n: row?.followed[period - 1] ?? 0,
            returned: row?.returned[period - 1] ?? 0,
            ever: row?.ever[period - 1] ?? 0,
            revenue: row?.revenue[period - 1] ?? 0,
          }
          expect({ base, returns, cohort, period, ...told }).toEqual({
            base,
            returns,
            cohort,
            period,
            ...plainCell(people, cohort, period),
          })
        }
      const { cohorts, all } = cohortsOf(rows, starts, asOf)
      expect(cohorts.map((one) => one.isOver)).toEqual([true, true, true, false])
      expect(all.cells[0]?.n).toBe(
        [0, 1, 2, 3].reduce((sum, one) => sum + plainCell(people, one, 1).n, 0),
      )
      expect(all.cells[0]?.returned).toBeGreaterThan(0)
    }
})

async function insertVisits(shop: ShopId, people: readonly number[]) {
  const random = seededRandom('visits')
  const visits = Array.from({ length: 300 }, () => ({
    customer: random.pick(people),
    at: day0 + Math.floor(random.next() * 130 * dayMs),
  }))
  await world.warehouse.insert(
    'events',
    visits.map(({ customer, at }, position) => {
      const time = new Date(at).toISOString()
      return {
        shop,
        customer,
        position,
        at: time,
        received_at: time,
        processed_at: time,
        kind: 'derived',
        name: 'Visit Started',
      }
    }),
  )
  return visits
}
