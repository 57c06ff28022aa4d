import type { Asked } from '../../server/src/first-purchase/buys.store.ts'
import { productCounts } from '../../server/src/first-purchase/counts.store.ts'
import { refreshLives } from '../../server/src/first-purchase/lives.store.ts'
import { FirstPurchaseAsked } from '../../server/src/first-purchase/report.ts'
import { workOut } from '../../server/src/first-purchase/work-out.service.ts'
import type { ShopId } from '../../server/src/lib/brand.ts'
import type { Shop } from '../../server/src/shops/shop.ts'
import { survivorSql } from '../../server/src/warehouse/survivor.ts'
import { type Generated, timed, withWarehouse } from './cached-warehouse.ts'
import { type Line, percentile, rounded } from './measured.ts'

const fullOrders = 10_000_000
const runs = 3
const goalSeconds = 2
const dayMs = 86_400_000
const products = 1_000
/** The orders' two years end here, 2026-11-01. */
const asOf = Date.UTC(2026, 10, 1)
const shop = 1 as ShopId

/** How long "which first product makes regulars?" takes over all orders of a large shop. */
export const firstPurchase: Line = {
  name: 'first-purchase',
  sentence:
    'the first-purchase report over 10 M orders; floor: the best hand-written query with the same columns',
  run: async (size) => {
    const orders = size.rows ?? fullOrders
    return withWarehouse(`orders-1-${orders}`, [ordersOf(orders)], async (warehouse) => {
      const began = performance.now()
      const lives = await refreshLives(warehouse, shop, {
        rules: { currency: 'KRW', variants: [], parents: [] },
        completeTo: orders,
      })
      const prepared = performance.now() - began
      const query = FirstPurchaseAsked.parse({ horizon_days: 60 })
      const asked: Asked = {
        ...{ ...lives, asOf, horizonDays: 60, minGapDays: 0, withoutRenewals: false },
        credit: 'full',
        mode: 'first_order',
      }
      const report = () =>
        workOut(
          warehouse,
          {
            ...{ asked, listed: [], completeTo: orders, settings: { ordersKnownSince: null } },
            shop: { ...someShop, id: shop },
          },
          query,
        )
      await report()
      const took: number[] = []
      const tookCounts: number[] = []
      for (let run = 0; run < runs; run++) {
        took.push(await secondsOf(report))
        tookCounts.push(
          await secondsOf(() => productCounts(warehouse, shop, { ...asked, limit: products })),
        )
      }
      // The plain columns, without a horizon: what the hand-written query counts.
      const rows = await productCounts(warehouse, shop, {
        ...{ ...asked, horizonDays: undefined },
        limit: products,
      })
      const hands = await timed<Row>(
        warehouse,
        byHand.map((sql) => ({ sql, params: { asOf } })),
        runs,
      )
      for (const hand of hands) refuseDifference(rows, hand.rows)
      const seconds = percentile(took, 0.5)
      const floor = Math.min(...hands.map((hand) => hand.seconds))
      return [
        {
          line: 'first-purchase report',
          value: rounded(seconds),
          unit: 's',
          floor: rounded(floor),
          ratio: rounded(seconds / floor),
          goal: `${goalSeconds} s`,
          met: seconds <= goalSeconds && orders === fullOrders,
          notes: {
            orders,
            products: rows.length,
            countsAndCurvesAlone: rounded(percentile(tookCounts, 0.5)),
            livesMadeAnewIn: rounded(prepared / 1_000),
            byHand: hands.map((hand) => rounded(hand.seconds)).join(' / '),
          },
        },
      ]
    })
  },
}

/** A shop as the report knows one. */
const someShop: Omit<Shop, 'id'> = {
  ...{ name: '', url: '', timeZone: 'Asia/Seoul', currency: 'KRW' },
  language: 'ko',
  sender: { legalName: '', fromEmail: '', contactEmail: '', phone: '', address: '' },
  ...{ settings: {}, isDemo: false, createdAt: 0 },
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1_000
}

