import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import { Brand, brandFaults, brandOf } from './brand.ts'

/** How everything looks that the shop says: mails, the pages behind their links, popups. */
export function brandRoutes({
  shops,
}: {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shop/brand',
      summary:
        'The brand: logo, colours, font, corners, buttons and links to other places, for mails, pages and popups.',
      roles: ['marketer', 'developer', 'viewer'],
      response: Brand,
      handle: async ({ actor }) => brandOf((await shops.shop(actor.shop)).settings.brand),
    }),
    route({
      method: 'put',
      path: '/api/shop/brand',
      summary:
        'Sets the brand. Messages take it when they are published; those already live keep theirs. Colours that cannot be read together are refused.',
      roles: ['marketer', 'developer'],
      body: Brand,
      response: Brand,
      handle: async ({ actor, body }) => {
        const [fault] = brandFaults(body)
        if (fault) {
          const { language } = await shops.shop(actor.shop)
          throw new Refusal('invalid', fault[language], fault.field)
        }
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
