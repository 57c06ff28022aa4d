import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import { Brand, brandOf } from './brand.ts'

/** How the shop's mails look. */
export function brandRoutes({
  shops,
}: {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shop/brand',
      summary: 'The look of mails: logo, colour, font and links to other places.',
      roles: ['marketer', 'developer', 'viewer'],
      response: Brand,
      handle: async ({ actor }) => brandOf((await shops.shop(actor.shop)).settings.brand),
    }),
    route({
      method: 'put',
      path: '/api/shop/brand',
      summary:
        'Sets the look of mails. Mails take it when they are published; those already live keep theirs.',
      roles: ['marketer', 'developer'],
      body: Brand,
      response: Brand,
      handle: async ({ actor, body }) => {
        await shops.set(actor.shop, 'brand', {
          ...body,
          social: body.social.map((one) => ({ ...one })),
        })
        await shops.audit(actor, 'brand.changed', { object: `shop:${actor.shop}` })
        return body
      },
    }),
  ]
}
