import { createHash } from 'node:crypto'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import { keepWording, readWordings, retireWording } from './wordings.store.ts'

const wordingsLimit = 500

/**
 * The wordings a shop asks for consent with. Their ids are made from their text, so a form that names one has named these exact words;
 * a changed text is another wording, and none is ever deleted while a consent may rest on it.
 */
export function wordings(needs: { readonly db: Database; readonly clock: Clock }) {
  const { db, clock } = needs
  return {
    list: (shop: ShopId) => readWordings(db, shop, wordingsLimit),
    /** Keeps a text and answers its id. */
    keep: async (
      shop: ShopId,
      made: {
        readonly name: string
        readonly language: string
        readonly text: string
        readonly by: string
      },
    ): Promise<string> => {
      const { name, language, by } = made
      const text = made.text.normalize('NFC').trim()
      const id = idOf(language, text)
      await keepWording(db, shop, { id, name, language, text, madeAt: clock.now(), madeBy: by })
      return id
    },
    retire: async (shop: ShopId, id: string): Promise<void> => {
      if (!(await retireWording(db, shop, { id, at: clock.now() })))
        throw new Refusal('not-found', 'There is no such wording in use.')
    },
  }
}
export type Wordings = ReturnType<typeof wordings>

function idOf(language: string, text: string): string {
  const hash = createHash('sha256').update(`${language}\n${text}`).digest('base64url')
  return `w${hash.replaceAll(/[-_]/g, '').slice(0, 12)}`
}
