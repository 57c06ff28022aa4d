import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'

/** Keeps a picture that was handed over, so that it can be shown again. */
export async function insertTextPicture(
  db: Database,
  shop: ShopId,
  picture: {
    readonly id: string
    readonly provider: string
    readonly name: string
    readonly bytes: Uint8Array
    readonly at: number
  },
): Promise<void> {
  const { id, provider, name, bytes, at } = picture
  await db`
    insert into text_pictures (shop, id, provider, name, bytes, created_at)
    values (${shop}, ${id}, ${provider}, ${name}, ${Buffer.from(bytes)}, ${at})
    on conflict (shop, id) do nothing`
}

/** A picture's JPEG. */
export async function readTextPicture(
  db: Database,
  shop: ShopId,
  id: string,
): Promise<Uint8Array | undefined> {
  const [row] = await db<{ bytes: Buffer }[]>`
    select bytes from text_pictures where shop = ${shop} and id = ${id}`
  return row?.bytes
}
