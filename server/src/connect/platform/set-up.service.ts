import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import { PlatformTrouble } from './call.driver.ts'
import { type ConnectionRow, everyConnected, saveSettings } from './connections.store.ts'
import type { Platform } from './platform.ts'
import type { Sessions } from './sessions.service.ts'

type SetUpNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly sessions: Sessions
  readonly platforms: (kind: string) => Platform | undefined
  readonly publicUrl: string
  /** The shop's public key for pages, made where it has none. */
  readonly browserKey: (shop: ShopId) => Promise<string>
}

/** What is put up at a platform when it is connected, and taken away when it is left. What cannot be is told on the page, and nothing waits for it. */
export function settingUp(
  needs: SetUpNeeds,
  known: {
    readonly hookUrl: (row: ConnectionRow) => string
    readonly keysOf: (row: ConnectionRow) => JsonObject
  },
) {
  async function at(shop: ShopId, id: number) {
    const opened = await needs.sessions.open(shop, id)
    const platform = opened && needs.platforms(opened.connection.kind)
    if (!opened || !platform) return undefined
    const { connection: row, session } = opened
    const key = await needs.browserKey(shop)
    const scriptUrl = (file: string) => `${needs.publicUrl}${file}?key=${key}`
    const ours = { webhookUrl: known.hookUrl(row), scriptUrl, credentials: known.keysOf(row) }
    return { row, session, platform, ours }
  }

  const note = (row: ConnectionRow, learned: JsonObject) =>
    saveSettings(
      needs.db,
      row,
      JSON.stringify({
        ...(JSON.parse(row.settings) as JsonObject),
        settleError: null,
        settledAt: needs.clock.now(),
        ...learned,
      }),
    )

  return {
    settle: async (shop: ShopId, id: number): Promise<void> => {
      const own = await at(shop, id)
      if (!own?.platform.settle) return
      await note(own.row, await own.platform.settle(own.session, own.ours).catch(asError))
    },
    /** Puts up again what was taken down there: once a day, for platforms drop the webhooks of who did not answer for a while. */
    keep: async (): Promise<void> => {
      const before = needs.clock.now() - dayMs
      for (const { shop, id, settings } of await everyConnected(needs.db)) {
        const { settledAt = 0 } = JSON.parse(settings) as { readonly settledAt?: number }
        const own = settledAt <= before ? await at(shop, id) : undefined
        if (!own?.platform.settle) continue
        const learned = await own.platform.settle(own.session, own.ours).catch(asErrorUnlessAway)
        if (learned) await note(own.row, learned)
      }
    },
    unsettle: async (shop: ShopId, id: number): Promise<void> => {
      const own = await at(shop, id)
      const unsettle = own?.platform.unsettle
      if (!own || !unsettle) return
      const left = unsettle(own.session, own.ours).then((): JsonObject => ({}))
      await note(own.row, await left.catch(asError))
    },
  }
}

/** One that does not answer now is asked the next hour. */
const asErrorUnlessAway = (error: unknown): JsonObject | undefined =>
  error instanceof PlatformTrouble && error.kind === 'away' ? undefined : asError(error)

const asError = (error: unknown): JsonObject => ({ settleError: String(error).slice(0, 300) })
