import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { contactKey } from '../customers/contact.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { isJsonObject, type Json } from '../lib/json.ts'
import { readJson } from '../lib/json-parse.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Scope } from '../shops/access.ts'
import type { Vault } from '../vault/vault.service.ts'
import { problemOf } from '../web/problem.ts'
import type { Accept } from './accept.service.ts'
import { bodyText, type NodeEnv } from './body.driver.ts'
import { type CallKind, type ItemRefusal, type Parsed, parseCall } from './parse.ts'
import type { Visitors } from './visitors.service.ts'
import type { Arrival, Sight } from './visitors.ts'

/** Seconds after which a busy server asks to be tried again. */
const retryAfterSeconds = 2
/** Keys are 36 characters; a longer one is not looked up. */
const keyLimit = 100

type KnownKey = { readonly shop: ShopId; readonly scope: Scope }

type Needs = {
  readonly accept: Pick<Accept, 'accept' | 'check'>
  readonly resolveKey: (key: string) => Promise<KnownKey | undefined>
  readonly vault: Vault
  readonly clock: Clock
  readonly visitors: Visitors
  /** Told of errors that are ours, and of nothing in the request. */
  readonly onError?: (error: unknown, where: string) => void
}

const kinds: readonly CallKind[] = [
  'track',
  'identify',
  'page',
  'screen',
  'group',
  'alias',
  'batch',
  'import',
]

/**
 * Segment's HTTP tracking API: POST /v1/track, identify, page, screen, group, alias, batch, import, and the one-letter
 * paths of the browser SDKs. The key is the Basic user, a Bearer token, or `writeKey` in the body.
 */
export function ingestRoutes(needs: Needs): Hono {
  const app = new Hono()
  for (const kind of kinds) {
    // `import` has no short form: `i` is identify.
    const paths = kind === 'import' ? [`/v1/${kind}`] : [`/v1/${kind}`, `/v1/${kind.charAt(0)}`]
    for (const path of paths) {
      app.post(path, (context) => answer(needs, kind, context))
      app.options(path, preflight)
    }
  }
  return app
}

// Any page may ask; what a key may do is decided when it is known.
function preflight(context: Context): Response {
  const asked = context.req.header('access-control-request-headers')
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-allow-headers': asked ?? 'authorization, content-type, x-retry-count',
      'access-control-max-age': '86400',
      vary: 'access-control-request-headers',
    },
  })
}

async function answer(needs: Needs, kind: CallKind, context: Context): Promise<Response> {
  let key: KnownKey | undefined
  try {
    const stated = keyOfHeader(context.req.header('authorization'))
    if (stated !== undefined) {
      key = await known(needs, stated)
      // A body that would be refused is neither read nor parsed: what is asked to come again costs the line nothing.
      await needs.accept.check(key.shop)
    }
    const body = parsedBody(await bodyText(context.req.raw, context.env as NodeEnv | undefined))
    key ??= await known(needs, keyOfBody(body))
    const sight = await needs.visitors.sight(key, arrivalOf(context, key.scope))
    const parsed = parseCall(kind, body, intakeOf(needs, key, sight))
    return await taken(needs, parsed, key)
  } catch (error) {
    if (!(error instanceof Refusal)) needs.onError?.(error, `POST /v1/${kind}`)
    // A page must be able to read why it was refused, also when its key is unknown.
    return failure(error, key === undefined ? openHeaders : headersOf(key))
  }
}

