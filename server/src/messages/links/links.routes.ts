import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type Route, route } from '../../web/route.ts'
import { checkHost } from './host-check.service.ts'
import { LinkSettings, linkSettings } from './link-settings.ts'
import { sampleLink } from './short-link.ts'

const Answer = LinkSettings.extend({
  /** A link as it looks now. */
  sample: z.string(),
  /** Bytes it takes of a text message. */
  bytes: z.number(),
})

type Needs = {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  readonly vault: Pick<Vault, 'sign' | 'verify'>
  readonly publicUrl: string
}

/** Where the links of text messages live, and whether that host leads here. */
export function linkRoutes({ shops, vault, publicUrl }: Needs): readonly Route[] {
  const answerOf = (settings: LinkSettings) => {
    const sample = sampleLink({ settings: { links: settings } }, publicUrl)
    return { ...settings, sample, bytes: sample.length }
  }
  return [
    route({
      method: 'get',
      path: '/api/shop/links',
      summary: 'Host and lifetime of short links, with one as it looks and its bytes.',
      roles: ['marketer', 'developer'],
      response: Answer,
      handle: async ({ actor }) => answerOf(linkSettings((await shops.shop(actor.shop)).settings)),
    }),
    route({
      method: 'put',
      path: '/api/shop/links',
      summary:
        'Sets host, lifetime and campaign parameters of links. Links sent before keep the host they were sent with.',
      roles: ['developer'],
      body: LinkSettings,
      response: Answer,
      handle: async ({ actor, body }) => {
        await shops.set(actor.shop, 'links', { ...body })
        await shops.audit(actor, 'links.changed', {
          object: `shop:${actor.shop}`,
          detail: { host: body.host, expiryDays: body.expiryDays },
        })
        return answerOf(body)
      },
    }),
    route({
      method: 'post',
      path: '/api/shop/links/check',
      summary: 'Asks a host whether it leads to this server; nothing is changed.',
      roles: ['developer'],
      body: z.object({ host: z.string().max(253) }),
      response: z.object({
        answer: z.enum(['here', 'elsewhere', 'silent']),
        status: z.number().nullable(),
        detail: z.string().nullable(),
      }),
      handle: async ({ body }) => {
        const parsed = LinkSettings.shape.host.safeParse(body.host)
        if (!parsed.success || parsed.data === '') {
          throw new Refusal('invalid', 'A host name such as onsh.kr is needed.', 'host')
        }
        const checked = await checkHost(vault, parsed.data)
        return {
          answer: checked.kind,
          status: checked.kind === 'elsewhere' ? checked.status : null,
          detail: checked.kind === 'silent' ? checked.why : null,
        }
      },
    }),
  ]
}
