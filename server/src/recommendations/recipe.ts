import { z } from 'zod'

/** Ways of choosing products; each is a file of `strategies/` and says what it rests on. */
export const strategyNames = [
  'best_first_products',
  'viewed_together',
  'bought_together',
  'next_after',
  'similar',
  'recently_viewed',
  'new_arrivals',
  'on_sale',
  'popular',
  'popular_in_segment',
  'searched',
  'repurchase',
  'chosen',
] as const
export type StrategyName = (typeof strategyNames)[number]

/** Products that one recipe can give. */
export const recommendedLimit = 20

const Categories = z.array(z.string().trim().min(1).max(200)).max(50).default([])
const Price = z.number().min(0).max(10_000_000_000).nullable().default(null)

/** Which products may be shown at all. Prices in currency units, of what is paid today; both ends included. */
export const RecipeFilters = z.strictObject({
  /** Only what can be bought now: sellable, and in stock where stock is told. */
  inStock: z.boolean().default(true),
  /** Never what the person bought before. */
  notBought: z.boolean().default(false),
  /** Only what costs less than usual today. */
  onSale: z.boolean().default(false),
  priceFrom: Price,
  priceTo: Price,
  onlyCategories: Categories,
  excludeCategories: Categories,
  /** Only the category that the person buys most of, or else looks at most; nobody knows it: nothing. */
  favouriteCategory: z.boolean().default(false),
})
export type RecipeFilters = z.infer<typeof RecipeFilters>

/** What to recommend: the way, which products may be shown, and where to go on when there are too few. */
export const Recipe = z
  .strictObject({
    strategy: z.enum(strategyNames),
    /** Product ids in their order, for `chosen`. */
    products: z.array(z.string().min(1).max(200)).max(recommendedLimit).default([]),
    /** Whose buying counts, for `popular_in_segment`. */
    segment: z.number().int().positive().nullable().default(null),
    filters: RecipeFilters.prefault({}),
    /** Asked one after another while places are left. */
    fallback: z.array(z.enum(strategyNames)).max(6).default([]),
    limit: z.number().int().min(1).max(recommendedLimit).default(3),
    /** Products of one category at most; null: as many as there are. */
    perCategory: z.number().int().min(1).max(recommendedLimit).nullable().default(null),
    /** With fewer products than this nothing is shown or sent. */
    atLeast: z.number().int().min(0).max(recommendedLimit).default(1),
  })
  .refine((recipe) => recipe.atLeast <= recipe.limit, {
    path: ['atLeast'],
    message: 'more than the recipe gives',
  })
  .refine((recipe) => recipe.products.length > 0 || !names(recipe, 'chosen'), {
    path: ['products'],
    message: 'products chosen by hand are named here',
  })
  .refine((recipe) => recipe.segment !== null || !names(recipe, 'popular_in_segment'), {
    path: ['segment'],
    message: 'the segment whose buying counts is named here',
  })
export type Recipe = z.infer<typeof Recipe>

function names(
  recipe: { readonly strategy: StrategyName; readonly fallback: readonly StrategyName[] },
  strategy: StrategyName,
): boolean {
  return recipe.strategy === strategy || recipe.fallback.includes(strategy)
}
