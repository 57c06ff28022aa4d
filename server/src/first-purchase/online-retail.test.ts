import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csvFile } from '../connect/file.driver.ts'
import { onlineRetail } from '../connect/online-retail.ts'
import { orderHappenings } from '../connect/order-happenings.ts'
import type { KnownPerson, OrderRow } from '../connect/order-row.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { formatDecimal } from '../lib/decimal.ts'
import { dayMs } from '../lib/duration.ts'
import type { Order } from '../orders/order.ts'
import { type StoredOrder, toldOf, wordOf } from '../orders/projection.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Asked } from './buys.store.ts'
import { productCounts, totalCounts } from './counts.store.ts'
import { refreshLives } from './lives.store.ts'

// UCI Online Retail (Chen, Sain, Guo 2012, CC BY 4.0), read and folded as an import does it (connect/imports.test.ts takes it
// through the door and the line), then asked of the report and of a second query written by hand.
const retail = join(import.meta.dirname, '../../../../shared/data/online-retail.csv.gz')
const asOf = Date.UTC(2011, 11, 10)
const [asSold, asKept] = [1 as ShopId, 2 as ShopId]

let world: TestWorld
afterAll(() => world?.close())

async function asked(shop: ShopId, question: Partial<Asked> = {}) {
  const rules = { currency: 'GBP', variants: [], parents: [] }
  return {
    ...(await refreshLives(world.warehouse, shop, { rules, completeTo: 1_000_000 })),
    ...{ asOf, minGapDays: 0, withoutRenewals: false, limit: 10_000 },
    credit: 'full' as const,
    mode: 'first_order' as const,
    ...question,
  }
}

describe.skipIf(!existsSync(retail))('UCI Online Retail', () => {
  beforeAll(async () => {
    world = await openTestWorld()
    const { rows, others } = await readRetail()
    const sales = rows.filter(({ isReturn }) => !isReturn)
    const whole = sales.map((row) => ({ ...row, isGoods: true }))
    await fill(asSold, ordersOf(whole, []))
    await fill(asKept, ordersOf(rows, others))
    await world.warehouse.reloadAliases()
  }, 240_000)

  test('has its published totals: 4,338 buyers, 2,845 of them twice, 18,532 orders, 8,911,407.904 pounds', async () => {
    const total = await totalCounts(world.warehouse, asSold, await asked(asSold))
    expect(total).toMatchObject({ firstBuyers: 4_338, repeaters: 2_845 })
    expect(total.repeatOrders + total.firstBuyers).toBe(18_532)
    expect(total.firstRevenue + total.repeatRevenue).toBeCloseTo(8_911_407.904, 2)
    const rows = await productCounts(world.warehouse, asSold, await asked(asSold))
    expect(rows.length).toBeGreaterThan(2_000)
  })

  test.each([
    ['without a horizon', undefined],
    ['within 60 days', 60],
  ])('agrees with a second query on every product, %s', async (_, horizonDays) => {
    const rows = await productCounts(world.warehouse, asKept, await asked(asKept, { horizonDays }))
    const byHand = await secondQuery(asKept, horizonDays)
    expect(rows.length).toBeGreaterThan(1_000)
    const ours = rows.filter(({ firstBuyers }) => firstBuyers > 0)
    expect(ours.map(figures).toSorted(byProduct)).toEqual(byHand.map(figures).toSorted(byProduct))
  })
})

type Figures = {
  readonly product: string
  readonly firstBuyers: number
  readonly repeatOrders: number
  readonly repeatSameOrders: number
  readonly repeatOtherOrders: number
  readonly repeaters: number
  readonly repeatRevenue: number
}

const byProduct = (a: Figures, b: Figures) => (a.product < b.product ? -1 : 1)

function figures(row: Figures): Figures {
  const { product, firstBuyers, repeatOrders, repeatSameOrders, repeatOtherOrders } = row
  const { repeaters, repeatRevenue } = row
  return {
    ...{ product, firstBuyers, repeatOrders, repeatSameOrders, repeatOtherOrders, repeaters },
    repeatRevenue: Math.round(repeatRevenue * 100) / 100,
  }
}

