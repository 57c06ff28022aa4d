import type { Database } from '../database/connection.store.ts'
import type { Cart } from '../facts/cart.ts'
import type { Clock } from '../lib/clock.ts'
import type { Shop } from '../shops/shop.ts'
import { sampleProducts } from './preview.store.ts'

/** Whose name stands in a message that is drawn for nobody. */
export const sampleName = { ko: '김하늘', en: 'Sky Kim' } as const
const sampleProduct = { ko: '핸드메이드 머그컵', en: 'Handmade mug' } as const

/** Two products of the shop's catalogue, or one made up. */
export async function sampleCart(
  needs: { readonly db: Database; readonly clock: Clock },
  shop: Shop,
): Promise<Cart> {
  const at = needs.clock.now()
  const known = await sampleProducts(needs.db, shop.id, 2)
  const lines = known.map((product, index) => ({ ...product, quantity: index + 1, addedAt: at }))
  const madeUp = {
    productId: 'sample',
    name: sampleProduct[shop.language],
    category: null,
    price: 180_000_000,
    quantity: 1,
    image: null,
    url: null,
    addedAt: at,
  }
  return { id: '', lines: lines.length > 0 ? lines : [madeUp], currency: null, changedAt: at }
}
