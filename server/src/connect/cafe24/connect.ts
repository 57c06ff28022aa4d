import { z } from 'zod'
import { hourMs, minuteMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { PlatformAnswer, PlatformRequest } from '../platform/call.ts'
import { cafe24Time } from './values.ts'

/** A mall's id as it stands before `.cafe24.com`: the only part of an address that anybody may choose. */
export const Mall = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9-]{1,31}$/,
    'the mall id: small letters and digits, as before .cafe24.com',
  )

/** What the shop's own app may do; the page lists them for who makes the app. */
export const cafe24Scopes = [
  'mall.read_store',
  'mall.read_application',
  'mall.write_application',
  'mall.read_product',
  'mall.read_order',
  'mall.read_customer',
  'mall.read_privacy',
  'mall.read_personal',
  'mall.read_promotion',
  'mall.write_promotion',
] as const

/** The keys of a connected mall as they are sealed. */
export const Cafe24Keys = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  accessToken: z.string(),
  /** UTC ms. */
  accessUntil: z.number(),
  refreshToken: z.string(),
  refreshUntil: z.number(),
  /** Signs the tokens that name members on the shop's pages; absent: nobody is vouched for. */
  serviceKey: z.string().optional(),
})
type Cafe24Keys = Omit<z.infer<typeof Cafe24Keys>, 'serviceKey'>

/** Keys are renewed so long before they end. */
const earlyMs = 10 * minuteMs
/** At least once a day, so that the refresh key (two weeks) never grows old while nothing is called. */
const atLeastMs = 24 * hourMs

const TokenAnswer = z.object({
  access_token: z.string(),
  expires_at: z.string(),
  refresh_token: z.string(),
  refresh_token_expires_at: z.string(),
})

/** Where the shop's owner says yes. */
export function authorizeUrl(
  base: string,
  asked: { readonly clientId: string; readonly state: string; readonly redirectUri: string },
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: asked.clientId,
    state: asked.state,
    redirect_uri: asked.redirectUri,
    scope: cafe24Scopes.join(','),
  })
  return `${base}/oauth/authorize?${query}`
}

/** Gives the code for keys; a code lives one minute. */
export function codeRequest(
  app: { readonly clientId: string; readonly clientSecret: string },
  code: string,
  redirectUri: string,
): PlatformRequest {
  return tokenRequest(app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri })
}

/** How keys are renewed: each refresh key works once. */
export const cafe24Renewal = {
  dueAt: (credentials: JsonObject): number => {
    const keys = Cafe24Keys.parse(credentials)
    return Math.min(keys.accessUntil - earlyMs, keys.refreshUntil - 14 * 24 * hourMs + atLeastMs)
  },
  ask: (credentials: JsonObject): PlatformRequest => {
    const keys = Cafe24Keys.parse(credentials)
    return tokenRequest(keys, { grant_type: 'refresh_token', refresh_token: keys.refreshToken })
  },
  read: (answer: PlatformAnswer, before: JsonObject): JsonObject | undefined => {
    const keys = readKeys(answer, Cafe24Keys.parse(before))
    return keys && { ...before, ...keys }
  },
}

type App = {
  readonly clientId: string
  readonly clientSecret: string
  readonly serviceKey?: string | undefined
}

/** The keys of an answer; undefined: it is none. */
export function readKeys(answer: PlatformAnswer, app: App): (Cafe24Keys & JsonObject) | undefined {
  const read = TokenAnswer.safeParse(answer.body)
  if (answer.status !== 200 || !read.success) return undefined
  const accessUntil = cafe24Time(read.data.expires_at)
  const refreshUntil = cafe24Time(read.data.refresh_token_expires_at)
  if (accessUntil === null || refreshUntil === null) return undefined
  return {
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    accessToken: read.data.access_token,
    accessUntil,
    refreshToken: read.data.refresh_token,
    refreshUntil,
    ...(app.serviceKey ? { serviceKey: app.serviceKey } : {}),
  }
}

function tokenRequest(
  app: { readonly clientId: string; readonly clientSecret: string },
  form: Readonly<Record<string, string>>,
): PlatformRequest {
  const basic = btoa(`${app.clientId}:${app.clientSecret}`)
  return {
    method: 'post',
    path: '/oauth/token',
    form,
    headers: { authorization: `Basic ${basic}` },
  }
}