/** The domain's own skeleton in tables, joins and window functions; nothing of the report's is used but the orders. */
async function secondQuery(shop: ShopId, horizonDays: number | undefined) {
  return await world.warehouse.query<Figures>(
    `with
       pieces as (
         select order_id, customer, toUnixTimestamp64Milli(assumeNotNull(paid_at)) as paid, sequence,
           line.product as product, sum(line.net) as net
         from order_versions final array join lines as line
         where shop = {shop:UInt32} and status = 'paid' and customer != 0 and paid_at is not null
           and line.is_goods and line.quantity > line.refunded_quantity and line.net > 0
         group by order_id, customer, paid, sequence, product),
       whole as (select order_id, customer, paid, sequence, sum(net) as net from pieces group by all),
       placed as (
         select *, row_number() over (partition by customer order by paid, sequence, order_id) as place from whole),
       firsts as (
         select customer, order_id, paid as began from placed
         where place = 1 and ({horizon:Int64} = 0 or paid + {horizon:Int64} <= {asOf:Int64})),
       later as (
         select f.customer as customer, p.order_id as order_id, p.net as net
         from firsts as f join placed as p on p.customer = f.customer
         where p.place > 1 and ({horizon:Int64} = 0 or p.paid <= f.began + {horizon:Int64})),
       starts as (
         select f.customer as customer, e.product as product from firsts as f join pieces as e on e.order_id = f.order_id),
       kinds as (
         select s.product as product, l.customer as customer, l.order_id as order_id, l.net as net,
           max(e.product = s.product) as same, max(e.product != s.product) as other
         from starts as s join later as l on l.customer = s.customer join pieces as e on e.order_id = l.order_id
         group by product, customer, order_id, net),
       came as (
         select product, customer, count() as k, sum(same) as same, sum(other) as other, sum(net) as brought
         from kinds group by product, customer)
     select s.product as product, count() as firstBuyers, sum(c.k) as repeatOrders, sum(c.same) as repeatSameOrders,
       sum(c.other) as repeatOtherOrders, countIf(c.k > 0) as repeaters, sum(c.brought) as repeatRevenue
     from starts as s left join came as c on c.product = s.product and c.customer = s.customer
     group by product`,
    { shop, asOf, horizon: (horizonDays ?? 0) * dayMs },
    { maxMs: 120_000 },
  )
}

async function readRetail(): Promise<{ rows: OrderRow[]; others: KnownPerson[] }> {
  const [rows, others]: [OrderRow[], KnownPerson[]] = [[], []]
  const file = await csvFile(retail)
  for await (const { record } of file.records()) {
    const row = onlineRetail.read(record)
    if (!('refused' in row)) rows.push(row)
  }
  return { rows, others }
}

function ordersOf(rows: readonly OrderRow[], others: readonly KnownPerson[]) {
  const file = { layout: onlineRetail, importId: 'retail', receivedAt: asOf }
  const { happenings } = orderHappenings({ rows, others }, file)
  const ids = new Map<string, number>()
  const stored = new Map<string, StoredOrder>()
  for (const [index, happening] of happenings.entries()) {
    const user = happening.ids.user ?? ''
    if (user !== '' && !ids.has(user)) ids.set(user, ids.size + 1)
    const customer = (ids.get(user) ?? 0) as CustomerId
    const word = wordOf({ ...happening, customer, position: index + 1 } as never, 'GBP')
    if (!word) continue
    stored.set(word.id, toldOf(stored.get(word.id), { customer, position: index + 1, word }))
  }
  return [...stored.values()]
}

async function fill(shop: ShopId, orders: readonly StoredOrder[]): Promise<void> {
  for (let at = 0; at < orders.length; at += 2_000)
    await world.warehouse.insert('order_versions', orders.slice(at, at + 2_000).map(rowOf(shop)))
}

const rowOf =
  (shop: ShopId) =>
  ({ order, customer, version }: StoredOrder) => ({
    ...{ shop, order_id: order.id, version, customer, status: order.status },
    ...{ created_at: order.createdAt, paid_at: order.paidAt, sequence: order.sequence },
    ...{ currency: order.currency, gross: formatDecimal(order.gross), refunded: 0 },
    lines: order.lines.map(lineOf),
  })

const lineOf = (line: Order['lines'][number]) => ({
  ...{ product: line.product, name: line.name, category: '', quantity: line.quantity },
  ...{ refunded_quantity: line.refundedQuantity, net: formatDecimal(line.net) },
  is_goods: line.isGoods,
})
