import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { minuteMs, secondMs } from '../lib/duration.ts'

/** Shops worked on at once by one process: each holds a connection while it turns. */
const shopsAtOnce = 4
/** Longest rest between two looks at all shops: heals a lost notification. One query, not one a shop. */
const sweepMs = 5 * secondMs
const firstRetryMs = secondMs / 4
const lastRetryMs = 15 * secondMs
/** Node's timers hold at most 2^31 ms. */
const longestRestMs = 60 * minuteMs

export type LoopNeeds = {
  readonly db: Database
  readonly clock: Clock
  /** The NOTIFY channel whose payload is a shop with news. */
  readonly channel: string
  /** One step of a shop; true when there may be more to do. */
  readonly step: (shop: ShopId) => Promise<boolean>
  /** When the shop wants its next step without any news, UTC ms; null for never. */
  readonly nextAt: (shop: ShopId) => Promise<number | null>
  /** Shops that have something to do now, whether or not anybody said so. */
  readonly behind: () => Promise<readonly ShopId[]>
  /** Rest before a step of the shop, so that much news shares one; 0 while there is plenty. */
  readonly gatherMs?: (shop: ShopId) => number
  readonly onError?: (shop: ShopId | undefined, error: unknown) => void
}

/**
 * Runs the steps of many shops: on news (in process or by NOTIFY), when the next due time comes, and every few seconds for
 * whoever is behind. Rests otherwise. After an error a shop rests longer each time, up to 15 s.
 */
export function laneLoop(needs: LoopNeeds) {
  const waiting = new Set<ShopId>()
  const active = new Map<ShopId, Promise<void>>()
  const timers = new Map<ShopId, NodeJS.Timeout>()
  const errors = new Map<ShopId, number>()
  let running = false
  let sweep: NodeJS.Timeout | undefined
  let unlisten: (() => Promise<void>) | undefined

  function wake(shop: ShopId): void {
    if (!running) return
    waiting.add(shop)
    next()
  }

  function next(): void {
    for (const shop of waiting) {
      if (!running || active.size >= shopsAtOnce) return
      if (active.has(shop)) continue
      waiting.delete(shop)
      clearTimeout(timers.get(shop))
      timers.delete(shop)
      const work = runShop(shop).finally(() => {
        active.delete(shop)
        next()
      })
      active.set(shop, work)
    }
  }

  async function runShop(shop: ShopId): Promise<void> {
    try {
      do await rest(needs.gatherMs?.(shop) ?? 0)
      while (running && (await needs.step(shop)))
      errors.delete(shop)
      if (!running || waiting.has(shop)) return
      const at = await needs.nextAt(shop)
      // Due already and yet nothing to do: another worker holds the lane.
      const now = needs.clock.now()
      if (at !== null) wakeIn(shop, at > now ? at - now : secondMs)
    } catch (error) {
      if (!running) return
      needs.onError?.(shop, error)
      const failed = (errors.get(shop) ?? 0) + 1
      errors.set(shop, failed)
      wakeIn(shop, Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(failed, 10)))
    }
  }

  function wakeIn(shop: ShopId, ms: number): void {
    if (!running) return
    clearTimeout(timers.get(shop))
    timers.set(
      shop,
      setTimeout(() => wake(shop), Math.min(ms, longestRestMs)),
    )
  }

  async function lookAtAll(): Promise<void> {
    try {
      for (const shop of await needs.behind())
        if (!timers.has(shop) || !errors.has(shop)) wake(shop)
    } catch (error) {
      needs.onError?.(undefined, error)
    }
    if (running) sweep = setTimeout(() => void lookAtAll(), sweepMs)
  }

  return {
    wake,
    start: async (shops: readonly ShopId[]): Promise<void> => {
      running = true
      for (const shop of shops) wake(shop)
      sweep = setTimeout(() => void lookAtAll(), sweepMs)
      try {
        const listening = await needs.db.listen(needs.channel, (payload) => {
          const shop = Number(payload)
          if (Number.isSafeInteger(shop) && shop > 0) wake(shop as ShopId)
        })
        unlisten = listening.unlisten
      } catch (error) {
        // Without notifications the sweep still finds the work, only later.
        needs.onError?.(undefined, error)
      }
    },
    /** Lets the steps under way finish; starts none. */
    stop: async (): Promise<void> => {
      running = false
      clearTimeout(sweep)
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      waiting.clear()
      await unlisten?.().catch(() => {})
      await Promise.allSettled(active.values())
    },
  }
}

async function rest(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
}
