import { randomUUID } from 'node:crypto'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { JsonObject } from '../lib/json.ts'
import type { Accept } from './accept.service.ts'
import { settled } from './edits.service.ts'

/** What a shop says of its products through the API or a feed enters the log as its own `Product Updated`. */
export function productWords(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly accept: Pick<Accept, 'accept'>
}) {
  const { db, clock, accept } = needs

  async function tell(
    shop: ShopId,
    said: {
      /** As the properties of `Product Updated`: `product_id`, `price` ... */
      readonly products: readonly JsonObject[]
      /** `api`, `feed:3`: where the catalogue says it came from. */
      readonly source: string
      /** Names one word for ever, so that a repeated one counts once; without it every word is new. */
      readonly keyOf?: (product: JsonObject) => string
    },
  ): Promise<void> {
    const at = clock.now()
    await accept.accept(
      shop,
      said.products.map((properties) => ({
        kind: 'product',
        name: 'Product Updated',
        at,
        receivedAt: at,
        messageId: said.keyOf?.(properties) ?? randomUUID(),
        ids: { verified: true },
        body: { properties },
        importId: said.source,
      })),
    )
  }

  return {
    tell,
    /** The same, answering when the line has come to it, for a while: who asked reads their own word. */
    tellAndWait: async (shop: ShopId, said: Parameters<typeof tell>[1]): Promise<void> => {
      await tell(shop, said)
      await settled(db, shop)
    },
  }
}
export type ProductWords = ReturnType<typeof productWords>
