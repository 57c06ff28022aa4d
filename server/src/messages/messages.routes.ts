import { z } from 'zod'
import { Shown } from '../channels/shown.ts'
import { isJsonObject, type JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Members } from '../shops/members.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import { pageOf } from '../web/page.ts'
import { type Actor, type Route, route } from '../web/route.ts'
import { Nature } from './content.ts'
import { beforeOf, Filter, IdParams, nameFor, nextOf, readers, ShownRule } from './listing.ts'
import type { Mailroom } from './mailroom.service.ts'
import { MessageContent } from './message-content.ts'
import { reasonLine } from './reason-line.ts'
import type { TestPhones } from './test-phones.service.ts'

type Needs = {
  readonly mailroom: Mailroom
  readonly members: Pick<Members, 'list'>
  readonly shops: Pick<Shops, 'audit'>
  readonly phones: TestPhones
}

const messageStates = ['queued', 'sending', 'sent', 'unconfirmed', 'failed', 'refused'] as const
const Why = z.object({ ko: z.string(), en: z.string(), rule: ShownRule.nullable() })
const ListedMessage = z.object({
  id: z.number(),
  customer: z.number(),
  customerName: z.string().nullable(),
  recipient: z.string().nullable(),
  campaign: z.number().nullable(),
  campaignName: z.string().nullable(),
  step: z.number().nullable(),
  channel: z.string(),
  purpose: z.string(),
  state: z.enum(messageStates),
  reason: z.string().nullable(),
  why: Why.nullable(),
  detail: z.string().nullable(),
  attempt: z.number(),
  provider: z.string().nullable(),
  subject: z.string().nullable(),
  excerpt: z.string().nullable(),
  createdAt: z.number(),
  notBefore: z.number(),
  sentAt: z.number().nullable(),
  deliveredAt: z.number().nullable(),
  bouncedAt: z.number().nullable(),
  clickedAt: z.number().nullable(),
})
const OpenMessage = ListedMessage.extend({
  html: z.string().nullable(),
  text: z.string().nullable(),
  /** What the picture of a message that is no mail needs. */
  shown: Shown.nullable(),
})
const Ok = z.object({ ok: z.boolean() })

/** Messages: what became of them, and what only a person may decide. */
export function messagesRoutes(needs: Needs): readonly Route[] {
  return [...messageRoutes(needs), ...handRoutes(needs)]
}

function messageRoutes({ mailroom }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/messages',
      summary: 'Messages that were queued, newest first, with what became of them.',
      roles: readers,
      query: Filter.extend({ state: z.enum(messageStates).optional() }),
      response: pageOf(ListedMessage),
      handle: async ({ actor, query }) => {
        const filter = { ...query, before: beforeOf(query.after) }
        const rows = await mailroom.list(actor.shop, filter, nameFor(actor))
        return { items: rows.map(listed), next: nextOf(rows, query.limit) }
      },
    }),
    route({
      method: 'get',
      path: '/api/messages/{id}',
      summary: 'One message, drawn exactly as it is sent; links lead past the counting.',
      roles: readers,
      params: IdParams,
      response: OpenMessage,
      handle: async ({ actor, params }) => {
        const filter = { id: params.id, before: undefined, limit: 1 }
        const [row] = await mailroom.list(actor.shop, filter, nameFor(actor))
        if (!row) throw new Refusal('not-found', `There is no message ${params.id}.`)
        const drawn = row.drawn.kind === 'ok' ? row.drawn : undefined
        const html = drawn && 'html' in drawn ? drawn.html : null
        return { ...listed(row), html, text: drawn?.text ?? null, shown: row.shown }
      },
    }),
  ]
}

