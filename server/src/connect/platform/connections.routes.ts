import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import { type Route, route } from '../../web/route.ts'
import { PlatformTrouble } from './call.driver.ts'
import type { Connections } from './connections.service.ts'
import { platformKinds } from './platform.ts'
import { platformResources } from './rows.ts'

const readers = ['marketer', 'developer', 'viewer'] as const
const writers = ['developer'] as const
const Params = z.object({ id: z.coerce.number().int().positive() })
const Time = z.number().nullable()

const Progress = z.object({
  resource: z.enum(platformResources),
  /** waiting, backfill (for the first time), following. */
  state: z.enum(['waiting', 'backfill', 'following']),
  /** Rows of the look under way, or of the last one. */
  done: z.number(),
  total: z.number().nullable(),
  /** Objects that are known now. */
  known: z.number(),
  refused: z.number(),
  refusals: z.array(z.object({ id: z.string(), why: z.string() })),
  /** When everything was there for the first time. */
  broughtAt: Time,
  /** Everything that changed before it is here. */
  watermark: Time,
  nextAt: z.number(),
  error: z.string().nullable(),
  detail: z.string().nullable(),
})
const Connection = z.object({
  id: z.number(),
  kind: z.enum(platformKinds),
  name: z.string(),
  state: z.enum(['asked', 'connected', 'broken', 'disconnected']),
  connectedAt: Time,
  lastOkAt: Time,
  brokenAt: Time,
  /** `denied`, `removed`, `refused`, `away`. */
  error: z.string().nullable(),
  detail: z.string().nullable(),
  /** What does not pass by itself, and since when; people are told of it. */
  lasting: z.object({ kind: z.string(), since: z.number() }).nullable(),
  /** Where the platform's webhooks go; only developers and owners see it. */
  webhookUrl: z.string().nullable(),
  lastNoticeAt: Time,
  noticesWaiting: z.number(),
  progress: z.array(Progress),
  /** Shopify: the script that the shop pastes as a custom pixel. */
  pixelUrl: z.string().nullable(),
  /** What could not be set up at the platform, as it said it. */
  settleError: z.string().nullable(),
  /** Coupons can be given to members there. */
  /** Kinds of discount that coupons at this platform can have; none: it holds no coupons. */
  couponKinds: z.array(z.enum(['amount', 'percent'])),
  /** It can be asked what it gives and sends by itself. */
  listsNative: z.boolean(),
})
const Native = z.object({
  kind: z.enum(['coupon', 'message']),
  id: z.string(),
  name: z.string(),
  when: z.string(),
  isOn: z.boolean(),
})

/** The shop's connections to platforms, whatever platform it is. */
export function connectionsRoutes(connections: Connections): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/connections',
      summary: 'What the shop is connected to, how far it is brought, and what is wrong.',
      roles: readers,
      response: z.object({ items: z.array(Connection) }),
      handle: async ({ actor }) => {
        const seesHooks = actor.role === 'owner' || actor.role === 'developer'
        const items = await connections.list(actor.shop)
        return { items: items.map((item) => shown(item, seesHooks)) }
      },
    }),
    route({
      method: 'get',
      path: '/api/connections/{id}/native',
      summary:
        'Coupons that the platform gives by itself, and ways its own messages go, as it says now.',
      roles: readers,
      params: Params,
      response: z.object({ items: z.array(Native) }),
      handle: async ({ actor, params }) => ({
        items: [...(await patiently(connections.native(actor.shop, params.id)))],
      }),
    }),
    route({
      method: 'post',
      path: '/api/connections/{id}/look',
      summary: 'Looks at what changed now instead of at its time.',
      roles: ['marketer', 'developer'],
      params: Params,
      response: z.object({}),
      handle: async ({ actor, params }) => {
        await connections.lookNow(actor.shop, params.id)
        return {}
      },
    }),
    route({
      method: 'post',
      path: '/api/connections/{id}/disconnect',
      summary:
        'Forgets the keys. What was brought stays, so that connecting again doubles nothing.',
      roles: writers,
      params: Params,
      response: z.object({}),
      handle: async ({ actor, params }) => {
        await connections.disconnect(actor, params.id)
        return {}
      },
    }),
  ]
}

/** A platform that does not answer is said so, and is no fault of ours. */
async function patiently<T>(asked: Promise<T>): Promise<T> {
  return await asked.catch((error: unknown) => {
    if (!(error instanceof PlatformTrouble)) throw error
    throw new Refusal('busy', `The platform does not answer: ${error.message}`)
  })
}

type Item = Awaited<ReturnType<Connections['list']>>[number]

function shown(item: Item, seesHooks: boolean): z.infer<typeof Connection> {
  const { id, kind, name, state, connectedAt, lastOkAt, brokenAt, error, detail } = item.row
  const settings = JSON.parse(item.row.settings) as {
    readonly settleError?: string | null
    readonly pixel?: string
  }
  return {
    ...{ id, kind, name, state, connectedAt, lastOkAt, brokenAt, error, detail },
    lasting: item.lasting ?? null,
    webhookUrl: seesHooks ? item.hookUrl : null,
    lastNoticeAt: item.notices?.lastAt ?? null,
    noticesWaiting: item.notices?.waiting ?? 0,
    settleError: settings.settleError ?? null,
    pixelUrl: settings.pixel ?? null,
    couponKinds: [...item.couponKinds],
    listsNative: item.listsNative,
    progress: item.progress.map((one) => ({
      resource: one.resource,
      state: one.state,
      done: one.done,
      total: one.total,
      known: item.counts.get(one.resource) ?? 0,
      refused: one.refused,
      refusals: JSON.parse(one.refusals ?? '[]') as { id: string; why: string }[],
      broughtAt: one.broughtAt,
      watermark: one.watermark,
      nextAt: one.nextAt,
      error: one.error,
      detail: one.detail,
    })),
  }
}
