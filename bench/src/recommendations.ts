import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalog } from '../../server/src/catalog/catalog.service.ts'
import { connectDatabase } from '../../server/src/database/connection.store.ts'
import { migrateDatabase } from '../../server/src/database/migrate.store.ts'
import { startClickhouse } from '../../server/src/engines/clickhouse.driver.ts'
import { startPostgres } from '../../server/src/engines/postgres.driver.ts'
import type { ShopId } from '../../server/src/lib/brand.ts'
import { manualClock } from '../../server/src/lib/clock.ts'
import { guess } from '../../server/src/recommendations/measure.service.ts'
import { qualityOf } from '../../server/src/recommendations/quality.ts'
import { Recipe } from '../../server/src/recommendations/recipe.ts'
import { recommendations } from '../../server/src/recommendations/recommendations.service.ts'
import { readWholeShelf } from '../../server/src/recommendations/shelf.service.ts'
import { connectWarehouse } from '../../server/src/warehouse/connection.store.ts'
import { migrateWarehouse } from '../../server/src/warehouse/migrate.store.ts'
import { type Line, type Measured, percentile, rounded } from './measured.ts'
import { type RetailOrder, retailOrders } from './online-retail.ts'

/** Where the file of orders lies; without it the line is skipped. */
const file = process.env.ONLINE_RETAIL ?? ''
const picks = 20_000
const warmUp = 500
const goalMs = 5
const weekMs = 7 * 86_400_000
/** The last orders are kept apart and guessed. */
const apartMs = 4 * weekMs