/** What only a person may decide. */
function handRoutes({ mailroom, members, shops, phones }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/messages/{id}/settle',
      summary: 'Says whether a message nobody could confirm went out (sent) or not.',
      roles: ['marketer'],
      params: IdParams,
      body: z.object({ sent: z.boolean() }),
      response: Ok,
      handle: async ({ actor, params, body }) => {
        await mailroom.settle(actor.shop, params.id, body.sent)
        await shops.audit(actor, 'message.settled', {
          object: `message:${params.id}`,
          detail: { sent: body.sent },
        })
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/messages/{id}/resend',
      summary: 'Sends an unconfirmed or failed message again; it may arrive twice.',
      roles: ['marketer'],
      params: IdParams,
      response: Ok,
      handle: async ({ actor, params }) => {
        await mailroom.resend(actor.shop, params.id)
        await shops.audit(actor, 'message.resent', { object: `message:${params.id}` })
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/messages/test-send',
      summary:
        'Sends what is being written: to a member of the shop, and what goes to phones to a number that has not refused.',
      roles: ['marketer', 'developer'],
      body: z.object({
        content: MessageContent,
        nature: Nature.default({ purpose: 'advertising' }),
        to: z.string().max(254).describe('E-mail of a member, or a mobile number.'),
        context: z.custom<JsonObject>(isJsonObject, 'an object').default({}),
        coupon: z
          .number()
          .int()
          .positive()
          .optional()
          .describe('The coupon that goes with it; its code is made up.'),
      }),
      response: z.object({
        provider: z.string(),
        outcome: z.enum(['accepted', 'temporary', 'permanent', 'no_balance', 'ambiguous']),
        detail: z.string().nullable(),
        subject: z.string(),
        /** Whether the message itself says that it is a test. */
        marked: z.boolean(),
      }),
      handle: async ({ actor, body }) => {
        const { channel } = body.content
        const all = await members.list(actor.shop)
        const isPhone = channel === 'sms' || channel === 'kakao'
        const to = isPhone
          ? await phoneFor(phones, actor, { channel, text: body.to, members: all })
          : memberWith(all, body.to)
        const leaving = async () => {
          await shops.audit(actor, 'message.test-sent', { object: to.object })
          if (isPhone) await phones.counted(actor.shop)
        }
        return await mailroom.testSend(actor.shop, { ...body, to, leaving })
      },
    }),
  ]
}

type Member = Awaited<ReturnType<Members['list']>>[number]

/** Nobody outside the shop gets an advertisement by way of a test. */
function memberWith(all: readonly Member[], address: string) {
  const member = all.find(
    (one) => one.email.toLowerCase() === address.toLowerCase() && one.disabledAt === null,
  )
  if (!member) {
    throw new Refusal(
      'invalid',
      'A test goes to members of this shop only; invite them first.',
      'to',
    )
  }
  return { object: `member:${member.id}`, address: member.email, name: member.name }
}

/** Phones of members are not known; whoever tries a text types one in, and the audit log says which. */
async function phoneFor(
  phones: TestPhones,
  actor: Actor,
  asked: {
    readonly channel: 'sms' | 'kakao'
    readonly text: string
    readonly members: readonly Member[]
  },
) {
  const { address, masked } = await phones.checked(actor.shop, asked)
  const name = asked.members.find((one) => one.id === actor.member)?.name ?? ''
  return { object: `phone:${masked}`, address, name }
}

type Drawn = Awaited<ReturnType<Mailroom['list']>>[number]

/** Where there is no subject, what the message begins with; a call's JSON says nothing to a reader. */
function excerptOf({ channel, drawn }: Drawn): string | null {
  if (drawn.kind !== 'ok' || channel === 'webhook') return null
  return drawn.text.replace(/\s+/g, ' ').slice(0, 80)
}

function listed(row: Drawn): z.infer<typeof ListedMessage> {
  return {
    id: row.id,
    customer: row.customer,
    customerName: row.customerName,
    recipient: row.recipient,
    campaign: row.campaign,
    campaignName: row.campaignName,
    step: row.step,
    channel: row.channel,
    purpose: row.purpose,
    state: row.state as (typeof messageStates)[number],
    reason: row.reason,
    why: row.reason === null ? null : reasonLine(row.reason),
    detail: row.detail,
    attempt: row.attempt,
    provider: row.provider,
    subject: row.drawn.kind === 'ok' ? row.drawn.subject : null,
    excerpt: excerptOf(row),
    createdAt: row.createdAt,
    notBefore: row.notBefore,
    sentAt: row.sentAt,
    deliveredAt: row.deliveredAt,
    bouncedAt: row.bouncedAt,
    clickedAt: row.clickedAt,
  }
}
