import type { Config } from '../config.ts'
import { Refusal } from '../lib/refusal.ts'
import { pageKey } from './first-start.ts'
import { withHouse } from './with-house.ts'

/** `shop create NAME`: its owner's link works once. */
export async function makeShop(config: Config, args: readonly string[]): Promise<void> {
  const [act, ...words] = args
  const name = words.join(' ').trim()
  if (act !== 'create' || name === '' || name.length > 100)
    throw new Refusal('invalid', 'Say: shop create NAME (at most 100 characters)', 'shop')
  await withHouse(config, async (house) => {
    const shop = await house.shops.create(name, false)
    await pageKey(house, shop)
    const token = await house.members.invite(shop, 'owner')
    console.log(`Shop ${shop}. Its owner's link, once: ${config.publicUrl}/welcome#${token}`)
  })
}
