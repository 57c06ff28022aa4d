import { dayMs } from '../lib/duration.ts'

/**
 * The way from a visit to an order, each step after the one before. A visit is what the line derives (`Visit Started`): 30
 * minutes without an event end it. An order is an effective one, at the time it was placed. Searching is optional unless
 * the path asks for it, because most people come to a product without.
 */
export const funnelSteps = ['visit', 'search', 'view', 'cart', 'checkout', 'order'] as const
export type FunnelStep = (typeof funnelSteps)[number]

/** Which events take somebody to a step; a visit and an order are told otherwise. */
export const stepEvents = {
  search: ['Products Searched'],
  view: ['Product Viewed'],
  cart: ['Product Added', 'Wishlist Product Added to Cart'],
  checkout: ['Checkout Started', 'Checkout Step Viewed', 'Payment Info Entered'],
} as const satisfies Partial<Record<FunnelStep, readonly string[]>>

/** Sources that are told apart: the most frequent ones; the rest is one. */
export const sourcesLimit = 12

/** What the funnel is told apart by beside where visits came from, and how many of each are. */
export const funnelGroupings = ['product', 'category', 'segment'] as const
export type FunnelGrouping = (typeof funnelGroupings)[number]
export const groupsLimit = 12

/** How often each step was reached; `offPath`: ordered without every step before it; `open`: their days are not over yet. */
export type FunnelCounts = {
  readonly visit: number
  readonly search: number
  readonly view: number
  readonly cart: number
  readonly checkout: number
  readonly order: number
  readonly offPath: number
  readonly open: number
}

/** One line of what history answers: a period (the one asked about, or the one before) and a source ('' for the rest). */
export type FunnelRow = FunnelCounts & {
  readonly isNow: boolean
  readonly source: string
  readonly good: string
}

/** Both periods, whole and by where the visit came from, the most frequent source first. */
export type Funnel = {
  readonly now: FunnelCounts
  readonly before: FunnelCounts
  readonly channels: readonly {
    readonly source: string
    readonly now: FunnelCounts
    readonly before: FunnelCounts
  }[]
}

const keys = ['visit', 'search', 'view', 'cart', 'checkout', 'order', 'offPath', 'open'] as const

/** Adds the lines up. */
export function funnelOf(rows: readonly FunnelRow[]): Funnel {
  const sides = (own: readonly FunnelRow[]) => ({
    now: added(own.filter((row) => row.isNow)),
    before: added(own.filter((row) => !row.isNow)),
  })
  const channels = [...Map.groupBy(rows, (row) => row.source)].map(([source, own]) => ({
    source,
    ...sides(own),
  }))
  return {
    ...sides(rows),
    channels: channels.sort((a, b) => b.now.visit - a.now.visit || (a.source < b.source ? -1 : 1)),
  }
}

function added(rows: readonly FunnelRow[]): FunnelCounts {
  const total = (key: (typeof keys)[number]) => rows.reduce((sum, row) => sum + row[key], 0)
  return {
    visit: total('visit'),
    search: total('search'),
    view: total('view'),
    cart: total('cart'),
    checkout: total('checkout'),
    order: total('order'),
    offPath: total('offPath'),
    open: total('open'),
  }
}

/**
 * The period asked about, [from, to), and the one before of equal length, [start, until); UTC ms. Whole days until the shop's last
 * midnight; 0 days: today until `now`, beside yesterday until the same time.
 */
export function periodsOf({ now, midnight }: { now: number; midnight: number }, days: number) {
  if (days === 0) return { start: midnight - dayMs, until: now - dayMs, from: midnight, to: now }
  const from = midnight - days * dayMs
  return { start: from - days * dayMs, until: from, from, to: midnight }
}

/**
 * The steps of a path in their order: `search` is one of them only where the path asks for it. Everybody who reached one
 * reached those before it.
 */
export function stepsOf(path: 'any' | 'search'): readonly FunnelStep[] {
  return funnelSteps.filter((step) => step !== 'search' || path === 'search')
}
