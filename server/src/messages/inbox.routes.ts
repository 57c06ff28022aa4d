import { z } from 'zod'
import type { Channels } from '../channels/channels.service.ts'
import { maskContact } from '../customers/contact.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import { PageQuery, pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import { beforeOf, IdParams, nextOf, readers } from './listing.ts'

const InboxMail = z.object({
  id: z.number(),
  message: z.number().nullable(),
  channel: z.string(),
  recipient: z.string(),
  subject: z.string(),
  at: z.number(),
})
const OpenInboxMail = InboxMail.extend({
  html: z.string().nullable(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
})

/** The built-in test inbox: where mail goes while the shop has no mail server. */
export function inboxRoutes({
  channels,
  vault,
  shops,
}: {
  readonly channels: Pick<Channels, 'inbox'>
  readonly vault: Pick<Vault, 'open'>
  readonly shops: Pick<Shops, 'audit'>
}): readonly Route[] {
  const shown = (sealed: string) => maskContact('email', vault.open(sealed))
  return [
    route({
      method: 'get',
      path: '/api/inbox',
      summary: 'The built-in test inbox, newest first, recipients masked.',
      roles: readers,
      query: PageQuery,
      response: pageOf(InboxMail),
      handle: async ({ actor, query }) => {
        const page = { before: beforeOf(query.after) ?? null, limit: query.limit }
        const rows = await channels.inbox.list(actor.shop, page)
        return {
          items: rows.map((row) => ({ ...row, recipient: shown(row.recipient) })),
          next: nextOf(rows, query.limit),
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/inbox/{id}',
      summary:
        'One mail of the test inbox, as its reader would get it. Each look is in the audit log.',
      roles: ['marketer', 'developer'],
      params: IdParams,
      response: OpenInboxMail,
      handle: async ({ actor, params }) => {
        const row = await channels.inbox.read(actor.shop, params.id)
        if (!row) throw new Refusal('not-found', `There is no mail ${params.id} in the test inbox.`)
        await shops.audit(actor, 'inbox.viewed', { object: `inbox:${params.id}` })
        return {
          ...row,
          recipient: shown(row.recipient),
          headers: JSON.parse(row.headers) as Record<string, string>,
        }
      },
    }),
  ]
}
