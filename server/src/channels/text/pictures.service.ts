import { createHash } from 'node:crypto'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import { insertTextPicture, readTextPicture } from './pictures.store.ts'
import { practicePicture } from './practice.ts'
import type { Texts } from './text.service.ts'

/** Largest picture of a message, bytes (Solapi's SDK). */
const mostBytes = 200 * 1024

/** Pictures of text messages: handed to the provider, which names them, and kept to be shown. */
export function textPictures(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly texts: Pick<Texts, 'settingsOf' | 'account'>
}) {
  const { db, clock, texts } = needs

  async function handed(
    shop: ShopId,
    picture: { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<{ readonly provider: string; readonly id: string }> {
    const settings = await texts.settingsOf(shop)
    if (!settings) {
      // For practice: the same picture is the same, and no provider knows it.
      const hash = createHash('sha256').update(picture.bytes).digest('hex')
      return { provider: 'inbox', id: practicePicture(hash) }
    }
    // What NHN Cloud is handed expires there after some days, while a campaign goes on; Aligo takes it with each call only.
    if (settings.provider !== 'solapi')
      throw new Refusal('conflict', 'Pictures in texts are sent by Solapi only.')
    const account = await texts.account(shop)
    if (!account) throw new Refusal('conflict', 'No text provider is set yet.')
    return { provider: settings.provider, id: await account.upload(picture) }
  }

  return {
    /** Hands a JPEG over; told is what a message names it by. */
    upload: async (
      shop: ShopId,
      picture: { readonly name: string; readonly bytes: Uint8Array },
    ): Promise<{ readonly id: string }> => {
      const { bytes, name } = picture
      const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
      if (!isJpeg) throw new Refusal('invalid', 'The picture is no JPEG.', 'data')
      if (bytes.length > mostBytes)
        throw new Refusal('too-large', 'The picture is larger than 200 KB.', 'data')
      const { provider, id } = await handed(shop, picture)
      await insertTextPicture(db, shop, { id, provider, name, bytes, at: clock.now() })
      return { id }
    },
    read: (shop: ShopId, id: string) => readTextPicture(db, shop, id),
  }
}
export type TextPictures = ReturnType<typeof textPictures>
