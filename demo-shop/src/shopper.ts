import { type CategoryId, categories, inCategory, type Product, products } from './catalog.ts'
import type { Chance } from './chance.ts'
import type { Cart, Consents } from './session.ts'
import { basketScale, published, truth } from './truth.ts'

/** A made-up person and how they shop. */
export type Shopper = {
  readonly name: string
  /** Share of their interest by shelf. */
  readonly taste: readonly (readonly [CategoryId, number])[]
  readonly consents: Consents
  /** Mean days between two orders while they are a customer. */
  readonly meanGapDays: number
}

const families = '김이박최정강조윤장임한오서신권황안송전홍'
const givens = [
  '하늘',
  '서연',
  '민준',
  '지우',
  '서준',
  '하은',
  '도윤',
  '예린',
  '시우',
  '수아',
  '지호',
  '다은',
  '은우',
  '채원',
  '유진',
  '가람',
  '나래',
  '보람',
  '소담',
  '아름',
  '이든',
  '주원',
  '현서',
  '태윤',
  '혜진',
  '미경',
  '정숙',
  '영호',
  '상민',
  '경아',
]

export function shopper(chance: Chance): Shopper {
  const family = families.charAt(chance.integer(families.length))
  const given = givens[chance.integer(givens.length)] ?? '하늘'
  const { personalData, emailAds, nightAds } = truth.consents
  const ads = chance.happens(emailAds)
  return {
    name: family + given,
    taste: categories.map(({ id }) => [id, chance.gamma(0.6, 1)] as const),
    consents: {
      personalData: chance.happens(personalData),
      emailAds: ads,
      nightAds: ads && chance.happens(nightAds),
    },
    meanGapDays: truth.rhythm.meanGapDays / Math.max(chance.gamma(truth.rhythm.shape, 1), 0.02),
  }
}

/** Cheap and consumable things are picked more often. */
const popularity = new Map(
  products.map((product) => [product.id, (30_000 / product.price) ** 0.55]),
)

export function wanted(who: Shopper, chance: Chance): Product {
  const shelf = inCategory(chance.pick(who.taste))
  return chance.pick(shelf.map((product) => [product, popularity.get(product.id) ?? 1] as const))
}

/** What goes into the cart of one visit: the number of lines is geometric with the mean of `published`. */
export function basket(who: Shopper, chance: Chance): Cart {
  const more = published.linesPerOrder * basketScale - 1
  const cart = new Map<string, number>()
  const lines = 1 + Math.min(Math.floor(chance.exponential(1 / Math.log(1 + 1 / more))), 8)
  for (let attempt = 0; cart.size < lines && attempt < 40; attempt++) {
    const { id } = wanted(who, chance)
    if (!cart.has(id)) cart.set(id, chance.happens(0.16) ? 2 : 1)
  }
  return [...cart]
}

/** Busy days from an order to the next one; Infinity when it was their last. */
export function nextGap(who: Shopper, cart: Cart, chance: Chance): number {
  const after = truth.afterProduct[cart[0]?.[0] ?? ''] ?? { gap: 1, loss: 1 }
  if (chance.happens(truth.lossAfterOrder * after.loss)) return Number.POSITIVE_INFINITY
  return chance.exponential(who.meanGapDays * after.gap)
}

/** One act on the shop's pages, and how long after the act before. */
export type Act = { readonly afterMs: number } & (
  | { readonly kind: 'page'; readonly path: string; readonly title: string }
  | { readonly kind: 'search'; readonly query: string }
  | { readonly kind: 'view' | 'add'; readonly product: string; readonly quantity: number }
  | { readonly kind: 'cart' | 'checkout' | 'order'; readonly lines: Cart }
)

/** How far a visit goes; `visit` sees pages only, `search` opens nothing of what it finds. */
export type Aim = 'visit' | 'search' | 'look' | 'cart' | 'checkout' | 'buy'

const queries = ['머그', '선물', '차', '수건', '캔들', '비누', '노트', '담요', '유자', '접시']

/** A visit to the shop, act by act. `cart` is what its visitor wants; lookers only look at it. */
export function visit(aim: Aim, cart: Cart, chance: Chance): readonly Act[] {
  const pause = (seconds: number) => 1_500 + Math.round(chance.exponential(seconds * 1_000))
  const acts: Act[] = [{ kind: 'page', path: '/', title: '오래 곁에 두는 물건', afterMs: 0 }]
  if (aim === 'visit') {
    return [...acts, { kind: 'page', path: '/join', title: '회원가입', afterMs: pause(20) }]
  }
  if (aim === 'search' || chance.happens(0.2)) {
    const query = queries[chance.integer(queries.length)] ?? '선물'
    acts.push({ kind: 'search', query, afterMs: pause(8) })
  }
  if (aim === 'search') return acts
  for (const [product, quantity] of cart) {
    // The first thing is always looked at; what is known already goes into the cart from the list.
    if (product === cart[0]?.[0] || chance.happens(0.3))
      acts.push({ kind: 'view', product, quantity, afterMs: pause(15) })
    if (aim !== 'look') acts.push({ kind: 'add', product, quantity, afterMs: pause(20) })
  }
  if (aim === 'checkout' || aim === 'buy')
    acts.push({ kind: 'checkout', lines: cart, afterMs: pause(12) })
  if (aim === 'buy') acts.push({ kind: 'order', lines: cart, afterMs: pause(40) })
  return acts
}

/**
 * When someone with a waiting cart orders, in ms after the moment the reminder was sent or would have been;
 * undefined when they don't within the window. One draw decides for both worlds, so `reminded` only ever adds orders.
 */
export function afterReminder(reminded: boolean, chance: Chance): number | undefined {
  const { orderedWith, orderedWithout, windowDays } = truth.cartReminder
  const resolve = chance.next()
  const share = chance.next()
  if (resolve >= (reminded ? orderedWith : orderedWithout)) return undefined
  return Math.round(share ** 2 * windowDays * 86_400_000 * 0.98) + 60_000
}
