import { dayMs } from '../lib/duration.ts'
import type { Onlooker } from './recommended.ts'

/** What an edition holds, each a list a key; the key is a product, a search, or nothing for a list of the whole shop. */
export const listKinds = [
  /** Key product: looked at by the same people on the same day. */
  'viewed',
  /** Key product: in the same orders. */
  'bought',
  /** Key product: bought by its buyers in later orders. */
  'next',
  /** Key search: bought by those who searched it. */
  'searched',
  /** Whole shop: what first buyers did afterwards. */
  'first',
  /** Whole shop: what is bought now. */
  'popular',
  /** Key segment: what its members buy now. */
  'popular_in',
  /** Key product: after how many days (`score`) it is bought again. */
  'again',
  /** Key category: the same for its products; key '': for all of the shop's. */
  'again_category',
] as const
export type ListKind = (typeof listKinds)[number]

/** A product on a list: what orders it, how many cases that rests on, and of how many. */
export type Ranked = {
  readonly product: string
  readonly score: number
  readonly count: number
  readonly of: number
}

/** What the catalogue says of a product today; amounts in currency units. */
export type ShelfProduct = {
  readonly id: string
  readonly name: string
  readonly category: string | null
  readonly brand: string | null
  readonly url: string | null
  readonly imageUrl: string | null
  readonly price: number | null
  /** null: not on sale. */
  readonly salePrice: number | null
  readonly currency: string | null
  /** May be sold, and stock is left where it is told. */
  readonly isBuyable: boolean
  /** Pieces left; null: not told. */
  readonly stock: number | null
  readonly rating: number | null
  readonly reviews: number | null
  readonly benefit: string | null
  /** May embarrass whoever opens a message beside somebody: never shown off site. */
  readonly isSensitive: boolean
}

/** Everything a choice is made from: the lists of one edition and the catalogue as it is now. */
export type Tables = {
  readonly list: (kind: ListKind, key?: string) => readonly Ranked[]
  /** The product, or what it is a variant of. */
  readonly product: (id: string) => ShelfProduct | undefined
  /** What is bought now in a category, most first. */
  readonly popularIn: (category: string) => readonly Ranked[]
  /** Products of a category, those bought now first. */
  readonly inCategory: (category: string) => readonly string[]
  /** What costs less than usual today, those bought now first. */
  readonly onSale: readonly string[]
  /** What came last, the newest first, and when (UTC ms); not what was there in the first week of the shop's history. */
  readonly newest: readonly { readonly product: string; readonly at: number }[]
}

/** A product as the catalogue has it. */
export type Shelved = ShelfProduct & {
  /** The product it is a variant of. */
  readonly parent: string | null
  readonly firstSeenAt: number
}

/** Products of one category that are looked through for likeness. */
const likenessLimit = 300
/** Products that are looked through for what is new. */
const newestLimit = 300
/** What a shop has when its history begins is not new. */
const settlingMs = 7 * dayMs

/** Lists and catalogue as the choice asks them; made anew when either changes. Variants stand behind what they are variants of. */
export function tablesOf(list: Tables['list'], shelf: readonly Shelved[]): Tables {
  const known = new Map(shelf.map((one) => [one.id, one]))
  const product = (id: string) => {
    const own = known.get(id)
    return (own?.parent && known.get(own.parent)) || own
  }
  const heads = shelf.filter((one) => product(one.id) === one)
  const popular = new Map(list('popular').map((one) => [one.product, one]))
  const inRank = (ids: readonly string[]) =>
    ids.toSorted(
      (a, b) => (popular.get(b)?.score ?? 0) - (popular.get(a)?.score ?? 0) || (a < b ? -1 : 1),
    )
  const mates = Map.groupBy(heads, (one) => one.category)
  const sorted = new Map<string, readonly string[]>()
  const inCategory = (category: string): readonly string[] => {
    const before = sorted.get(category)
    if (before) return before
    const ids = (mates.get(category) ?? []).map((one) => one.id)
    const fresh = inRank(ids).slice(0, likenessLimit)
    sorted.set(category, fresh)
    return fresh
  }
  return {
    list,
    product,
    inCategory,
    popularIn: (category) => inCategory(category).flatMap((id) => popular.get(id) ?? []),
    onSale: inRank(heads.filter((one) => one.salePrice !== null).map((one) => one.id)),
    newest: newestOf(heads),
  }
}

function newestOf(heads: readonly Shelved[]): Tables['newest'] {
  const began = heads.reduce((first, one) => Math.min(first, one.firstSeenAt), Infinity)
  return heads
    .filter((one) => one.firstSeenAt > began + settlingMs)
    .toSorted((a, b) => b.firstSeenAt - a.firstSeenAt)
    .slice(0, newestLimit)
    .map((one) => ({ product: one.id, at: one.firstSeenAt }))
}

/** The category somebody cares for: of what they buy most, or else of what they look at most (two products at least). */
export function favouriteCategoryOf(
  { favouriteCategory, viewed }: Onlooker,
  tables: Pick<Tables, 'product'>,
): string | undefined {
  if (favouriteCategory !== undefined) return favouriteCategory
  const looks = new Map<string, number>()
  for (const id of viewed) {
    const category = tables.product(id)?.category
    if (category) looks.set(category, (looks.get(category) ?? 0) + 1)
  }
  const [best] = [...looks].sort((a, b) => b[1] - a[1])
  return best && best[1] >= 2 ? best[0] : undefined
}
