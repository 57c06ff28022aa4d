import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import type { Body } from './happening.ts'

/** Where a visit came from, as its first event tells. Texts are bounded; what stands after `?` is not kept. */
export type Origin = {
  /** Lower case: `naver`, `kakao`, `newsletter`; `direct` where nothing tells. */
  readonly source: string
  /** Lower case: `cpc`, `organic`, `social`, `referral`, `none`. */
  readonly medium: string
  readonly campaign?: string
  /** Host and path of the page before, when it is another site. */
  readonly referrer?: string
  /** Path of the first page. */
  readonly landing: string
}

const textLimit = 200

/** Click ids that advertising systems add to their links, and what they say where the shop set no utm parameters. */
const clickIds: readonly (readonly [RegExp, string, string])[] = [
  [/^(gclid|gbraid|wbraid)$/, 'google', 'cpc'],
  [/^(n_media|n_ad|n_query|napm)$/, 'naver', 'cpc'],
  [/^msclkid$/, 'bing', 'cpc'],
  [/^ttclid$/, 'tiktok', 'cpc'],
]

/** Sites that are known by a name of their own. A host counts when it is the pattern or ends with a dot and it. */
const sites: readonly (readonly [RegExp, string, string])[] = [
  [/(^|\.)search\.naver\.com$/, 'naver', 'organic'],
  [/(^|\.)naver\.com$/, 'naver', 'referral'],
  [/(^|\.)google\.[a-z.]{2,6}$/, 'google', 'organic'],
  [/(^|\.)search\.daum\.net$/, 'daum', 'organic'],
  [/(^|\.)daum\.net$/, 'daum', 'referral'],
  [/(^|\.)bing\.com$/, 'bing', 'organic'],
  [/(^|\.)zum\.com$/, 'zum', 'organic'],
  [/(^|\.)yahoo\.[a-z.]{2,6}$/, 'yahoo', 'organic'],
  [/(^|\.)instagram\.com$/, 'instagram', 'social'],
  [/(^|\.)facebook\.com$/, 'facebook', 'social'],
  [/(^|\.)(youtube\.com|youtu\.be)$/, 'youtube', 'social'],
  [/(^|\.)tiktok\.com$/, 'tiktok', 'social'],
  [/(^|\.)(kakao\.com|kakaostory\.com)$/, 'kakao', 'social'],
  [/(^|\.)(x\.com|twitter\.com|t\.co)$/, 'x', 'social'],
]

/**
 * Where the visit that begins with this event came from: utm parameters (of the SDK's context, else of the address), else an
 * advertising click id, else the site before, else `direct`. undefined for an event of no page, such as a server's.
 */
export function originOf({ properties = {}, context = {} }: Body): Origin | undefined {
  const page = isJsonObject(context.page) ? context.page : {}
  const address = addressOf(properties.url) ?? addressOf(page.url)
  const path = address?.pathname ?? pathText(properties.path) ?? pathText(page.path)
  if (path === undefined) return undefined
  const query = address?.searchParams ?? new URLSearchParams(text(page.search))
  const campaign = isJsonObject(context.campaign) ? context.campaign : {}
  const utm = (key: string, name: string) => text(campaign[key]) || text(query.get(`utm_${name}`))
  const before = siteBefore(properties, context, address?.hostname)
  const guessed = guess(
    [...query].map(([key]) => key),
    before,
  )
  const source = utm('source', 'source')
  const name = utm('name', 'campaign')
  return {
    source: source ? source.toLowerCase() : guessed[0],
    medium: (utm('medium', 'medium') || (source ? 'none' : guessed[1])).toLowerCase(),
    ...(name ? { campaign: name } : {}),
    ...(before ? { referrer: bounded(before.hostname + before.pathname) } : {}),
    landing: bounded(path),
  }
}

function siteBefore(
  properties: JsonObject,
  context: JsonObject,
  own: string | undefined,
): URL | undefined {
  const page = isJsonObject(context.page) ? context.page : {}
  const told = isJsonObject(context.referrer) ? context.referrer.url : undefined
  for (const value of [told, properties.referrer, page.referrer]) {
    const address = addressOf(value)
    if (address && address.hostname !== own) return address
  }
  return undefined
}

function guess(keys: readonly string[], before: URL | undefined): readonly [string, string] {
  for (const [shape, source, medium] of clickIds)
    if (keys.some((key) => shape.test(key.toLowerCase()))) return [source, medium]
  if (!before) return ['direct', 'none']
  for (const [shape, source, medium] of sites)
    if (shape.test(before.hostname)) return [source, medium]
  return [bounded(before.hostname.replace(/^www\./, '')), 'referral']
}

function addressOf(value: Json | undefined): URL | undefined {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value) || !URL.canParse(value))
    return undefined
  return new URL(value)
}

function pathText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.startsWith('/') ? value.split(/[?#]/, 1)[0] : undefined
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? bounded(value.trim()) : ''
}

const bounded = (value: string): string => value.slice(0, textLimit).toWellFormed()
