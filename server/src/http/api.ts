import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import { boundedBody } from '../web/bounded-body.ts'
import { sessionOf } from '../web/cookie.ts'
import { problemOf } from '../web/problem.ts'
import { type Actor, type Call, nobody, type Route } from '../web/route.ts'
import { unstorable } from '../web/unstorable.ts'
import type { Idempotency } from './idempotency.store.ts'
import { unchanged } from './unchanged.ts'

const defaultBodyBytes = 1024 * 1024

type Needs = {
  readonly routes: readonly Route[]
  /** The member of a session token, or the key's shop; undefined when unknown. */
  readonly actorOfSession: (token: string) => Promise<Actor | undefined>
  readonly actorOfKey: (key: string) => Promise<Actor | undefined>
  readonly idempotency: Idempotency
  readonly clock: Clock
  readonly onError: (error: unknown, where: string) => void
}

/** Serves the routes: who is asking, may they, is the input right; then the handler; errors as problem+json. */
export function api(needs: Needs): Hono {
  const app = new Hono()
  const guarded = { ...needs, unchanged: unchanged(needs.routes) }
  for (const one of needs.routes) {
    const path = one.path.replaceAll(/\{(\w+)\}/g, ':$1')
    app.on(one.method.toUpperCase(), path, (context) => answer(guarded, one, context))
  }
  app.all('/api/*', () =>
    problemResponse(new Refusal('not-found', 'There is no such route; see /openapi.json.')),
  )
  return app
}

/** A problem+json answer; busy ones carry Retry-After. */
export function problemResponse(error: unknown): Response {
  const problem = problemOf(error)
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' }
  if (problem.status === 503 || problem.status === 429) headers['retry-after'] = '2'
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}

type Guarded = Needs & { readonly unchanged: ReturnType<typeof unchanged> }

async function answer(needs: Guarded, one: Route, context: Context): Promise<Response> {
  try {
    const request = context.req.raw
    const actor = await authorise(needs, one, request)
    const text = await bodyOf(request, one)
    const call: Call = {
      actor,
      params: one.params ? parsed(one.params, storable(context.req.param(), 'path'), 'path') : {},
      query: one.query ? parsed(one.query, storable(context.req.query(), 'query'), 'query') : {},
      body: one.body ? parsed(one.body, jsonOf(text), 'body') : undefined,
      request,
      signal: request.signal,
    }
    const key = request.headers.get('idempotency-key')
    // An upload that is not JSON is not read here, so a repeat could not be told from another one.
    const repeats = one.method === 'post' && one.media?.request === undefined
    if (key === null || !repeats) return await needs.unchanged(one, call, () => run(one, call))
    return await runOnce(needs, { one, call, key, text })
  } catch (error) {
    if (!(error instanceof Refusal)) needs.onError(error, `${one.method} ${one.path}`)
    return problemResponse(error)
  }
}

async function run(one: Route, call: Call): Promise<Response> {
  const result = await one.handle(call)
  if (result instanceof Response) return result
  return Response.json(result ?? null, { headers: { 'cache-control': 'no-store' } })
}

/** The same Idempotency-Key again gives the first answer again; with another body it is refused. */
async function runOnce(
  needs: Needs,
  asked: { readonly one: Route; readonly call: Call; readonly key: string; readonly text: string },
): Promise<Response> {
  const { one, call, key, text } = asked
  if (key.length > 200) throw new Refusal('invalid', 'At most 200 characters.', 'Idempotency-Key')
  const requestHash = createHash('sha256')
    .update(`${one.path}\n${call.request.url}\n${text}`)
    .digest()
  const shop = call.actor.shop
  const before = await needs.idempotency.begin(shop, { key, requestHash, now: needs.clock.now() })
  if (before.kind === 'other')
    throw new Refusal(
      'conflict',
      'This Idempotency-Key was used for another request.',
      'Idempotency-Key',
    )
  if (before.kind === 'running')
    throw new Refusal(
      'conflict',
      'The first request with this Idempotency-Key is still running.',
      'Idempotency-Key',
    )
  if (before.kind === 'done')
    return new Response(before.response, {
      status: before.status,
      headers: { 'content-type': 'application/json' },
    })
  try {
    const response = await run(one, call)
    await needs.idempotency.finish(shop, {
      key,
      status: response.status,
      response: await response.clone().text(),
    })
    return response
  } catch (error) {
    await needs.idempotency.abandon(shop, key)
    throw error
  }
}

async function authorise(needs: Needs, one: Route, request: Request): Promise<Actor> {
  if (one.roles === 'anyone') return nobody
  const actor = await actorOf(needs, request)
  if (!actor)
    throw new Refusal(
      'unauthenticated',
      'Sign in, or send an admin key as "Authorization: Bearer".',
    )
  if (actor.role !== 'owner' && !one.roles.includes(actor.role))
    throw new Refusal('forbidden', `Your role (${actor.role}) may not do this.`)
  return actor
}

async function actorOf(needs: Needs, request: Request): Promise<Actor | undefined> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer) return needs.actorOfKey(bearer)
  const token = sessionOf(request.headers.get('cookie'))
  if (!token) return undefined
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  if (changes && request.headers.get('x-danggol-csrf') !== '1')
    throw new Refusal('forbidden', 'A change needs the header x-danggol-csrf: 1.', 'x-danggol-csrf')
  return needs.actorOfSession(token)
}

async function bodyOf(request: Request, one: Route): Promise<string> {
  if (!one.body) return ''
  const limit = one.bodyLimitBytes ?? defaultBodyBytes
  const text = await boundedBody(request, limit)
  if (text === undefined) throw new Refusal('too-large', `At most ${limit} bytes.`, 'body')
  return text
}

function jsonOf(text: string): unknown {
  try {
    if (text === '') return {}
    if (!mayBeUnstorable.test(text)) return JSON.parse(text)
    // Half an emoji is what is left of a text that was cut; nobody could find it to take it out.
    const whole = (_: string, value: unknown) =>
      typeof value === 'string' ? value.toWellFormed() : value
    return storable(JSON.parse(text, whole), 'body')
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('invalid', 'The body is not JSON.', 'body')
  }
}

/** How JSON writes a NUL character, or half of a surrogate pair. */
const mayBeUnstorable = /\\u(?:0000|d[89a-f])/i

/** Refuses texts that no database keeps, naming the field, before any room meets them. */
function storable<T>(value: T, where: string): T {
  const place = unstorable(value)
  if (place === undefined) return value
  const field = place.join('.') || where
  throw new Refusal(
    'invalid',
    '보이지 않는 글자(NUL)가 들어 있어요. 지우고 다시 보내 주세요.',
    field,
  )
}

function parsed(
  schema: z.ZodType,
  value: unknown,
  where: string,
): Readonly<Record<string, unknown>> {
  const result = schema.safeParse(value)
  if (result.success) return result.data as Readonly<Record<string, unknown>>
  const issue = result.error.issues[0]
  const field = issue?.path.join('.') || where
  throw new Refusal('invalid', issue?.message ?? 'not as expected', field)
}
