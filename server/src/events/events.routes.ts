import { z } from 'zod'
import type { Database } from '../database/connection.store.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Actor, type Route, route } from '../web/route.ts'
import { type Failure, listFailures } from './failures.store.ts'
import type { Feed } from './feed.service.ts'
import type { History } from './history.service.ts'
import { countEvents } from './history-check.store.ts'
import type { Line } from './line.service.ts'
import { asEventStream, type Live } from './live.service.ts'

export type EventsRoutesNeeds = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly history: Pick<History, 'completeTo'>
  readonly line: Pick<Line, 'retry'>
  readonly feed: Feed
  readonly live: Live
  readonly audit: (actor: Actor, act: string, what: { readonly object: string }) => Promise<unknown>
}

const Properties = z.record(z.string(), z.unknown())
/** One happening, as lists and the live feed show it. */
export const ShownHappening = z.object({
  position: z.number(),
  kind: z.string(),
  name: z.string(),
  at: z.number(),
  receivedAt: z.number(),
  processedAt: z.number().nullable(),
  customer: z.number().nullable(),
  customerName: z.string().nullable(),
  messageId: z.string(),
  importId: z.string().nullable(),
  properties: Properties,
  traits: Properties,
})

/** A time in a query: UTC milliseconds, or RFC 3339 text. */
const Moment = z
  .union([z.coerce.number().int(), z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((value) => (typeof value === 'number' ? value : Date.parse(value)))

/** Events: the newest, how many, and as they happen. */
export function eventsRoutes(needs: EventsRoutesNeeds): readonly Route[] {
  return [...lists(needs), ...failures(needs)]
}

function lists({ warehouse, history, feed, live }: EventsRoutesNeeds): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/events',
      summary: 'The newest happenings, newest first; of one name or one customer when asked.',
      roles: ['marketer', 'developer', 'viewer'],
      query: PageQuery.extend({
        name: z.string().max(200).optional(),
        customer: z.coerce.number().int().positive().optional(),
      }),
      response: pageOf(ShownHappening),
      handle: async ({ actor, query }) => {
        const { name, customer, limit } = query
        const items = await feed.list(actor.shop, {
          name,
          customer,
          before: positionOf(query.after),
          limit,
        })
        const last = items.at(-1)
        return {
          items: [...items],
          next: items.length === limit && last ? encodeCursor([last.position]) : null,
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/events/count',
      summary:
        'How often an event happened in a period (from inclusive, to exclusive), counted in history up to `completeTo`.',
      roles: ['marketer', 'developer', 'viewer'],
      query: z.object({
        event: z.string().max(200).optional(),
        from: Moment.optional(),
        to: Moment.optional(),
      }),
      response: z.object({ count: z.number(), completeTo: z.number() }),
      handle: async ({ actor, query }) => {
        const completeTo = await history.completeTo(actor.shop)
        const asked = {
          event: query.event,
          from: query.from ?? earliest,
          to: query.to ?? latest,
          position: completeTo,
        }
        return { count: await countEvents(warehouse, actor.shop, asked), completeTo }
      },
    }),
    route({
      method: 'get',
      path: '/api/events/live',
      summary:
        'Server-sent events: each happening as the line has processed it, with masked names.',
      roles: ['marketer', 'developer', 'viewer'],
      response: ShownHappening,
      handle: async ({ actor, signal }) => {
        const viewer = await live.watch(actor.shop)
        if (!viewer)
          throw new Refusal(
            'too-many',
            'Too many people watch the live view. Close another one first.',
          )
        return asEventStream(viewer, signal)
      },
    }),
  ]
}

const earliest = Date.UTC(1900, 0, 1)
const latest = Date.UTC(2299, 0, 1)

const FailureAnswer = z.object({
  id: z.number(),
  customer: z.number(),
  first: z.number(),
  last: z.number(),
  room: z.string(),
  error: z.string(),
  at: z.number(),
  resolvedAt: z.number().nullable(),
})

function failures({ db, line, audit }: EventsRoutesNeeds): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/line/failures',
      summary: 'What the line had to set aside, newest first.',
      roles: ['developer'],
      query: PageQuery,
      response: pageOf(FailureAnswer),
      handle: async ({ actor, query }) => {
        const items = await listFailures(db, actor.shop, {
          before: positionOf(query.after),
          limit: query.limit,
        })
        return failurePage(items, query.limit)
      },
    }),
    route({
      method: 'post',
      path: '/api/line/failures/{id}/retry',
      summary: 'Runs what was set aside again, in its own transaction.',
      roles: ['developer'],
      params: z.object({ id: z.coerce.number().int().positive() }),
      response: z.object({
        outcome: z.enum(['done', 'failed-again']),
        error: z.string().nullable(),
      }),
      handle: async ({ actor, params }) => {
        await audit(actor, 'line.retried', { object: `failure:${params.id}` })
        return retryAnswer(await line.retry(actor.shop, params.id))
      },
    }),
  ]
}

function failurePage(items: readonly Failure[], limit: number) {
  const last = items.at(-1)
  return {
    items: [...items],
    next: items.length === limit && last ? encodeCursor([last.id]) : null,
  }
}

function retryAnswer(outcome: Awaited<ReturnType<Line['retry']>>) {
  switch (outcome.kind) {
    case 'done':
      return { outcome: 'done' as const, error: null }
    case 'failed-again':
      return { outcome: 'failed-again' as const, error: outcome.error }
    case 'unknown':
      throw new Refusal('not-found', 'There is no such failure, or it is solved already.')
  }
}

/** The one number of a cursor. */
export function positionOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const [position] = decodeCursor(cursor) ?? []
  if (typeof position !== 'number')
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  return position
}
