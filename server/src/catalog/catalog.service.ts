import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { isCostKnown, saveCosts } from './costs.store.ts'
import { listedProducts } from './listed.store.ts'
import {
  dueNews,
  forgetNews,
  heldNews,
  holdMany,
  isNewsTrue,
  moveNews,
  newsOfProduct,
  noteNews,
  settleHeld,
  turningPrices,
} from './news.store.ts'
import { type ProductChange, productsIn } from './product.ts'
import { forgetHistory, readHistory } from './product-history.store.ts'
import { findProducts, listProducts, sensitiveOf, shelvesOf } from './products.store.ts'
import {
  type ChangeRow,
  keepHistory,
  type Saved,
  saveSeen,
  saveTold,
} from './save-products.store.ts'
import { variantsRolledUp } from './variants.store.ts'

/** A happening that may speak of products, as the line hands it over. */
export type CatalogItem = {
  readonly position: number
  readonly at: number
  /** True for the shop's own word (`Product Updated`), false for products seen passing by in events. */
  readonly told: boolean
  /** Where it came from: `api`, `feed:3`; undefined is the shop's own event. */
  readonly importId?: string | undefined
  readonly properties: JsonObject | undefined
  /** The page on which one product was looked at: its address where nobody has told one (catalog/seen-at.ts). */
  readonly page?: string | undefined
}

/** A product as it passed by; `key` and `mark` are how that is remembered. */
type Passed = Pick<ChangeRow, 'change' | 'at'> & { readonly key: string; readonly mark: string }

/** Products last seen passing by that are remembered, so that a product is not written again for every look at it. */
const rememberedLimit = 20_000

/** The shop's products, as told by the shop and as seen in events. */
export function catalog(needs: { readonly db: Database }) {
  const remembered = new Map<string, string>()
  const keyOf = (shop: ShopId, id: string) => `${shop}:${id}`

  function passedBy(shop: ShopId, items: readonly CatalogItem[]): ReadonlyMap<string, Passed> {
    const rows = new Map<string, Passed>()
    for (const { at, properties, page, told } of items) {
      if (told) continue
      const seen = productsIn(properties)
      for (const change of seen) {
        if (change.name === undefined) continue
        const isAtPage = page !== undefined && change.url === undefined && seen.length === 1
        // Which page is no part of what is remembered: an address has many forms, the first will do.
        const key = keyOf(shop, isAtPage ? `${change.id}\u0001` : change.id)
        const mark = signature(change)
        if (remembered.get(key) !== mark)
          rows.set(change.id, {
            change: isAtPage ? { ...change, url: page } : change,
            at,
            key,
            mark,
          })
      }
    }
    return rows
  }

  return {
    /**
     * Writes what the batch says of products, in the line's transaction. Call what it answers after the commit: only then is a
     * product known to be written.
     */
    applyProducts: async (
      tx: Tx,
      shop: ShopId,
      items: readonly CatalogItem[],
    ): Promise<() => void> => {
      for (const rows of tellings(items)) await tell(tx, shop, rows)
      const seen = passedBy(shop, items)
      await saveSeen(tx, shop, inOrder([...seen.values()]))
      return () => {
        if (remembered.size + seen.size > rememberedLimit) remembered.clear()
        for (const { key, mark } of seen.values()) remembered.set(key, mark)
      }
    },
    /** What it cost and how it sells is not in these: costs leave the database for reports only. */
    list: (shop: ShopId, page: Parameters<typeof listProducts>[2]) =>
      listProducts(needs.db, shop, page),
    /** All of them, for reports to name. */
    listed: (shop: ShopId) => listedProducts(needs.db, shop),
    find: (shop: ShopId, ids: readonly string[]) => findProducts(needs.db, shop, ids),
    findProducts,
    /** Which of these may not appear in a message off site (domain: sensitive categories). */
    sensitiveOf: (tx: Database | Tx, shop: ShopId, ids: readonly string[]) =>
      sensitiveOf(tx, shop, ids),
    shelves: (shop: ShopId) => shelvesOf(needs.db, shop),
    history: (shop: ShopId, asked: { readonly product: string; readonly since: number }) =>
      readHistory(needs.db, shop, asked),
    saveCosts: (shop: ShopId, said: Parameters<typeof saveCosts>[2]) =>
      saveCosts(needs.db, shop, said),
    heldNews: (shop: ShopId) => heldNews(needs.db, shop),
    settleHeld: (shop: ShopId, word: Parameters<typeof settleHeld>[2]) =>
      settleHeld(needs.db, shop, word),
    newsOf: (shop: ShopId, product: string) => newsOfProduct(needs.db, shop, product),
    /** News on its way to people (events/product-news): all shops. */
    news: {
      due: (now: number) => dueNews(needs.db, now),
      holdMany: (shop: ShopId, most: Parameters<typeof holdMany>[2]) =>
        holdMany(needs.db, shop, most),
      isTrue: (news: Parameters<typeof isNewsTrue>[1]) => isNewsTrue(needs.db, news),
      move: (news: Parameters<typeof moveNews>[1], to: Parameters<typeof moveNews>[2]) =>
        moveNews(needs.db, news, to),
      forget: (before: number) => forgetNews(needs.db, before),
    },
    turningPrices: (asked: Parameters<typeof turningPrices>[1]) => turningPrices(needs.db, asked),
    forgetHistory: (asked: Parameters<typeof forgetHistory>[1]) => forgetHistory(needs.db, asked),
    isCostKnown: (shop: ShopId, product: string) => isCostKnown(needs.db, shop, product),
  }
}
export type Catalog = ReturnType<typeof catalog>

