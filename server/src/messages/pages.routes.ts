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
import { readKept } from './kept.ts'
import { type LinkTarget, readLink } from './link.ts'
import { askPage, donePage, type PageLanguage, readOptOutBody, sorryPage } from './opt-out-page.ts'
import { type LinkedMessage, markClicked, readLinked, readOptOut } from './pages.store.ts'
import { clickOf } from './receipt.ts'

/** Far more than any receiver sends. */
const bodyLimitBytes = 16 * 1024

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
  readonly vault: Pick<Vault, 'sign' | 'verify'>
  readonly consent: Pick<Consent, 'suppress'>
  readonly accept: Accept['accept']
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

/** What links in messages open: `/c/...` counts a click and goes on, `/u/...` is the way out. No cookies, no sign-in. */
export function messagePages(needs: Needs): Hono {
  const app = new Hono()
  app.get('/c/:token', (context) => click(needs, context.req.param('token'), context.req.raw))
  app.get('/u/:token', async (context) => {
    const found = await optOutOf(needs, context.req.param('token'))
    const language = languageOf(context.req.query('language'), found?.shop)
    if (!found) return html(sorryPage('invalid', language), 404)
    return html(askPage(found.shop, found.masked, language))
  })
  app.post('/u/:token', (context) => optOut(needs, context.req.param('token'), context.req.raw))
  return app
}

/** Goes on to the address whatever happens to the counting; only to one that was in the message. */
async function click(needs: Needs, token: string, request: Request): Promise<Response> {
  const target = readLink('click', token, needs.vault)
  if (target?.kind !== 'click') return html(sorryPage('invalid', 'ko'), 404)
  const shopId = target.shop as ShopId
  const message = await readLinked(needs.db, shopId, target.message)
  const url = message ? readKept(message.kept).links[target.link] : undefined
  // The message was erased: the shop itself is the best that is left.
  if (!message || url === undefined) return redirect((await needs.shops.shop(shopId)).url || '/')
  if (isPerson(request)) {
    await count(needs, shopId, { message, link: target.link, url }).catch((error: unknown) =>
      needs.onError?.(error),
    )
  }
  return redirect(url)
}

async function count(
  needs: Needs,
  shop: ShopId,
  clicked: { readonly message: LinkedMessage; readonly link: number; readonly url: string },
): Promise<void> {
  const now = needs.clock.now()
  const { message, link, url } = clicked
  if (message.clickedAt === null)
    await markClicked(needs.db, shop, { message: message.id, at: now })
  await needs.accept(shop, [clickOf(message, { link, url, now })])
}

/** Scanners ask with HEAD, browsers fetch ahead with a purpose; neither is somebody's click. */
function isPerson(request: Request): boolean {
  const purpose = request.headers.get('sec-purpose') ?? request.headers.get('purpose') ?? ''
  return request.method === 'GET' && !/prefetch|preview/i.test(purpose)
}

function redirect(url: string): Response {
  return new Response(null, {
    status: 302,
    headers: { location: url, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  })
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
  const length = Number(request.headers.get('content-length') ?? 0)
  const body = length > bodyLimitBytes ? '' : (await request.text()).slice(0, bodyLimitBytes)
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
