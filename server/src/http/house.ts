import { join } from 'node:path'
import type { Hono } from 'hono'
import type { Config } from '../config.ts'
import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import type { Keys } from '../shops/keys.service.ts'
import type { Members } from '../shops/members.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import { sessionHeader, sessionOf } from '../web/cookie.ts'
import type { Actor, Route } from '../web/route.ts'
import { api } from './api.ts'
import { httpApp } from './app.ts'
import { idempotencyStore } from './idempotency.store.ts'
import type { Log } from './log.ts'
import { metrics, type Readings } from './metrics.ts'
import { openapi } from './openapi.ts'
import { statics } from './statics.ts'

const repository = join(import.meta.dirname, '../../..')
const demoSessionSeconds = 24 * 3600

type Needs = {
  readonly config: Config
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly shops: Shops
  readonly keys: Keys
  readonly members: Members
  readonly routes: readonly Route[]
  readonly ingest: Hono
  readonly pages: Hono
  readonly hooks: Hono
  readonly unready: () => Promise<readonly string[]>
  readonly readings: Readings
}

/** The HTTP server of a wired house. */
export function houseApp(needs: Needs): Hono {
  const { config, db, clock, log, members, keys, shops } = needs
  const actorOfSession = async (token: string): Promise<Actor | undefined> => {
    const member = await members.whoIs(token)
    return (
      member && {
        shop: member.shop,
        name: `member:${member.id}`,
        member: member.id,
        role: member.role,
      }
    )
  }
  // A key of scope admin may do what an owner may.
  const actorOfKey = async (text: string): Promise<Actor | undefined> => {
    const key = await keys.resolve(text)
    return key?.scope === 'admin'
      ? { shop: key.shop, name: `key:${key.keyId}`, role: 'owner' }
      : undefined
  }
  return httpApp({
    ingest: needs.ingest,
    pages: needs.pages,
    hooks: needs.hooks,
    api: api({
      routes: needs.routes,
      actorOfSession,
      actorOfKey,
      idempotency: idempotencyStore(db),
      clock,
      onError: log.failed,
    }),
    openapi: () => openapi(needs.routes, config.publicUrl),
    dashboard: statics(join(repository, 'dashboard/dist')),
    sdk: statics(join(repository, 'sdk/dist')),
    metrics: metrics(needs.readings),
    unready: needs.unready,
    demoSession: (request) => demoSession({ members, shops, config }, request),
    clock,
  })
}

// The demo is for looking around: whoever opens it on this machine is its owner.
async function demoSession(
  needs: { readonly members: Members; readonly shops: Shops; readonly config: Config },
  request: Request,
): Promise<string | undefined> {
  const { members, shops, config } = needs
  if (!['127.0.0.1', 'localhost', '::1'].includes(config.host)) return undefined
  const [first] = await shops.ids()
  if (first === undefined || !(await shops.shop(first)).isDemo) return undefined
  const token = sessionOf(request.headers.get('cookie'))
  if (token && (await members.whoIs(token))) return undefined
  const session = await members.openSession(first, await members.demoOwner(first))
  return sessionHeader(session, { secure: false, maxAgeSeconds: demoSessionSeconds })
}