const keys = [
  'firstBuyers',
  'repeatOrders',
  'repeaters',
  'repeatSameOrders',
  'repeatOtherItems',
] as const
type Row = { readonly [K in (typeof keys)[number]]: number } & { readonly product: string }

function refuseDifference(ours: readonly Row[], theirs: readonly Row[]): void {
  const byProduct = new Map(theirs.map((row) => [row.product, row]))
  if (ours.length !== theirs.length)
    throw new Error(`${ours.length} rows, by hand ${theirs.length}`)
  for (const [index, row] of ours.entries()) {
    const other = byProduct.get(row.product)
    if (other === undefined || keys.some((key) => Number(row[key]) !== Number(other[key])))
      throw new Error(`row ${index} differs: ${JSON.stringify([row, other])}`)
  }
}

// The same answer with less carried along: an order is its place in time, its products and its amount.
const byHand = [
  `
  select product, count() as firstBuyers, sum(length(later)) as repeatOrders, countIf(notEmpty(later)) as repeaters,
    repeatOrders / firstBuyers as repeatPerBuyer, repeaters / firstBuyers as repurchaseRate,
    sum(arraySum(order -> order.5, later)) as repeatRevenue,
    sum(arrayCount(order -> has(order.4, product), later)) as repeatSameOrders,
    sum(arrayCount(order -> length(order.4) > has(order.4, product), later)) as repeatOtherOrders,
    sum(arraySum(order -> length(order.4) - has(order.4, product), later)) as repeatOtherItems
  from (
    select ${survivorSql('customer')} as person,
      arraySort(groupArray((paid_at, sequence, order_id, products, net))) as orders,
      orders[1].4 as first, arraySlice(orders, 2) as later
    from (
      select shop, customer, assumeNotNull(paid_at) as paid_at, sequence, order_id,
        arrayDistinct(arrayFilter((product, quantity, back, goods) -> goods and quantity > back,
          lines.product, lines.quantity, lines.refunded_quantity, lines.is_goods)) as products,
        arraySum((net, quantity, back, goods) -> if(goods and quantity > back, net, 0),
          lines.net, lines.quantity, lines.refunded_quantity, lines.is_goods) as net
      from order_versions final
      where shop = 1 and status = 'paid' and customer != 0 and currency = 'KRW'
        and paid_at <= fromUnixTimestamp64Milli({asOf:Int64}) and notEmpty(products))
    group by person)
  array join first as product
  group by product order by firstBuyers desc, product limit 1000`,
]

/** Two years of orders: 4 a customer on average, one to three products an order, 1 in 50 cancelled, 1 in 30 lines sent back. */
function ordersOf(orders: number): Generated {
  const customers = Math.round(orders / 4)
  const spanMs = 730 * dayMs
  return {
    table: 'order_versions',
    rows: orders,
    insert: `insert into order_versions (shop, order_id, version, customer, status, created_at, paid_at, sequence, currency, gross, refunded, lines)
      select 1, concat('o', leftPad(toString(number), 9, '0')), number + 1, 1 + cityHash64(number, 1) % ${customers},
        if(cityHash64(number, 2) % 50 = 0, 'cancelled', 'paid'), moment, moment, number, 'KRW',
        toDecimal64(arraySum(line -> line.6, lines), 4), toDecimal64(0, 4), lines
      from (
        select number, fromUnixTimestamp64Milli(toInt64(${asOf - spanMs} + intDiv(number * ${spanMs}, {rows:UInt64}))) as moment,
          arrayMap(place -> (
            concat('p', toString(pow(cityHash64(number, place, 3) % 1000 / 1000, 2) * ${products} div 1)),
            concat('상품 ', toString(place)), '의류', 1, if(cityHash64(number, place, 4) % 30 = 0, 1, 0),
            toDecimal64(5900 + cityHash64(number, place, 3) % 50 * 2000, 4), true
          )::Tuple(product String, name String, category String, quantity Int32, refunded_quantity Int32, net Decimal(18, 4), is_goods Bool),
            range(1 + cityHash64(number, 5) % 3)) as lines
        from numbers({from:UInt64}, {count:UInt64}))`,
  }
}
