import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import {
  buyersOf,
  insertShopLife,
  type MadeOrder,
  madeCustomers,
  madeOrders,
} from './insight-world.contract.ts'
import { changedScores, rfmRows } from './rfm.store.ts'
import { rfmOf } from './rfm.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const day0 = Date.UTC(2026, 0, 1)
const asOf = day0 + 120 * dayMs
const before = asOf - 30 * dayMs

/** A score by its definition, without bounds or arrays: fifths of all that lie strictly below. */
const fifth = (value: number, all: readonly number[]) =>
  1 + Math.floor((5 * all.filter((one) => one < value).length) / all.length)

function plainScores(buyers: ReadonlyMap<number, readonly MadeOrder[]>, at: number) {
  const values = [...buyers].map(([person, orders]) => ({
    person,
    r: -Math.floor((at - Math.max(...orders.map((one) => one.paidAt))) / dayMs),
    f: orders.length,
    m: orders.reduce((sum, one) => sum + one.gross - one.refunded, 0),
  }))
  const all = (key: 'r' | 'f' | 'm') => values.map((one) => one[key])
  return new Map(
    values.map(({ person, r, f, m }) => {
      const cell = `${fifth(r, all('r'))}-${fifth(f, all('f'))}-${fifth(m, all('m'))}`
      const reached = all('m').filter((one) => one <= m).length
      return [person, { cell, percentile: Math.floor((100 * reached) / values.length) }] as const
    }),
  )
}

for (const seed of ['a', 'b', 'c', 'one buyer'])
  test(`scores, groups and moves agree with a plain count of shop ${seed}`, async () => {
    const shop = await insertShop(world.db)
    const people = seed === 'one buyer' ? 1 : 60
    const customers = madeCustomers(seed, Math.max(people, 1), day0)
    const orders = madeOrders(seed, { size: people * 3, people, day0, days: 130 })
    await insertShopLife(world, shop, { customers, orders })
    const living = (at: number) =>
      new Map([...buyersOf({ customers, orders }, at)].filter(([id]) => !customers[id - 1]?.erased))
    const now = plainScores(living(asOf), asOf)
    const then = plainScores(living(before), before)

    const question = { asOf, before, currency: 'KRW' }
    const rows = await rfmRows(world.warehouse, shop, question)
    const told = rows.map((row) => [
      `${row.r}-${row.f}-${row.m} ${row.r0}-${row.f0}`,
      Number(row.people),
    ])
    const counted: Record<string, number> = {}
    for (const [person, { cell }] of now) {
      const was = then.get(person)?.cell.split('-') ?? ['0', '0']
      const key = `${cell} ${was[0]}-${was[1]}`
      counted[key] = (counted[key] ?? 0) + 1
    }
    expect(Object.fromEntries(told)).toEqual(counted)
    const report = rfmOf(rows)
    expect(report.people).toBe(now.size)
    const revenue = [...living(asOf).values()].flat().map((one) => one.gross - one.refunded)
    expect(report.revenue).toBe(revenue.reduce((sum, one) => sum + one, 0))
    expect(report.groups.reduce((sum, one) => sum + one.people, 0)).toBe(now.size)

    const changed = await changedScores(world.warehouse, shop, {
      ...question,
      after: 0,
      limit: 999,
    })
    expect(
      changed.map(({ customer, cell, percentile }) => [Number(customer), { cell, percentile }]),
    ).toEqual([...now].sort(([a], [b]) => a - b))
  })
