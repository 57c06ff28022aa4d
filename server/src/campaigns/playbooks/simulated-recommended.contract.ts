import type { OnsiteContent } from '../../messages/onsite/content.ts'
import { choose } from '../../recommendations/choose.ts'
import { type Onlooker, unknownOnlooker } from '../../recommendations/recommended.ts'
import { type ListKind, type Ranked, type Shelved, tablesOf } from '../../recommendations/tables.ts'
import type { Shopper } from './simulated-shopper.contract.ts'

/** What the simulated shop has run out of. */
export const soldOut = 'lamp'

const ranked = (product: string, score: number): Ranked => ({ product, score, count: 40, of: 80 })
const whole = ['soap', 'mug', 'tea', soldOut, 'socks', 'towel'].map((id, at) => ranked(id, 9 - at))
const lists: { readonly [kind in ListKind]?: Readonly<Record<string, readonly Ranked[]>> } = {
  popular: { '': whole },
  first: { '': whole.toReversed() },
  bought: Object.fromEntries(
    whole.map(({ product }, at) => [product, [whole[(at + 1) % whole.length] ?? ranked('mug', 1)]]),
  ),
  searched: { 비누: [ranked('soap', 0.5), ranked(soldOut, 0.4)] },
}

const shelf = whole.map(
  ({ product }): Shelved => ({
    id: product,
    name: `상품 ${product}`,
    category: null,
    brand: null,
    url: `https://shop.example/product/${product}`,
    imageUrl: null,
    price: 9_000,
    salePrice: null,
    currency: 'KRW',
    isBuyable: product !== soldOut,
    stock: product === soldOut ? 0 : null,
    rating: null,
    reviews: null,
    benefit: null,
    isSensitive: false,
    parent: null,
    firstSeenAt: 0,
  }),
)
const tables = tablesOf((kind, key = '') => lists[kind]?.[key] ?? [], shelf)

/** The products that a message shows this person now, by the live rules; undefined: it needs some and there are too few. */
export function cardsFor(
  { recommend }: Pick<OnsiteContent, 'recommend'>,
  one: Pick<Shopper, 'views' | 'cart'>,
  at: { readonly now: number; readonly url: string; readonly seed: string },
): readonly string[] | undefined {
  if (!recommend) return []
  const { now, url, seed } = at
  const { pathname, searchParams } = new URL(url)
  const product = pathname.startsWith('/product/') ? pathname.split('/').at(-1) : undefined
  const viewed = one.views.toReversed().map((look) => look.product)
  const person: Onlooker = {
    ...unknownOnlooker,
    viewed: [...new Set(viewed)],
    carted: [...one.cart],
    product,
    query: searchParams.get('q') ?? undefined,
  }
  const found = choose(recommend, tables, { person, now, seed })
  return found.length === 0 ? undefined : found.map((card) => card.product)
}