/** What the shop says of its products, and what follows from it: of their parents, and for the history. */
async function tell(tx: Tx, shop: ShopId, rows: readonly ChangeRow[]): Promise<void> {
  const saved = await saveTold(tx, shop, rows)
  await keepTurned(tx, shop, saved)
  const parents = [...new Set(saved.flatMap(({ parent }) => parent ?? []))].sort()
  if (parents.length === 0) return
  const rolledUp = await variantsRolledUp(tx, shop, parents)
  const above = await saveTold(tx, shop, rolledUp)
  await keepTurned(tx, shop, above)
}

async function keepTurned(tx: Tx, shop: ShopId, saved: readonly Saved[]): Promise<void> {
  const turned = saved.filter(hasTurned)
  // News is told from what was before: the history comes after it.
  await noteNews(tx, shop, turned)
  await keepHistory(tx, shop, turned)
}

function hasTurned(row: Saved): boolean {
  return (
    row.fresh ||
    row.price !== row.priceBefore ||
    row.stock !== row.stockBefore ||
    row.available !== row.availableBefore
  )
}

/** One statement may touch a product once: a second word about the same product goes into the next one. */
function tellings(items: readonly CatalogItem[]): readonly (readonly ChangeRow[])[] {
  const rounds: Map<string, ChangeRow>[] = []
  const spoken = new Map<string, number>()
  for (const { position, at, properties, told, importId } of items) {
    if (!told) continue
    for (const change of productsIn(properties)) {
      const round = spoken.get(change.id) ?? 0
      spoken.set(change.id, round + 1)
      const rows = rounds[round] ?? new Map<string, ChangeRow>()
      rounds[round] = rows.set(change.id, { change, position, at, source: importId ?? 'shop' })
    }
  }
  return rounds.map((rows) => inOrder([...rows.values()]))
}

/** Always the same order of rows, so that two transactions never wait for each other. */
function inOrder<Row extends Pick<ChangeRow, 'change'>>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => (a.change.id < b.change.id ? -1 : 1))
}

function signature(change: ProductChange): string {
  return [
    change.name,
    change.category,
    change.brand,
    change.url,
    change.imageUrl,
    change.price,
    change.salePrice,
  ]
    .map((part) => part ?? '')
    .join('\u0001')
}
