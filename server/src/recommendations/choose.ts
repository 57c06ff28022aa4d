import { isWithin } from '../lib/category.ts'
import { hash32 } from '../lib/random.ts'
import type { Recipe, RecipeFilters, StrategyName } from './recipe.ts'
import type { Onlooker, Recommended } from './recommended.ts'
import { favouriteCategoryOf, type ShelfProduct, type Tables } from './tables.ts'
import type { Candidate } from './way.ts'
import { ways } from './ways.ts'

/** For whom, when (UTC ms) and where it will be seen. */
export type ChosenFor = {
  readonly person: Onlooker
  readonly now: number
  /** Of offers that are worth the same another comes first for another seed. */
  readonly seed?: string | undefined
  /** A message may be opened beside somebody: what the shop calls sensitive stays out of it. */
  readonly isOffSite?: boolean | undefined
}

/**
 * The products of a recipe for one person, best first; none when there are fewer than the recipe wants at least. The ways of the
 * recipe's chain are asked one after another while places are left. Without side effects: serving, previews, backtests and the
 * offline measurement call the same.
 */
export function choose(recipe: Recipe, tables: Tables, asked: ChosenFor): readonly Recommended[] {
  const found = find(recipe, tables, asked)
  return found.length < recipe.atLeast ? [] : found
}

/** The same, also when they are too few. */
export function find(recipe: Recipe, tables: Tables, asked: ChosenFor): readonly Recommended[] {
  const { person, now } = asked
  const looking = { tables, person, now, chosen: recipe.products, segment: recipe.segment }
  const mayBeShown = filterOf(recipe.filters, tables, asked)
  const taken = new Map<string, Recommended>()
  const ofCategory = new Map<string, number>()
  for (const strategy of new Set([recipe.strategy, ...recipe.fallback])) {
    for (const offer of inOrder(ways[strategy].offer(looking), asked.seed)) {
      if (taken.size === recipe.limit) return [...taken.values()]
      const product = tables.product(offer.product)
      if (!product || taken.has(product.id) || !mayBeShown(product, strategy)) continue
      const mates = ofCategory.get(product.category ?? '') ?? 0
      if (recipe.perCategory !== null && product.category && mates >= recipe.perCategory) continue
      ofCategory.set(product.category ?? '', mates + 1)
      taken.set(product.id, shown(product, strategy, offer))
    }
  }
  return [...taken.values()]
}

function inOrder(offers: readonly Candidate[], seed: string | undefined): readonly Candidate[] {
  const place = (one: Candidate) => (seed === undefined ? 0 : hash32(`${seed}:${one.product}`))
  return offers.toSorted(
    (a, b) => b.score - a.score || place(a) - place(b) || (a.product < b.product ? -1 : 1),
  )
}

/** Ways that show somebody what they have already: the cart and the past are no reason against. */
const ownThings: ReadonlySet<StrategyName> = new Set(['recently_viewed', 'repurchase', 'chosen'])

function filterOf(filters: RecipeFilters, tables: Tables, { person, isOffSite }: ChosenFor) {
  const { onlyCategories: only, excludeCategories: never } = filters
  const favourite = filters.favouriteCategory ? favouriteCategoryOf(person, tables) : undefined
  // What somebody has in one size they have.
  const whole = (id: string) => tables.product(id)?.id ?? id
  const had = new Set(person.bought.map((one) => whole(one.product)))
  const carted = new Set(person.carted.map(whole))
  const onPage = person.product === undefined ? undefined : whole(person.product)
  return (product: ShelfProduct, strategy: StrategyName): boolean => {
    const { category } = product
    const paid = product.salePrice ?? product.price
    if (product.id === onPage) return false
    if (carted.has(product.id) && !ownThings.has(strategy)) return false
    if (isOffSite && product.isSensitive) return false
    if (filters.inStock && !product.isBuyable) return false
    if (filters.notBought && had.has(product.id)) return false
    if (filters.onSale && product.salePrice === null) return false
    if (filters.priceFrom !== null && (paid === null || paid < filters.priceFrom)) return false
    if (filters.priceTo !== null && (paid === null || paid > filters.priceTo)) return false
    if (only.length > 0 && !only.some((one) => isWithin(category, one))) return false
    if (never.some((one) => isWithin(category, one))) return false
    return !filters.favouriteCategory || (favourite !== undefined && category === favourite)
  }
}

function shown(product: ShelfProduct, strategy: StrategyName, offer: Candidate): Recommended {
  const { line, why } = offer.say()
  const { name, category, brand, url, imageUrl, price, salePrice, currency } = product
  const { stock, rating, reviews, benefit } = product
  return {
    product: product.id,
    ...{
      name,
      category,
      brand,
      url,
      imageUrl,
      price,
      salePrice,
      currency,
      stock,
      rating,
      reviews,
      benefit,
    },
    ...{ strategy, line, why },
  }
}
