import { factsSection } from '../facts/person.ts'
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { choose } from '../recommendations/choose.ts'
import { onlookerIn, onPage } from '../recommendations/onlooker.ts'
import type { Recipe } from '../recommendations/recipe.ts'
import type { Onlooker, Recommended } from '../recommendations/recommended.ts'
import type { Tables } from '../recommendations/tables.ts'
import type { Problem } from './compose.ts'

/** What recommendations of a batch are made from: the shop's tables, and what each of its people bought. */
export type Recommending = {
  readonly tables: Tables
  readonly bought: ReadonlyMap<number, Onlooker['bought']>
}

/** Products as a template sees them under `recs`; amounts in currency units, `line` and `why` in the shop's language. */
export function recsOf(
  list: readonly Recommended[],
  language: 'ko' | 'en',
): { readonly recs: readonly JsonObject[] } {
  const recs = list.map((one) => ({
    product_id: one.product,
    name: one.name,
    price: one.price,
    sale_price: one.salePrice,
    url: one.url,
    image_url: one.imageUrl,
    stock: one.stock,
    category: one.category,
    brand: one.brand,
    rating: one.rating,
    reviews: one.reviews,
    benefit: one.benefit,
    line: one.line[language],
    why: one.why[language],
  }))
  return { recs }
}

/**
 * The products of a message's recipe for its reader, as its templates see them; undefined when there are fewer than the recipe wants.
 * Nothing sensitive is among them: a message may be opened beside somebody. What the happening speaks of comes first.
 */
export function recsFor(
  recipe: Recipe,
  { tables, bought }: Recommending,
  about: {
    readonly customer: number
    readonly section: (name: string) => Json | undefined
    readonly context: JsonObject
    readonly now: number
    readonly language: 'ko' | 'en'
  },
): { readonly recs: readonly JsonObject[] } | undefined {
  const known = onlookerIn(about.section(factsSection), bought.get(about.customer) ?? [])
  const list = choose(recipe, tables, {
    person: onPage(known, spokenOf(about.context)),
    now: about.now,
    seed: String(about.customer),
    isOffSite: true,
  })
  return list.length < recipe.atLeast ? undefined : recsOf(list, about.language)
}

/** What let the person in: the product looked at, the words searched. */
function spokenOf({ event }: JsonObject): { readonly query?: string; readonly viewed?: string[] } {
  if (!isJsonObject(event)) return {}
  const { query, product_id: product } = event
  return {
    ...(typeof query === 'string' ? { query } : {}),
    ...(typeof product === 'string' ? { viewed: [product] } : {}),
  }
}

const asksForRecs = /\{[{%][^{}]*\brecs\b|"list":"recs"/

/** A message that speaks of recommended products must say which. */
export function recipeProblems(content: {
  readonly channel: string
  readonly recommend?: Recipe | undefined
}): readonly Problem[] {
  const { recommend, ...written } = content
  // On the page the products are cards of the message's own.
  if (recommend || content.channel === 'onsite') return []
  return asksForRecs.test(JSON.stringify(written))
    ? [
        {
          code: 'recipe_missing',
          ko: '추천 상품이 들어 있는데 어떤 상품을 추천할지 정하지 않았어요. 추천 방식을 골라 주세요.',
          en: 'It shows recommended products but does not say which. Choose how they are recommended.',
          field: 'recommend',
        },
      ]
    : []
}