/** Real orders: how well the next one is guessed, and how long a choice takes. */
export const recommending: Line = {
  name: 'recommendations',
  sentence:
    'the next orders of Online Retail guessed from those before (hit rate at 10, coverage) against its bestsellers, and the p99 of a pick',
  run: async () => {
    if (!existsSync(file)) {
      console.error(
        '  skipped: ONLINE_RETAIL=online-retail.csv.gz names the orders of UCI Online Retail',
      )
      return []
    }
    const folder = mkdtempSync(join(tmpdir(), 'danggol-bench-'))
    const log = (level: string, sentence: string) => {
      if (level === 'error') console.error(sentence)
    }
    const [postgres, clickhouse] = await Promise.all([
      startPostgres({ folder: join(folder, 'pg'), log }),
      startClickhouse({ folder: join(folder, 'ch'), log }),
    ])
    const db = connectDatabase(postgres.serverUrl('postgres'))
    const warehouse = connectWarehouse({ url: clickhouse.url, database: 'danggol' })
    try {
      await Promise.all([migrateDatabase(db), migrateWarehouse(warehouse)])
      return await measure({ db, warehouse, orders: await retailOrders(file) })
    } finally {
      await warehouse.close()
      await db.end()
      await Promise.all([postgres.stop(), clickhouse.stop()])
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function measure({
  db,
  warehouse,
  orders,
}: {
  readonly db: ReturnType<typeof connectDatabase>
  readonly warehouse: ReturnType<typeof connectWarehouse>
  readonly orders: readonly RetailOrder[]
}): Promise<readonly Measured[]> {
  const asOf = orders.reduce((last, one) => Math.max(last, one.at), 0) + 1
  const shop = await fill({ db, warehouse, orders })
  const shelves = catalog({ db })
  const room = recommendations({
    db,
    warehouse,
    clock: manualClock(asOf),
    catalog: shelves,
    completeTo: async () => orders.length,
  })
  const began = performance.now()
  while (await room.turn());
  const countedMs = performance.now() - began

  const shelf = await readWholeShelf({ db, catalog: shelves }, shop)
  const { tables, baskets, products, since } = await guess(
    warehouse,
    { shop, asOf, share: 1 },
    { shelf, apartMs },
  )
  const about = { since, measuredAt: asOf, products }
  const tried = Object.entries(chains).flatMap(([name, recipe]) => [
    { name, quality: qualityOf(tables, baskets, { ...about, recipe }) },
    {
      name: `${name}, only what is new to them`,
      quality: qualityOf(tables, baskets, { ...about, recipe, onlyNew: true }),
    },
  ])
  const took: number[] = []
  for (let run = 0; run < picks + warmUp; run++) {
    const bought = baskets[run % baskets.length]?.bought ?? []
    const carted = bought.slice(0, 3).map((one) => one.product)
    const from = performance.now()
    await room.pick(shop, {
      recipe: served,
      person: { viewed: bought.map((one) => one.product), carted, bought },
      seed: String(run),
    })
    if (run >= warmUp) took.push(performance.now() - from)
  }
  const p99 = percentile(took, 0.99)
  return [
    ...tried.flatMap(({ name, quality }): readonly Measured[] =>
      quality
        ? [
            {
              line: `${name}: hit rate at 10`,
              value: rounded(quality.hitRate),
              unit: 'share of buyers',
              floor: rounded(quality.popularHitRate),
              ratio: rounded(quality.hitRate / quality.popularHitRate),
              goal: 'better than the bestsellers',
              met: quality.hitRate > quality.popularHitRate,
              notes: {
                buyers: quality.buyers,
                coverage: rounded(quality.coverage),
                coverageOfBestsellers: rounded(quality.popularCoverage),
              },
            },
          ]
        : [],
    ),
    {
      line: 'pick p99',
      value: rounded(p99),
      unit: 'ms',
      floor: null,
      ratio: null,
      goal: `${goalMs} ms`,
      met: p99 <= goalMs,
      notes: { picks, p50: rounded(percentile(took, 0.5)), countedMs: Math.round(countedMs) },
    },
  ]
}

/** What is tried; each ends in bestsellers, and what was bought before may come again. */
const chains = {
  'next after, bought together': Recipe.parse({
    strategy: 'next_after',
    fallback: ['bought_together', 'popular'],
    limit: 10,
    filters: { inStock: false },
    atLeast: 0,
  }),
  'bought together': Recipe.parse({
    strategy: 'bought_together',
    fallback: ['next_after', 'popular'],
    limit: 10,
    filters: { inStock: false },
    atLeast: 0,
  }),
  'repurchase, then next after': Recipe.parse({
    strategy: 'repurchase',
    fallback: ['next_after', 'bought_together', 'popular'],
    limit: 10,
    filters: { inStock: false },
    atLeast: 0,
  }),
} as const

/** A recipe as a popup asks it: a chain, filters, no more than two of a category. */
const served = Recipe.parse({
  strategy: 'bought_together',
  fallback: ['similar', 'next_after', 'popular'],
  limit: 10,
  filters: { priceFrom: 0.5, notBought: true },
  perCategory: 10,
})

async function fill({ db, warehouse, orders }: Parameters<typeof measure>[0]): Promise<ShopId> {
  const [row] = await db<{ id: number }[]>`
    insert into shops (name, time_zone, currency, created_at) values ('Online Retail', 'Europe/London', 'GBP', 0) returning id`
  const shop = (row?.id ?? 0) as ShopId
  const products = new Map(
    orders.flatMap((order) => order.lines).map((line) => [line.product, line]),
  )
  await db`
    insert into products (shop, id, name, category, price, current_price, updated_at, first_seen_at)
    select ${shop}, u.id, u.name, null, u.price, u.price, 0, 0 from unnest(
      ${[...products.keys()]}::text[], ${[...products.values()].map((one) => one.name)}::text[],
      ${[...products.values()].map((one) => Math.round(one.price * 10_000))}::bigint[]) as u(id, name, price)`
  const step = 2_000
  for (let from = 0; from < orders.length; from += step)
    await warehouse.insert(
      'order_versions',
      orders.slice(from, from + step).map((order, at) => rowOf(shop, order, from + at + 1)),
    )
  await warehouse.reloadAliases()
  return shop
}

function rowOf(shop: ShopId, order: RetailOrder, version: number) {
  const at = new Date(order.at).toISOString()
  const lines = order.lines.map((line) => ({
    product: line.product,
    name: line.name,
    category: '',
    quantity: line.quantity,
    refunded_quantity: 0,
    net: (line.quantity * line.price).toFixed(4),
    is_goods: true,
  }))
  return {
    shop,
    order_id: order.id,
    version,
    customer: order.customer,
    status: 'paid',
    created_at: at,
    paid_at: at,
    sequence: version,
    currency: 'GBP',
    gross: 0,
    refunded: 0,
    lines,
  }
}
