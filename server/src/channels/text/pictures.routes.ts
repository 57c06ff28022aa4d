import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import { type Route, route } from '../../web/route.ts'
import type { TextPictures } from './pictures.service.ts'

/** Pictures of text messages (MMS). */
export function textPictureRoutes(needs: {
  readonly pictures: TextPictures
  readonly shops: Pick<Shops, 'audit'>
}): readonly Route[] {
  const { pictures, shops } = needs
  return [
    route({
      method: 'post',
      path: '/api/text/pictures',
      summary:
        'Hands a picture for MMS to the provider: one of the library by its key, or a JPEG up to 200 KB.',
      roles: ['marketer'],
      body: z.union([
        z.strictObject({ image: z.string().min(1).max(40) }),
        z.object({
          name: z.string().trim().min(1).max(100),
          /** JPEG in base64. */
          data: z.base64().min(1),
        }),
      ]),
      response: z.object({ id: z.string() }),
      handle: async ({ actor, body }) => {
        const told =
          'image' in body
            ? await pictures.uploadOfLibrary(actor.shop, body.image)
            : await pictures.upload(actor.shop, {
                name: body.name,
                bytes: Buffer.from(body.data, 'base64'),
              })
        await shops.audit(actor, 'text.picture-uploaded', {
          object: `shop:${actor.shop}`,
          detail: 'image' in body ? { image: body.image } : { name: body.name },
        })
        return told
      },
    }),
    route({
      method: 'get',
      path: '/api/text/pictures/{id}',
      summary: 'A picture that was handed over.',
      roles: ['marketer', 'developer', 'viewer'],
      params: z.object({ id: z.string().min(1).max(200) }),
      response: z.unknown(),
      media: { response: 'image/jpeg' },
      handle: async ({ actor, params }) => {
        const bytes = await pictures.read(actor.shop, params.id)
        if (!bytes) throw new Refusal('not-found', 'There is no such picture.')
        return new Response(Buffer.from(bytes), {
          headers: {
            'content-type': 'image/jpeg',
            'x-content-type-options': 'nosniff',
            'cache-control': 'private, max-age=86400',
          },
        })
      },
    }),
  ]
}
