import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import { Tracking, trackingOf } from './opens.ts'

/** What is counted of mails beyond clicks. */
export function trackingRoutes({
  shops,
}: {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shop/tracking',
      summary: 'Whether opened mails are counted; off unless the shop asks for it.',
      roles: ['marketer', 'developer', 'viewer'],
      response: Tracking,
      handle: async ({ actor }) => trackingOf((await shops.shop(actor.shop)).settings.tracking),
    }),
    route({
      method: 'put',
      path: '/api/shop/tracking',
      summary: 'Counts opened mails by a picture in them, or stops doing so.',
      roles: ['marketer', 'developer'],
      body: Tracking,
      response: Tracking,
      handle: async ({ actor, body }) => {
        await shops.set(actor.shop, 'tracking', { ...body })
        await shops.audit(actor, 'tracking.changed', {
          object: `shop:${actor.shop}`,
          detail: { ...body },
        })
        return body
      },
    }),
  ]
}
