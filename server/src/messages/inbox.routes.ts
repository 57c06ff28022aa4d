import { z } from 'zod'
import type { Channels } from '../channels/channels.service.ts'
import { hostOf, readShown, Shown } from '../channels/shown.ts'
import { maskContact } from '../customers/contact.ts'
import type { Json } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import { PageQuery, pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import { carriedChannels } from './intent.ts'
import { beforeOf, IdParams, nextOf, readers } from './listing.ts'

const InboxMail = z.object({
  id: z.number(),
  message: z.number().nullable(),
  channel: z.enum(carriedChannels),
  /** Masked; `web push` of browsers, the host of a call. */
  recipient: z.string(),
  subject: z.string(),
  /** The first words. */
  excerpt: z.string(),
  at: z.number(),
})
const OpenInboxMail = InboxMail.omit({ excerpt: true }).extend({
  html: z.string().nullable(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
  /** What the picture of a message that is no mail needs. */
  shown: Shown.nullable(),
})
type Channel = z.infer<typeof InboxMail>['channel']

/** The built-in test inbox: where messages of a channel go while the shop has no provider for it. */
export function inboxRoutes({
  channels,
  vault,
  shops,
}: {
  readonly channels: Pick<Channels, 'inbox'>
  readonly vault: Pick<Vault, 'open'>
  readonly shops: Pick<Shops, 'audit'>
}): readonly Route[] {
  const recipientOf = (row: { readonly channel: string; readonly recipient: string }) =>
    masked(row.channel as Channel, vault.open(row.recipient))
  return [
    route({
      method: 'get',
      path: '/api/inbox',
      summary: 'The built-in test inbox, newest first, recipients masked.',
      roles: readers,
      query: PageQuery.extend({ channel: z.enum(carriedChannels).optional() }),
      response: pageOf(InboxMail),
      handle: async ({ actor, query }) => {
        const { limit, channel = null } = query
        const page = { before: beforeOf(query.after) ?? null, channel, limit }
        const rows = await channels.inbox.list(actor.shop, page)
        return {
          items: rows.map((row) => ({
            ...row,
            channel: row.channel as Channel,
            recipient: recipientOf(row),
          })),
          next: nextOf(rows, query.limit),
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/inbox/{id}',
      summary:
        'One message of the test inbox, as its reader would get it. Each look is in the audit log.',
      roles: ['marketer', 'developer'],
      params: IdParams,
      response: OpenInboxMail,
      handle: async ({ actor, params }) => {
        const row = await channels.inbox.read(actor.shop, params.id)
        if (!row)
          throw new Refusal('not-found', `There is no message ${params.id} in the test inbox.`)
        await shops.audit(actor, 'inbox.viewed', { object: `inbox:${params.id}` })
        return {
          ...row,
          channel: row.channel as Channel,
          recipient: recipientOf(row),
          headers: JSON.parse(row.headers) as Record<string, string>,
          shown: row.shown === null ? null : readShown(JSON.parse(row.shown) as Json),
        }
      },
    }),
  ]
}

/** Who it went to, as far as anybody may see: browsers have no name, and of a call only the host. */
function masked(channel: Channel, recipient: string): string {
  switch (channel) {
    case 'email':
      return maskContact('email', recipient)
    case 'sms':
    case 'kakao':
      // A test of what is being written goes by the member's e-mail address.
      return maskContact(recipient.includes('@') ? 'email' : 'phone', recipient)
    case 'web_push':
      return 'web push'
    case 'webhook':
      return hostOf(recipient)
  }
}
