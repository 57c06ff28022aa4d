import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Feed, Shown } from './feed.service.ts'

/** Viewers of one process at most; each holds a connection of the server's. */
const viewerLimit = 200
/** Happenings that wait for one slow viewer; older ones are dropped and counted. */
const viewerBufferLimit = 500
/** Happenings of the recent past that a new viewer is shown at once. */
const recentLimit = 20
/** A comment keeps proxies from closing a quiet stream. */
const heartbeatMs = 15_000

export type Viewer = {
  /** The next batch, oldest first; waits until there is one or the heartbeat is due (empty then). */
  readonly next: () => Promise<{ readonly shown: readonly Shown[]; readonly skipped: number }>
  readonly close: () => void
}

type Seat = {
  readonly shop: ShopId
  waiting: Shown[]
  skipped: number
  ring: (() => void) | undefined
}

/**
 * What the line has just processed, for those who watch. One LISTEN for the process while somebody watches; a notification
 * makes it read the new turns of that shop once, whoever the viewers are.
 */
export function live(needs: {
  readonly db: Database
  readonly feed: Pick<Feed, 'since' | 'linePosition'>
}) {
  const seats = new Set<Seat>()
  const seen = new Map<ShopId, number>()
  const reading = new Map<ShopId, Promise<void>>()
  let listening: Promise<{ readonly unlisten: () => Promise<void> }> | undefined

  function news(shop: ShopId): void {
    const watched = [...seats].some((seat) => seat.shop === shop)
    if (!watched || reading.has(shop)) return
    const work = catchUp(shop)
      .catch(() => {})
      .finally(() => reading.delete(shop))
    reading.set(shop, work)
  }

  async function catchUp(shop: ShopId): Promise<void> {
    for (;;) {
      const from = seen.get(shop) ?? (await needs.feed.linePosition(shop))
      const { shown, position, skipped } = await needs.feed.since(shop, from)
      seen.set(shop, position)
      if (position === from) return
      for (const seat of seats) if (seat.shop === shop) hand(seat, shown, skipped)
    }
  }

  return {
    /** How many watch now. */
    viewers: () => seats.size,
    /** Undefined when there is no seat left. */
    watch: async (shop: ShopId): Promise<Viewer | undefined> => {
      if (seats.size >= viewerLimit) return undefined
      const seat: Seat = { shop, waiting: [], skipped: 0, ring: undefined }
      const start = await needs.feed.linePosition(shop)
      const recent = await needs.feed.since(shop, Math.max(0, start - recentLimit))
      hand(seat, recent.shown, 0)
      seen.set(shop, Math.max(seen.get(shop) ?? 0, recent.position))
      seats.add(seat)
      listening ??= needs.db.listen('danggol_turns', (payload) => news(Number(payload) as ShopId))
      await listening
      news(shop)
      return {
        next: () => nextOf(seat),
        close: () => {
          seats.delete(seat)
          seat.ring?.()
        },
      }
    },
    stop: async (): Promise<void> => {
      for (const seat of seats) seat.ring?.()
      seats.clear()
      const open = await listening?.catch(() => undefined)
      listening = undefined
      await open?.unlisten().catch(() => {})
    },
  }
}
export type Live = ReturnType<typeof live>

function hand(seat: Seat, shown: readonly Shown[], skipped: number): void {
  seat.waiting.push(...shown)
  seat.skipped += skipped
  const over = seat.waiting.length - viewerBufferLimit
  if (over > 0) {
    seat.waiting = seat.waiting.slice(over)
    seat.skipped += over
  }
  seat.ring?.()
}

async function nextOf(seat: Seat) {
  if (seat.waiting.length === 0) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, heartbeatMs)
      seat.ring = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    seat.ring = undefined
  }
  const batch = { shown: seat.waiting, skipped: seat.skipped }
  seat.waiting = []
  seat.skipped = 0
  return batch
}

/** The viewer's batches as server-sent events; ends when the reader goes away. */
export function asEventStream(viewer: Viewer, signal: AbortSignal): Response {
  const encoder = new TextEncoder()
  let open = true
  const close = () => {
    open = false
    viewer.close()
  }
  signal.addEventListener('abort', close)
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode('retry: 2000\n\n')),
    // Pulled only when the reader has room: a slow reader fills its seat's bounded buffer and nothing else.
    pull: async (controller) => {
      const { shown, skipped } = await viewer.next()
      if (!open) {
        controller.close()
        return
      }
      const parts = shown.map(
        (one) => `id: ${one.position}\nevent: happening\ndata: ${JSON.stringify(one)}\n\n`,
      )
      if (skipped > 0) parts.unshift(`event: skipped\ndata: {"count":${skipped}}\n\n`)
      controller.enqueue(encoder.encode(parts.length > 0 ? parts.join('') : ': quiet\n\n'))
    },
    cancel: close,
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  })
}
