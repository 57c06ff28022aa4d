import type { Database } from '../database/connection.store.ts'
import type { Accept } from '../events/accept.service.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { LinkSigner } from './link.ts'
import { markOpened, sentAtOf } from './opens.store.ts'
import { openedBy, readOpen, trackingOf } from './opens.ts'
import { readLinked } from './pages.store.ts'
import { openOf } from './receipt.ts'

/** A picture of one transparent dot (GIF89a). */
const dot = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly vault: LinkSigner
  readonly accept: Accept['accept']
  readonly onError?: (error: unknown) => void
}

/** Answers the picture whatever happens to the counting; counts only for shops that ask for it. */
export function openings(needs: Needs) {
  const { db, clock } = needs

  async function count(token: string, request: Request): Promise<void> {
    const target = readOpen(token, needs.vault)
    if (!target || request.method !== 'GET') return
    const shop = await needs.shops.shop(target.shop as ShopId)
    if (!trackingOf(shop.settings.tracking).opens) return
    const sentAt = await sentAtOf(db, shop.id, target.message)
    const message = await readLinked(db, shop.id, target.message)
    if (sentAt === undefined || !message) return
    const now = clock.now()
    const visit = {
      method: request.method,
      header: (name: string) => request.headers.get(name) ?? undefined,
    }
    const by = openedBy(visit, now - (sentAt ?? now))
    if (by === 'person') {
      const isFirst = await markOpened(db, shop.id, { message: target.message, at: now })
      if (!isFirst) return
    }
    // A machine's fetches share one id, so the log has the first of them only.
    await needs.accept(shop.id, [openOf(message, { machine: by === 'machine', now })])
  }

  return async (token: string, request: Request): Promise<Response> => {
    await count(token, request).catch((error: unknown) => needs.onError?.(error))
    return new Response(dot, {
      headers: {
        'content-type': 'image/gif',
        'cache-control': 'no-store, private',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
      },
    })
  }
}
