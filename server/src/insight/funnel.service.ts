import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { startOfLocalDay } from '../lib/zone.ts'
import type { Segments } from '../segments/segments.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { FunnelAnswer, FunnelGroupsAnswer } from './answers.ts'
import { type FunnelQuestion, funnelRows, goodsLookedAt } from './funnel.store.ts'
import { type FunnelGrouping, funnelOf, groupsLimit, periodsOf } from './funnel.ts'
import { namesOf } from './timing.store.ts'

type Needs = {
  readonly warehouse: Warehouse
  readonly shops: Pick<Shops, 'shop'>
  readonly segments: Pick<Segments, 'among' | 'list'>
}

export type FunnelAsked = {
  readonly days: number
  /** Undefined: each visit by itself; else each person once, so many days long. */
  readonly windowDays: number | undefined
  readonly path: 'any' | 'search'
  readonly segment: number | undefined
  readonly product: string | undefined
  readonly category: string | undefined
}
export type FunnelGroupsAsked = FunnelAsked & { readonly by: FunnelGrouping }
/** The way from a visit to an order: whole, and told apart by what is looked at or by who looks. */
export function funnels({ warehouse, shops, segments }: Needs) {
  async function asking(
    shop: ShopId,
    asked: FunnelAsked,
    at: { readonly now: number; readonly signal: AbortSignal },
  ): Promise<FunnelQuestion> {
    const { timeZone, currency } = await shops.shop(shop)
    return {
      ...periodsOf({ now: at.now, midnight: startOfLocalDay(at.now, timeZone) }, asked.days),
      asOf: at.now,
      windowMs: asked.windowDays === undefined ? undefined : asked.windowDays * dayMs,
      path: asked.path,
      currency,
      product: asked.product,
      category: asked.category,
      among: asked.segment === undefined ? undefined : await segments.among(shop, asked.segment),
      signal: at.signal,
    }
  }

  async function whole(
    shop: ShopId,
    asked: FunnelAsked,
    at: { readonly now: number; readonly signal: AbortSignal },
  ): Promise<FunnelAnswer> {
    const question = await asking(shop, asked, at)
    const { start, until, from, to } = question
    return { start, until, from, to, ...funnelOf(await funnelRows(warehouse, shop, question)) }
  }

  /** The funnel of each product, category or segment, as the whole page narrowed to it would say. */
  async function groups(
    shop: ShopId,
    { by, ...asked }: FunnelGroupsAsked,
    at: { readonly now: number; readonly signal: AbortSignal },
  ): Promise<FunnelGroupsAnswer> {
    const question = await asking(shop, asked, at)
    const { start, until, from, to } = question
    const found =
      by === 'segment'
        ? await bySegment({ warehouse, segments }, shop, question)
        : await byGoods(warehouse, shop, { ...question, of: by })
    return { start, until, from, to, groups: found }
  }

  return { whole, groups }
}

async function byGoods(
  warehouse: Warehouse,
  shop: ShopId,
  { of, ...question }: FunnelQuestion & { readonly of: 'product' | 'category' },
) {
  const { signal } = question
  const names = await goodsLookedAt(warehouse, shop, { ...question, of })
  const rows = await funnelRows(warehouse, shop, { ...question, goods: { of, names } })
  const asked = { shop, keys: names }
  const known =
    of === 'product' ? await namesOf(warehouse, asked, signal ? { signal } : {}) : undefined
  return names.map((key) => {
    const { now, before } = funnelOf(rows.filter((row) => row.good === key))
    return { key, name: known?.get(key)?.name ?? key, now, before }
  })
}

async function bySegment(
  { warehouse, segments }: Pick<Needs, 'warehouse' | 'segments'>,
  shop: ShopId,
  question: FunnelQuestion,
) {
  const listed = await segments.list(shop, { before: undefined, limit: groupsLimit })
  const groups: FunnelGroupsAnswer['groups'][number][] = []
  for (const { id, name } of listed) {
    const among = await segments.among(shop, id)
    const rows = await funnelRows(warehouse, shop, { ...question, among })
    const { now, before } = funnelOf(rows)
    groups.push({ key: String(id), name, now, before })
  }
  return groups
}
