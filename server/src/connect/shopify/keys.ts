import { z } from 'zod'
import { minuteMs, secondMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { PlatformAnswer, PlatformRequest } from '../platform/call.ts'

/** A shop's name as it stands before `.myshopify.com`: the only part of an address that anybody may choose. */
export const ShopName = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => text.replace(/^https?:\/\//, '').replace(/\.myshopify\.com(?:\/.*)?$/, ''))
  .pipe(
    z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'the name of the shop as before .myshopify.com'),
  )

/** The keys of a connected shop as they are sealed. */
export const ShopifyKeys = z.object({
  clientId: z.string(),
  /** With it Shopify signs webhooks. */
  clientSecret: z.string(),
  accessToken: z.string(),
  /** UTC ms; null: it lasts (an app that was made in the admin before 2026). */
  accessUntil: z.number().nullable(),
})
export type ShopifyKeys = z.infer<typeof ShopifyKeys>

/** What the app must be allowed; without the first three nothing can be brought. */
export const neededScopes = ['read_customers', 'read_orders', 'read_products'] as const
/** Without these some of it is missing: orders older than 60 days, coupons. */
export const moreScopes = ['read_all_orders', 'write_discounts'] as const

/** Keys are renewed so long before they end; they live a day. */
const earlyMs = 10 * minuteMs

const TokenAnswer = z.object({ access_token: z.string(), expires_in: z.number() })

/** Gives the app's own id and secret for a key of the shop in which it is installed (OAuth's client credentials grant). */
export function tokenRequest(app: {
  readonly clientId: string
  readonly clientSecret: string
}): PlatformRequest {
  return {
    method: 'post',
    path: '/admin/oauth/access_token',
    form: {
      grant_type: 'client_credentials',
      client_id: app.clientId,
      client_secret: app.clientSecret,
    },
  }
}

/** The keys of an answer; undefined: it is none. `now` in UTC ms. */
export function readToken(
  answer: PlatformAnswer,
  app: { readonly clientId: string; readonly clientSecret: string },
  now: number,
): ShopifyKeys | undefined {
  const read = TokenAnswer.safeParse(answer.body)
  if (answer.status !== 200 || !read.success) return undefined
  const { clientId, clientSecret } = app
  const { access_token: accessToken, expires_in: seconds } = read.data
  return { clientId, clientSecret, accessToken, accessUntil: now + seconds * secondMs }
}

/** How keys are renewed; one that lasts is renewed by nobody. */
export const shopifyRenewal = {
  dueAt: (credentials: JsonObject): number => {
    const { accessUntil } = ShopifyKeys.parse(credentials)
    return accessUntil === null ? Number.POSITIVE_INFINITY : accessUntil - earlyMs
  },
  ask: (credentials: JsonObject): PlatformRequest => tokenRequest(ShopifyKeys.parse(credentials)),
  read: (answer: PlatformAnswer, before: JsonObject, now: number): JsonObject | undefined =>
    readToken(answer, ShopifyKeys.parse(before), now),
}
