import type { Database } from '../../database/connection.store.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { PlatformSession } from './call.ts'
import { type ConnectionRow, saveSettings } from './connections.store.ts'
import type { Platform } from './platform.ts'
import type { MemberWord } from './rest.ts'
import type { ObjectResource } from './rows.ts'

/**
 * Of members whom the platform shows no more: who is kept apart for not coming, and who is nowhere. Being in neither place says that somebody
 * withdrew only where it was once seen that those kept apart are shown; until then it is not known, and what webhooks said counts.
 */
export async function wordsOfGone(
  db: Database,
  own: {
    readonly connection: ConnectionRow
    readonly session: PlatformSession
    readonly platform: Platform
  },
  of: {
    readonly resource: ObjectResource
    readonly gone: readonly string[]
    readonly words?: ReadonlyMap<string, MemberWord>
  },
): Promise<ReadonlyMap<string, MemberWord>> {
  const { gone, words = new Map() } = of
  const { rest } = own.platform
  if (of.resource !== 'members' || gone.length === 0 || !rest) return words
  const apart = await rest.keptApart(own.session, gone)
  const isShown = apart.size > 0 || own.session.settings.showsApart === true
  if (apart.size > 0 && own.session.settings.showsApart !== true) {
    const settings = JSON.parse(own.connection.settings) as JsonObject
    await saveSettings(db, own.connection, JSON.stringify({ ...settings, showsApart: true }))
  }
  const found = gone.flatMap((id): readonly (readonly [string, MemberWord])[] =>
    apart.has(id) ? [[id, 'apart']] : isShown ? [[id, 'withdrawn']] : [],
  )
  return new Map([...words, ...found])
}
