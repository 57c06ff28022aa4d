import type { Happening } from '../../events/happening.ts'
import { dayMs, epochDay } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { PlatformCartLine } from './offers.ts'
import type { PlatformKind } from './platform.ts'
import type { PlatformProduct } from './rows.ts'

/** What lies in a cart for longer than this was told before, or before we were connected. */
const newsMs = dayMs

/**
 * What of a member's cart is news: each product once, however often the platform tells of it. A line is known by when it was put
 * there; where that is not said, by the day. `products` are those we know; `now` is UTC ms.
 */
export function cartTold(about: {
  readonly kind: PlatformKind
  readonly connection: number
  readonly member: string
  readonly lines: readonly PlatformCartLine[]
  readonly products: ReadonlyMap<string, PlatformProduct>
  readonly now: number
}): readonly Happening[] {
  const { kind, connection, member, lines, products, now } = about
  return lines.flatMap(({ product, quantity, addedAt }): readonly Happening[] => {
    const at = Math.min(addedAt ?? now, now)
    if (at < now - newsMs) return []
    const line = addedAt ?? `day${epochDay(now)}`
    return [
      {
        ...{ kind: 'event', name: 'Product Added', at, receivedAt: now },
        ids: { user: member, verified: true },
        body: { properties: { ...said(products.get(product)), product_id: product, quantity } },
        messageId: `${kind}:${connection}:cart:${member}:${product}:${line}`.slice(0, 300),
      },
    ]
  })
}

function said(product: PlatformProduct | undefined): JsonObject {
  if (!product) return {}
  const { name, category, url, imageUrl, price, salePrice } = product
  const known = { category, url, image_url: imageUrl }
  return {
    name,
    price: (salePrice ?? price) / 10_000,
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)),
  }
}