async function taken(needs: Needs, parsed: Parsed, key: KnownKey): Promise<Response> {
  if (parsed.kind === 'refused') throw new Refusal(parsed.code, parsed.reason, parsed.field)
  const first = parsed.refused[0]
  if (parsed.happenings.length === 0 && first) {
    return failure(
      new Refusal('invalid', first.reason, first.field),
      headersOf(key),
      parsed.refused,
    )
  }
  const { bots } = parsed
  if (bots.size > 0) await needs.visitors.leftOut(key.shop, bots)
  const result =
    parsed.happenings.length > 0
      ? await needs.accept.accept(key.shop, parsed.happenings)
      : { accepted: 0, duplicates: 0, refused: [] }
  const late = result.refused.map(({ index, reason }) => ({
    index: parsed.origins[index] ?? 0,
    field: 'body',
    reason,
  }))
  const refused = [...parsed.refused, ...late]
  if (result.accepted + result.duplicates === 0 && late[0]) {
    return failure(new Refusal('invalid', late[0].reason, late[0].field), headersOf(key), refused)
  }
  const { accepted, duplicates } = result
  return new Response(
    refused.length === 0 && duplicates === 0 && bots.size === 0
      ? `{"success":true,"accepted":${accepted},"duplicates":0,"refused":[]}`
      : JSON.stringify({
          success: true,
          accepted,
          duplicates,
          refused,
          ...(bots.size > 0 ? { bots: [...bots.values()].reduce((sum, one) => sum + one, 0) } : {}),
        }),
    { headers: headersOf(key) },
  )
}

const plainHeaders = { 'content-type': 'application/json' }
const openHeaders = { ...plainHeaders, 'access-control-allow-origin': '*' }

// Only a public key's answers may be read by pages: a secret key has no business in one.
const headersOf = (key: KnownKey) => (key.scope === 'browser' ? openHeaders : plainHeaders)

function failure(
  error: unknown,
  headers: Readonly<Record<string, string>>,
  refused?: readonly ItemRefusal[],
): Response {
  const problem = problemOf(error)
  return new Response(JSON.stringify(refused ? { ...problem, refused } : problem), {
    status: problem.status,
    headers: {
      ...headers,
      'content-type': 'application/problem+json',
      ...(problem.status === 503 ? { 'retry-after': String(retryAfterSeconds) } : {}),
    },
  })
}

function parsedBody(text: string): Json {
  const read = readJson(text)
  if (read.kind === 'refused') throw new Refusal('invalid', read.why, 'body')
  return read.value
}

async function known(needs: Needs, key: string | undefined): Promise<KnownKey> {
  const found =
    key !== undefined && key !== '' && key.length <= keyLimit
      ? await needs.resolveKey(key)
      : undefined
  if (found) return found
  throw new Refusal(
    'unauthenticated',
    key
      ? 'This key is unknown or was revoked.'
      : 'Send your key as the Basic user name, or as writeKey in the body.',
    'writeKey',
  )
}

function keyOfHeader(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const [scheme = '', value = ''] = header.split(' ', 2)
  if (/^bearer$/i.test(scheme)) return value
  if (!/^basic$/i.test(scheme)) return undefined
  const pair = Buffer.from(value, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  return colon === -1 ? pair : pair.slice(0, colon)
}

function keyOfBody(body: Json): string | undefined {
  if (!isJsonObject(body)) return undefined
  return typeof body.writeKey === 'string' ? body.writeKey : undefined
}

/** Where the call came from; the addresses are looked at here and nowhere kept. */
function arrivalOf(context: Context, scope: Scope): Arrival {
  const socket = (context.env as NodeEnv | undefined)?.incoming?.socket.remoteAddress
  const forwarded = context.req.header('x-forwarded-for')?.slice(0, 500).split(',') ?? []
  return {
    browser: scope === 'browser',
    userAgent: context.req.header('user-agent'),
    addresses: [...(socket === undefined ? [] : [socket]), ...forwarded],
  }
}

function intakeOf(needs: Needs, key: KnownKey, sight: Sight) {
  const { vault } = needs
  return {
    receivedAt: needs.clock.now(),
    scope: key.scope,
    protect: (kind: 'email' | 'phone', normalised: string) => contactKey(vault, kind, normalised),
    vouches: (userId: string, signature: string) => vault.vouchesFor(key.shop, userId, signature),
    newId: randomUUID,
    sight,
  }
}
