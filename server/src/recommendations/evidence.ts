import type { StrategyName } from './recipe.ts'
import type { ListKind, Ranked, Tables } from './tables.ts'

/** The list whose counts speak for a way; those that count nothing have none. */
export const listBehind = {
  best_first_products: 'first',
  viewed_together: 'viewed',
  bought_together: 'bought',
  next_after: 'next',
  similar: 'viewed',
  recently_viewed: null,
  new_arrivals: null,
  on_sale: null,
  popular: 'popular',
  popular_in_segment: 'popular_in',
  searched: 'searched',
  repurchase: 'again',
  chosen: null,
} as const satisfies Record<StrategyName, ListKind | null>

/** Whether the list is one of the whole shop. */
export const isOfShop: ReadonlySet<ListKind> = new Set(['first', 'popular'])

/** Rows of evidence that are shown. */
export const evidenceLimit = 30

/** A line of the table behind a way: `count` of `outOf` cases; `score` is what the way orders by (repurchase: days). */
export type Evidence = {
  /** The product or search it stands beside; '' of a list of the whole shop. */
  readonly of: string
  readonly ofName: string
  readonly product: string
  readonly name: string
  readonly count: number
  readonly outOf: number
  readonly score: number
}

/** A list with the names of its products. */
export function namedEvidence(
  tables: Pick<Tables, 'product'>,
  lists: readonly { readonly key: string; readonly items: readonly Ranked[] }[],
): readonly Evidence[] {
  const nameOf = (id: string) => tables.product(id)?.name ?? id
  return lists
    .flatMap(({ key, items }) =>
      items.map((one) => ({
        of: key,
        ofName: nameOf(key),
        product: one.product,
        name: nameOf(one.product),
        count: one.count,
        outOf: one.of,
        score: one.score,
      })),
    )
    .slice(0, evidenceLimit)
}
