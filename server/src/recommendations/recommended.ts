import type { StrategyName } from './recipe.ts'

/** A sentence in both languages. */
export type Said = { readonly ko: string; readonly en: string }

/** Somebody to recommend to, as far as it is known. Ids newest first, each once. */
export type Onlooker = {
  readonly viewed: readonly string[]
  readonly carted: readonly string[]
  /** UTC ms of the last time each was bought. */
  readonly bought: readonly { readonly product: string; readonly at: number }[]
  /** The product on the page, when there is one. */
  readonly product?: string | undefined
  /** The category of the page. */
  readonly category?: string | undefined
  /** What they searched last. */
  readonly query?: string | undefined
  /** The category they buy most of (fact `favorite.category`). */
  readonly favouriteCategory?: string | undefined
}

/** Somebody of whom nothing is known. */
export const unknownOnlooker: Onlooker = { viewed: [], carted: [], bought: [] }

/** A product recommended, as it is shown; amounts in currency units. */
export type Recommended = {
  readonly product: string
  readonly name: string
  readonly category: string | null
  readonly brand: string | null
  readonly url: string | null
  readonly imageUrl: string | null
  readonly price: number | null
  /** null: not on sale today. */
  readonly salePrice: number | null
  readonly currency: string | null
  /** Pieces left; null: not told. */
  readonly stock: number | null
  /** Out of 5. */
  readonly rating: number | null
  readonly reviews: number | null
  /** One line of what is good about it. */
  readonly benefit: string | null
  /** The way of the recipe's chain that found it. */
  readonly strategy: StrategyName
  /** A few words for the shopper. */
  readonly line: Said
  /** Why this product, with the numbers; for whoever made the recipe. */
  readonly why: Said
}
