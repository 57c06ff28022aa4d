import { Hono } from 'hono'
import type { Consent } from '../consent/consent.service.ts'
import type { ConsentChange } from '../consent/consent.ts'
import type { Database } from '../database/connection.store.ts'
import type { Accept } from '../events/accept.service.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { minuteMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import { type LinkTarget, readLink } from './link.ts'
import { follower } from './links/follow.service.ts'
import { answerHere } from './links/host-check.service.ts'
import { openings } from './opens.service.ts'
import { askPage, donePage, type PageLanguage, readOptOutBody, sorryPage } from './opt-out-page.ts'
import { readOptOut } from './pages.store.ts'

/** Far more than any receiver sends. */
const bodyLimitBytes = 16 * 1024

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
  readonly vault: Pick<Vault, 'sign' | 'verify'>
  readonly consent: Pick<Consent, 'suppress'>
  readonly accept: Accept['accept']
  readonly publicUrl: string
  readonly onError?: (error: unknown) => void
}

const htmlHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
}

const html = (text: string, status = 200, more: Readonly<Record<string, string>> = {}) =>
  new Response(text, { status, headers: { ...htmlHeaders, ...more } })

/**
 * What links in messages open: `/c/...` and `/s/...` count a click and go on, `/u/...` is the way out. No cookies, no
 * sign-in. On a short host of its own a shop's links are the code alone.
 */
export function messagePages(needs: Needs): Hono {
  const app = new Hono()
  const { follow, followCode } = follower(needs)
  const ownHost = new URL(needs.publicUrl).host
  app.get('/c/:token', async (context) => {
    const target = readLink('click', context.req.param('token'), needs.vault)
    if (target?.kind !== 'click') return html(sorryPage('invalid', 'ko'), 404)
    return await follow({ ...target, shop: target.shop as ShopId }, context.req.raw)
  })
  const opened = openings(needs)
  app.get('/o/:token', (context) => opened(context.req.param('token'), context.req.raw))
  app.get('/s/:code', async (context) => {
    const followed = await followCode(context.req.param('code'), context.req.raw)
    return followed ?? html(sorryPage('invalid', 'ko'), 404)
  })
  app.get('/:code', async (context, next) => {
    // Pages of the dashboard are words of seven letters too: there a code is asked for only under /s/.
    if (hostOf(context.req.raw) === ownHost) return await next()
    return (await followCode(context.req.param('code'), context.req.raw)) ?? (await next())
  })
  app.post('/s/here', async (context) =>
    answerHere(needs.vault, hostOf(context.req.raw), await boundedBody(context.req.raw)),
  )
  app.get('/u/:token', async (context) => {
    const found = await optOutOf(needs, context.req.param('token'))
    const language = languageOf(context.req.query('language'), found?.shop)
    if (!found) return html(sorryPage('invalid', language), 404)
    return html(askPage(found.shop, found.masked, language))
  })
  app.post('/u/:token', (context) => optOut(needs, context.req.param('token'), context.req.raw))
  return app
}

function hostOf(request: Request): string {
  return (request.headers.get('host') ?? new URL(request.url).host).toLowerCase()
}

async function boundedBody(request: Request): Promise<string> {
  const length = Number(request.headers.get('content-length') ?? 0)
  return length > bodyLimitBytes ? '' : (await request.text()).slice(0, bodyLimitBytes)
}

type OptOut = {
  readonly shop: Shop
  readonly target: Extract<LinkTarget, { readonly kind: 'optout' }>
  readonly customer: number
  readonly hash: string | null
  readonly masked: string | null
}

async function optOutOf(needs: Needs, token: string): Promise<OptOut | undefined> {
  const target = readLink('optout', token, needs.vault)
  if (target?.kind !== 'optout') return undefined
  const shop = await needs.shops.shop(target.shop as ShopId)
  if (target.message === 0) return { shop, target, customer: 0, hash: null, masked: null }
  const address = await readOptOut(needs.db, shop.id, target)
  return address && { shop, target, ...address }
}

async function optOut(needs: Needs, token: string, request: Request): Promise<Response> {
  const body = await boundedBody(request)
  const asked = readOptOutBody(request.headers.get('content-type') ?? '', body)
  const found = await optOutOf(needs, token)
  const language = languageOf(new URLSearchParams(body).get('language') ?? undefined, found?.shop)
  if (!found || asked === 'other') return html(sorryPage('invalid', language), found ? 400 : 404)
  const now = needs.clock.now()
  const isTest = found.target.message === 0
  try {
    if (!isTest) await withdraw(needs, found, { now, asked })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'busy') throw error
    return html(sorryPage('busy', language), 503, { 'retry-after': '30' })
  }
  return html(donePage(found.shop, { at: now, isTest }, language))
}

/** Closes the address at once, then lets the log say why: the consent is withdrawn when the line has read it. */
async function withdraw(
  needs: Needs,
  found: OptOut,
  said: { readonly now: number; readonly asked: 'one-click' | 'confirmed' },
): Promise<void> {
  const { shop, target, customer, hash } = found
  await needs.consent.suppress(needs.db, shop.id, {
    channel: 'email',
    hashes: hash === null ? [] : [hash],
    reason: 'opted_out',
    at: said.now,
  })
  const change: ConsentChange = {
    channel: 'email',
    kind: 'withdraw',
    scope: 'ad_day',
    source: said.asked === 'one-click' ? 'one_click' : 'preference_centre',
    evidence: { message: String(target.message) },
  }
  await needs.accept(shop.id, [
    {
      kind: 'consent',
      name: 'Consent Changed',
      at: said.now,
      receivedAt: said.now,
      // Receivers repeat their POST; a person may come back after agreeing again.
      messageId: `optout:${target.message}:${Math.floor(said.now / minuteMs)}`,
      ids: { customer, verified: true },
      body: { properties: { ...change } },
    },
  ])
}

function languageOf(asked: string | undefined, shop: Shop | undefined): PageLanguage {
  if (asked === 'ko' || asked === 'en') return asked
  return shop?.language ?? 'ko'
}
