import { createHash } from 'node:crypto'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import { keptPicture } from './picture.ts'
import { insertTextPicture, readTextPicture } from './pictures.store.ts'
import type { Texts } from './text.service.ts'

/** Largest picture of a message, bytes: Solapi's SDK says so, NHN Cloud takes 300 KB, Aligo does not tell. */
const mostBytes = 200 * 1024

/** Pictures of text messages: handed to the provider, which names them, and kept to be shown. */
export function textPictures(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly texts: Pick<Texts, 'settingsOf' | 'account'>
  /** The JPEG of a picture of the library by its key; throws where there is none or it has no words. */
  readonly ofLibrary: (
    shop: ShopId,
    key: string,
  ) => Promise<{ readonly name: string; readonly bytes: Uint8Array }>
}) {
  const { db, clock, texts } = needs

  async function handed(
    shop: ShopId,
    picture: { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<{ readonly provider: string; readonly id: string }> {
    const [settings, account] = [await texts.settingsOf(shop), await texts.account(shop)]
    const named = account && (await account.upload(picture))
    // Without an account it is for practice. The same picture is the same, so nothing is kept twice.
    const hash = createHash('sha256').update(picture.bytes).digest('hex')
    return { provider: settings?.provider ?? 'inbox', id: named ?? keptPicture(hash) }
  }

  async function upload(
    shop: ShopId,
    picture: { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<{ readonly id: string }> {
    const { bytes, name } = picture
    const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
    if (!isJpeg) throw new Refusal('invalid', 'The picture is no JPEG.', 'data')
    if (bytes.length > mostBytes)
      throw new Refusal('too-large', 'The picture is larger than 200 KB.', 'data')
    const { provider, id } = await handed(shop, picture)
    await insertTextPicture(db, shop, { id, provider, name, bytes, at: clock.now() })
    return { id }
  }

  return {
    /** Hands a JPEG over; told is what a message names it by. */
    upload,
    /** The same for a picture of the library. */
    uploadOfLibrary: async (shop: ShopId, key: string): Promise<{ readonly id: string }> =>
      await upload(shop, await needs.ofLibrary(shop, key)),
    read: (shop: ShopId, id: string) => readTextPicture(db, shop, id),
  }
}
export type TextPictures = ReturnType<typeof textPictures>
