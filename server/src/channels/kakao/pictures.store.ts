import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'

/** A picture of a Brand Message, as the provider names it. */
export type KakaoPicture = {
  readonly provider: string
  readonly id: string
  readonly url: string | null
  readonly name: string
  readonly media: string
  readonly bubble: string
  readonly bytes: Uint8Array
}

/** Keeps an uploaded picture, so that it can be shown again. */
export async function insertPicture(
  db: Database,
  shop: ShopId,
  picture: KakaoPicture & { readonly at: number },
): Promise<void> {
  const { provider, id, url, name, media, bubble, bytes, at } = picture
  await db`
    insert into kakao_pictures (shop, provider, id, url, name, media, bubble, bytes, created_at)
    values (${shop}, ${provider}, ${id}, ${url}, ${name}, ${media}, ${bubble}, ${Buffer.from(bytes)}, ${at})
    on conflict (shop, provider, id) do update set url = excluded.url, bytes = excluded.bytes`
}

/** One picture, whichever provider has it. */
export async function readPicture(
  db: Database,
  shop: ShopId,
  id: string,
): Promise<{ readonly media: string; readonly bytes: Uint8Array } | undefined> {
  const [row] = await db<{ media: string; bytes: Buffer }[]>`
    select media, bytes from kakao_pictures where shop = ${shop} and id = ${id}
    order by created_at desc limit 1`
  return row
}
