import { PlatformTrouble } from './call.driver.ts'
import type { PlatformSession } from './call.ts'
import type { Platform } from './platform.ts'
import type { ObjectResource, PlatformRow } from './rows.ts'

/** Objects as they are now; one that the platform refuses to show, or shows unreadably, keeps no other waiting. */
export async function oneByOne(
  own: { readonly platform: Platform; readonly session: PlatformSession },
  resource: ObjectResource,
  ids: readonly string[],
) {
  const rows: PlatformRow[] = []
  const gone: string[] = []
  const refused = new Map<string, PlatformTrouble>()
  for (const id of ids) {
    try {
      const row = await own.platform.one(own.session, { resource, id })
      if (row) rows.push(row)
      else gone.push(id)
    } catch (error) {
      if (!(error instanceof PlatformTrouble) || error.kind !== 'refused') throw error
      refused.set(id, error)
    }
  }
  return { rows, gone, refused }
}
