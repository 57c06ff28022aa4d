import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../../web/page.ts'
import { type Route, route } from '../../web/route.ts'
import { SegmentParams } from '../answers.ts'
import type { Webhooks } from './webhooks.service.ts'

const roles = ['marketer', 'developer'] as const

const Webhook = z.object({
  id: z.number(),
  segment: z.number(),
  url: z.string(),
  on: z.enum(['enter', 'leave', 'both']),
  createdAt: z.number(),
  createdBy: z.string(),
})
const States = z.enum(['waiting', 'sending', 'sent', 'failed'])
const Delivery = z.object({
  /** Sent as `webhook-id`, the same at every attempt. */
  id: z.string(),
  state: States,
  attempt: z.number(),
  /** When it is tried next, while it waits. */
  due: z.number(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  /** HTTP status of the last answer. */
  status: z.number().nullable(),
  error: z.string().nullable(),
  body: z.string(),
})
const Params = SegmentParams.extend({ webhook: z.coerce.number().int().positive() })
const Ok = z.object({ ok: z.boolean() })

/** Webhooks of entering and leaving a segment. */
export function webhooksRoutes(webhooks: Webhooks): readonly Route[] {
  return [...keeping(webhooks), ...deliveries(webhooks)]
}

function keeping(webhooks: Webhooks): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/segments/{id}/webhooks',
      summary: 'Who is told when people enter and leave a segment, the newest first.',
      roles,
      params: SegmentParams,
      response: z.object({ items: z.array(Webhook) }),
      handle: async ({ actor, params }) => ({
        items: [...(await webhooks.list(actor.shop, params.id))],
      }),
    }),
    route({
      method: 'post',
      path: '/api/segments/{id}/webhooks',
      summary:
        'Tell a server of the public internet, over https, who enters or leaves from now on. The secret is shown once; calls are signed as standardwebhooks.com says and come at least once.',
      roles,
      params: SegmentParams,
      body: z.strictObject({
        url: z.string().trim().min(1).max(2_000),
        on: z.enum(['enter', 'leave', 'both']).default('both'),
      }),
      response: Webhook.extend({ secret: z.string() }),
      handle: ({ actor, params, body }) =>
        webhooks.create(actor, { segment: params.id, url: body.url, on: body.on }),
    }),
    route({
      method: 'delete',
      path: '/api/segments/{id}/webhooks/{webhook}',
      summary: 'End a webhook; what was still to be told is not sent any more.',
      roles,
      params: Params,
      response: Ok,
      handle: async ({ actor, params }) => {
        await webhooks.remove(actor, { segment: params.id, webhook: params.webhook })
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/segments/{id}/webhooks/{webhook}/test',
      summary: 'Call a webhook now, with a body about nobody.',
      roles,
      params: Params,
      response: z.object({
        ok: z.boolean(),
        status: z.number().nullable(),
        error: z.string().nullable(),
      }),
      handle: ({ actor, params }) =>
        webhooks.test(actor.shop, { segment: params.id, webhook: params.webhook }),
    }),
  ]
}

function deliveries(webhooks: Webhooks): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/segments/{id}/webhooks/{webhook}/deliveries',
      summary: 'What a webhook was told and is to be told, the newest first.',
      roles,
      params: Params,
      query: PageQuery.extend({ state: States.optional() }),
      response: pageOf(Delivery),
      handle: async ({ actor, params, query }) => {
        const { state, after, limit } = query
        const which = { segment: params.id, webhook: params.webhook }
        const page = { state, after: after === undefined ? undefined : afterOf(after), limit }
        const items = [...(await webhooks.deliveries(actor.shop, which, page))]
        const last = items.at(-1)
        const next = items.length === limit && last ? encodeCursor([last.createdAt, last.id]) : null
        return { items, next }
      },
    }),
    route({
      method: 'post',
      path: '/api/segments/{id}/webhooks/{webhook}/deliveries/{delivery}/retry',
      summary: 'Try a failed delivery once more.',
      roles,
      params: Params.extend({ delivery: z.string().max(100) }),
      response: Ok,
      handle: async ({ actor, params }) => {
        const { id: segment, webhook, delivery } = params
        await webhooks.retry(actor, { segment, webhook }, delivery)
        return { ok: true }
      },
    }),
  ]
}

function afterOf(cursor: string): readonly [number, string] {
  const [createdAt, id] = decodeCursor(cursor) ?? []
  if (typeof createdAt !== 'number' || typeof id !== 'string')
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  return [createdAt, id]
}
