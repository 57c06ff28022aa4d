import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../../web/page.ts'
import { type Route, route } from '../../web/route.ts'
import { SegmentParams } from '../answers.ts'
import { eventsLimit } from './webhook.ts'
import type { Webhooks } from './webhooks.service.ts'

const roles = ['marketer', 'developer'] as const

const Webhook = z.object({
  id: z.number(),
  segment: z.number().nullable(),
  /** Names of the events it tells, none for everything customers do; null for a segment's. */
  events: z.array(z.string()).nullable(),
  url: z.string(),
  on: z.enum(['enter', 'leave', 'both']),
  /** Since when no call has arrived. */
  failingSince: z.number().nullable(),
  /** When it was given up; it is not called until it is resumed. */
  pausedAt: z.number().nullable(),
  createdAt: z.number(),
  createdBy: z.string(),
})
const Url = z.string().trim().min(1).max(2_000)
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
const EventParams = Params.omit({ id: true })
const Ok = z.object({ ok: z.boolean() })

/** Which webhook a path names: of a segment, or of events. */
type At<P extends z.ZodObject> = {
  readonly path: `/api/${string}/{webhook}`
  readonly params: P
  readonly which: (params: z.infer<P>) => {
    readonly segment: number | null
    readonly webhook: number
  }
}

/** Webhooks of entering and leaving a segment, and of what customers do. */
export function webhooksRoutes(webhooks: Webhooks): readonly Route[] {
  const ofSegment: At<typeof Params> = {
    path: '/api/segments/{id}/webhooks/{webhook}',
    params: Params,
    which: ({ id, webhook }) => ({ segment: id, webhook }),
  }
  const ofEvents: At<typeof EventParams> = {
    path: '/api/webhooks/{webhook}',
    params: EventParams,
    which: ({ webhook }) => ({ segment: null, webhook }),
  }
  return [
    ...segmentRoutes(webhooks),
    ...eventRoutes(webhooks),
    ...keeping(webhooks, ofSegment),
    ...keeping(webhooks, ofEvents),
    ...deliveries(webhooks, ofSegment),
    ...deliveries(webhooks, ofEvents),
  ]
}

function segmentRoutes(webhooks: Webhooks): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/segments/{id}/webhooks',
      summary: 'Who is told when people enter and leave a segment, the newest first.',
      roles,
      params: SegmentParams,
      response: z.object({ items: z.array(Webhook) }),
      handle: async ({ actor, params }) => ({
        items: shown(await webhooks.list(actor.shop, params.id)),
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
        url: Url,
        on: z.enum(['enter', 'leave', 'both']).default('both'),
      }),
      response: Webhook.extend({ secret: z.string() }),
      handle: async ({ actor, params, body }) => {
        const asked = { segment: params.id, events: null, url: body.url, on: body.on }
        return { ...(await webhooks.create(actor, asked)), events: null }
      },
    }),
  ]
}

function eventRoutes(webhooks: Webhooks): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/webhooks',
      summary: 'Who is told of what customers do, the newest first.',
      roles,
      response: z.object({ items: z.array(Webhook) }),
      handle: async ({ actor }) => ({ items: shown(await webhooks.list(actor.shop, null)) }),
    }),
    route({
      method: 'post',
      path: '/api/webhooks',
      summary:
        'Tell a server of the public internet, over https, what customers do from now on: the events named, or all of them. Signed and repeated as those of segments.',
      roles,
      body: z.strictObject({
        url: Url,
        events: z.array(z.string().trim().min(1).max(200)).max(eventsLimit).default([]),
      }),
      response: Webhook.extend({ secret: z.string() }),
      handle: async ({ actor, body }) => {
        const events = [...new Set(body.events)]
        const asked = { segment: null, events, url: body.url, on: 'both' } as const
        return { ...(await webhooks.create(actor, asked)), events }
      },
    }),
  ]
}

const shown = (items: Awaited<ReturnType<Webhooks['list']>>) =>
  items.map((one) => ({ ...one, events: one.events && [...one.events] }))

function keeping<P extends z.ZodObject>(webhooks: Webhooks, at: At<P>): readonly Route[] {
  const which = (params: unknown) => at.which(params as z.infer<P>)
  return [
    route({
      method: 'delete',
      path: at.path,
      summary: 'End a webhook; what was still to be told is not sent any more.',
      roles,
      params: at.params,
      response: Ok,
      handle: async ({ actor, params }) => {
        await webhooks.remove(actor, which(params))
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: `${at.path}/test`,
      summary: 'Call a webhook now, with a body about nobody.',
      roles,
      params: at.params,
      response: z.object({
        ok: z.boolean(),
        status: z.number().nullable(),
        error: z.string().nullable(),
      }),
      handle: ({ actor, params }) => webhooks.test(actor.shop, which(params)),
    }),
    route({
      method: 'post',
      path: `${at.path}/resume`,
      summary:
        'Call a webhook again that was given up because nothing arrived for a day. What waited goes out; what happened since is not told.',
      roles,
      params: at.params,
      response: Ok,
      handle: async ({ actor, params }) => {
        await webhooks.resume(actor, which(params))
        return { ok: true }
      },
    }),
  ]
}

function deliveries<P extends z.ZodObject>(webhooks: Webhooks, at: At<P>): readonly Route[] {
  const which = (params: unknown) => at.which(params as z.infer<P>)
  return [
    route({
      method: 'get',
      path: `${at.path}/deliveries`,
      summary: 'What a webhook was told and is to be told, the newest first.',
      roles,
      params: at.params,
      query: PageQuery.extend({ state: States.optional() }),
      response: pageOf(Delivery),
      handle: async ({ actor, params, query }) => {
        const { state, after, limit } = query
        const page = { state, after: after === undefined ? undefined : afterOf(after), limit }
        const items = [...(await webhooks.deliveries(actor.shop, which(params), page))]
        const last = items.at(-1)
        const next = items.length === limit && last ? encodeCursor([last.createdAt, last.id]) : null
        return { items, next }
      },
    }),
    route({
      method: 'post',
      path: `${at.path}/deliveries/{delivery}/retry`,
      summary: 'Try a failed delivery once more.',
      roles,
      params: at.params.extend({ delivery: z.string().max(100) }),
      response: Ok,
      handle: async ({ actor, params }) => {
        const { delivery } = params as { readonly delivery: string }
        await webhooks.retry(actor, which(params), delivery)
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
