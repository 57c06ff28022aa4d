import type { Database } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Shops } from '../../shops/shops.service.ts'
import { readKept } from '../kept.ts'
import { type LinkedMessage, markClicked, readLinked } from '../pages.store.ts'
import { clickOf } from '../receipt.ts'
import { linkSettings } from './link-settings.ts'
import { isCode } from './short-code.ts'
import { readShortLink } from './short-links.store.ts'
import { withUtm } from './utm.ts'
import { isPerson } from './visitor.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly accept: Accept['accept']
  readonly onError?: (error: unknown) => void
}

/**
 * Follows links of messages: counts the click of a person and redirects, whatever happens to the counting, and only to an
 * address that was in the message. It sets no cookie and adds nothing that names the reader: who opens a forwarded link
 * stays whoever they are.
 */
export function follower(needs: Needs) {
  async function follow(
    clicked: { readonly shop: ShopId; readonly message: number; readonly link: number },
    request: Request,
  ): Promise<Response> {
    const shop = await needs.shops.shop(clicked.shop)
    const message = await readLinked(needs.db, shop.id, clicked.message)
    const url = message ? readKept(message.kept).links[clicked.link] : undefined
    // The message was erased: the shop itself is the best that is left.
    if (!message || url === undefined) return redirect(shop.url || '/')
    if (isPerson(visitOf(request))) {
      await count(needs, shop.id, { message, link: clicked.link, url }).catch((error: unknown) =>
        needs.onError?.(error),
      )
    }
    if (!linkSettings(shop.settings).utm) return redirect(url)
    const { channel, campaignName } = message
    return redirect(withUtm(url, shop.url, { channel, campaign: campaignName }))
  }

  return {
    follow,
    /** A short link; undefined when no link has this code. */
    followCode: async (code: string, request: Request): Promise<Response | undefined> => {
      if (!isCode(code)) return undefined
      const found = await readShortLink(needs.db, code)
      if (!found) return undefined
      if (found.expiresAt <= needs.clock.now()) {
        return redirect((await needs.shops.shop(found.shop)).url || '/')
      }
      if (found.url !== null) return redirect(found.url)
      return await follow(
        { shop: found.shop, message: found.message ?? 0, link: found.link },
        request,
      )
    },
  }
}
export type Follower = ReturnType<typeof follower>

function visitOf(request: Request) {
  return {
    method: request.method,
    header: (name: string) => request.headers.get(name) ?? undefined,
  }
}

async function count(
  needs: Needs,
  shop: ShopId,
  clicked: { readonly message: LinkedMessage; readonly link: number; readonly url: string },
): Promise<void> {
  const now = needs.clock.now()
  const { message, link, url } = clicked
  if (message.clickedAt === null)
    await markClicked(needs.db, shop, { message: message.id, at: now })
  await needs.accept(shop, [clickOf(message, { link, url, now })])
}

function redirect(url: string): Response {
  return new Response(null, {
    status: 302,
    headers: {
      location: url,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    },
  })
}
