import { favouriteFacts } from '../facts/favourites.ts'
import { readKnown } from '../facts/person.ts'
import type { Json } from '../lib/json.ts'
import type { Onlooker } from './recommended.ts'

/** Products of somebody that are looked at; older ones say little. */
export const boughtLimit = 50

/** What the stored section `facts` of a person and their orders say to whoever recommends. */
export function onlookerIn(section: Json | undefined, bought: Onlooker['bought']): Onlooker {
  const { seen, cart, searched, bought: summary } = readKnown(section)
  const carted = (cart?.carts ?? [])
    .flatMap(({ lines }) => lines.map(([product, , , addedAt]) => ({ product, addedAt })))
    .sort((a, b) => b.addedAt - a.addedAt)
    .map(({ product }) => product)
  const { category } = favouriteFacts(summary?.favourites)
  return {
    viewed: (seen ?? []).map(([product]) => product),
    carted: [...new Set(carted)],
    bought,
    query: searched?.text,
    favouriteCategory: typeof category === 'string' ? category : undefined,
  }
}

/** What is known with what the page adds: its own products stand before older ones. */
export function onPage(
  known: Onlooker,
  page: Partial<Pick<Onlooker, 'viewed' | 'carted' | 'product' | 'category' | 'query'>>,
): Onlooker {
  const joined = (newer: readonly string[] | undefined, older: readonly string[]) => [
    ...new Set([...(newer ?? []), ...older]),
  ]
  return {
    ...known,
    viewed: joined(page.viewed, known.viewed),
    carted: joined(page.carted, known.carted),
    product: page.product ?? known.product,
    category: page.category ?? known.category,
    query: page.query ?? known.query,
  }
}
