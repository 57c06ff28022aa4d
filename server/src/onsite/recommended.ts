import type { JsonObject } from '../lib/json.ts'
import { choose } from '../recommendations/choose.ts'
import { onlookerIn, onPage } from '../recommendations/onlooker.ts'
import type { Recipe } from '../recommendations/recipe.ts'
import { type Onlooker, unknownOnlooker } from '../recommendations/recommended.ts'
import type { Tables } from '../recommendations/tables.ts'
import type { Language } from '../shops/shop.ts'
import type { Met } from './meet.service.ts'

/** Products of a recipe for the visitor, as templates see them. */
export function recommendedFor(
  recipe: Recipe,
  tables: Tables,
  {
    met,
    now,
    seed,
    language,
  }: {
    readonly met: Met
    readonly now: number
    readonly seed: string
    readonly language: Language
  },
): readonly JsonObject[] {
  const person = onlookerOf(met)
  return choose(recipe, tables, { person, now, seed }).map((one) => ({
    product_id: one.product,
    name: one.name,
    price: one.price,
    sale_price: one.salePrice,
    url: one.url,
    image_url: one.imageUrl,
    category: one.category,
    benefit: one.benefit,
    rating: one.rating,
    review_count: one.reviews,
    line: one.line[language],
  }))
}

function onlookerOf({ mayName, factsSection, onlooking }: Met): Onlooker {
  const known = mayName ? onlookerIn(factsSection, []) : unknownOnlooker
  const told = onlooking.happenings.toReversed()
  const products = (name: string) =>
    told.flatMap((one) => (one.name === name ? idIn(one.body.properties?.product_id) : []))
  const query = told.find(({ name }) => name === 'Products Searched')?.body.properties?.query
  const viewed = products('Product Viewed')
  return onPage(known, {
    viewed,
    carted: products('Product Added'),
    ...(viewed[0] === undefined ? {} : { product: viewed[0] }),
    ...(typeof query === 'string' ? { query } : {}),
  })
}

function idIn(id: unknown): readonly string[] {
  return typeof id === 'string' || typeof id === 'number' ? [String(id)] : []
}
