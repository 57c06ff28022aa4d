import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Subscriptions } from '../../channels/push/push.service.ts'
import { pushSettings, Subscription } from '../../channels/push/settings.ts'
import type { ConsentChange } from '../../consent/consent.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs } from '../../lib/duration.ts'
import { parseJson } from '../../lib/json-parse.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Scope } from '../../shops/access.ts'
import type { Shops } from '../../shops/shops.service.ts'
import { boundedBody } from '../../web/bounded-body.ts'
import { problemOf } from '../../web/problem.ts'

/** Far more than any browser sends. */
const bodyLimitBytes = 8 * 1024

type Needs = {
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly subscriptions: Subscriptions
  readonly resolveKey: (
    key: string,
  ) => Promise<{ readonly shop: ShopId; readonly scope: Scope } | undefined>
  readonly accept: Accept['accept']
  readonly onError?: (error: unknown) => void
}

const Key = z.string().min(1).max(100)
const Device = z.string().trim().min(1).max(200)
const Said = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('subscribe'),
    writeKey: Key,
    anonymousId: Device,
    subscription: Subscription.extend({ endpoint: z.url({ protocol: /^https$/ }).max(1_000) }),
    /** Which wording the person saw before the browser's own question. */
    wording: z.string().max(200).optional(),
  }),
  z.object({
    act: z.literal('unsubscribe'),
    writeKey: Key,
    anonymousId: Device,
    endpoint: z.url().max(1_000),
  }),
])
type Said = z.infer<typeof Said>

/**
 * Where browsers say that they take notifications. The subscription itself is the proof that the person agreed to the
 * browser's question on this device, so the consent is recorded for the device alone: whoever it belongs to, now or once
 * they sign in. Nothing here names a member. A page tells of the same subscription at every visit, which agrees to nothing
 * again: who has refused since stays refused.
 */
export function pushPages(needs: Needs): Hono {
  const app = new Hono()
  app.options('/v1/push', () => new Response(null, { status: 204, headers: open }))
  app.get('/v1/push', async (context) =>
    answered(needs, async () => {
      const shop = await shopOf(needs, context.req.query('key') ?? '')
      const settings = pushSettings((await needs.shops.shop(shop)).settings.push)
      return { publicKey: settings?.publicKey ?? null }
    }),
  )
  app.post('/v1/push', async (context) =>
    answered(needs, async () => {
      const said = await readSaid(context)
      const shop = await shopOf(needs, said.writeKey)
      await take(needs, shop, said)
      return { success: true }
    }),
  )
  return app
}

const open = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
  'cache-control': 'no-store',
}

async function answered(needs: Needs, act: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await act(), { headers: open })
  } catch (error) {
    if (!(error instanceof Refusal)) needs.onError?.(error)
    const problem = problemOf(error)
    return Response.json(problem, { status: problem.status, headers: open })
  }
}

async function readSaid(context: Context): Promise<Said> {
  const text = await boundedBody(context.req.raw, bodyLimitBytes)
  if (text === undefined) throw new Refusal('too-large', 'The body is too large.', 'body')
  const json = parseJson(text)
  if (json.kind === 'refused') throw new Refusal('invalid', json.why, 'body')
  const said = Said.safeParse(json.value)
  if (said.success) return said.data
  const [issue] = said.error.issues
  throw new Refusal('invalid', issue?.message ?? 'This is no subscription.', issue?.path.join('.'))
}

async function shopOf(needs: Needs, text: string): Promise<ShopId> {
  const key = await needs.resolveKey(text)
  if (!key) throw new Refusal('unauthenticated', 'This key is unknown.', 'writeKey')
  return key.shop
}

async function take(needs: Needs, shop: ShopId, said: Said): Promise<void> {
  const now = needs.clock.now()
  const device = said.anonymousId
  let isNews = true
  if (said.act === 'subscribe') {
    if (!pushSettings((await needs.shops.shop(shop)).settings.push))
      throw new Refusal('conflict', 'Web push is not switched on for this shop.')
    // Only who was shown the words agreed to them; a new endpoint alone says nothing about the person.
    isNews =
      said.wording !== undefined &&
      !(await needs.subscriptions.has(shop, said.subscription.endpoint))
  }
  // The word first: what broke off in between is said again and is still news.
  if (isNews) await record(needs, shop, said)
  if (said.act === 'unsubscribe') await needs.subscriptions.drop(shop, said.endpoint)
  else await needs.subscriptions.save(shop, { device, subscription: said.subscription, at: now })
}

async function record(needs: Needs, shop: ShopId, said: Said): Promise<void> {
  const now = needs.clock.now()
  const device = said.anonymousId
  const change: ConsentChange = {
    channel: 'web_push',
    kind: said.act === 'subscribe' ? 'grant' : 'withdraw',
    scope: 'ad_day',
    source: 'push_permission',
    ...(said.act === 'subscribe' && said.wording ? { wording: said.wording } : {}),
  }
  await needs.accept(shop, [
    {
      kind: 'consent',
      name: 'Consent Changed',
      at: now,
      receivedAt: now,
      messageId: `push:${said.act}:${device}:${Math.floor(now / minuteMs)}`,
      ids: { anonymous: device, verified: true },
      body: { properties: { ...change } },
    },
  ])
}
