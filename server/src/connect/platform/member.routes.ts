import { createHmac } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JsonObject } from '../../lib/json.ts'
import { parseJson } from '../../lib/json-parse.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { boundedBody } from '../../web/bounded-body.ts'
import { readConnections } from './connections.store.ts'
import type { Platform } from './platform.ts'

const bodyLimitBytes = 8 * 1024
const Asked = z.object({
  writeKey: z.string().min(1).max(100),
  token: z.string().min(1).max(4_000),
})

/**
 * `POST /v1/member`: a page of a shop on a platform shows a token that the platform signed, and is told who that is, with our own signature
 * of it. So a page can name the member who is signed in on it, and nobody else.
 */
export function memberPages(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'open' | 'identitySecret'>
  readonly platforms: (kind: string) => Platform | undefined
  readonly resolveKey: (key: string) => Promise<{ readonly shop: ShopId } | undefined>
  readonly onError?: (error: unknown) => void
}): Hono {
  const app = new Hono()
  app.options('/v1/member', () => new Response(null, { status: 204, headers: open }))
  app.post('/v1/member', async (context) => {
    try {
      const body = await boundedBody(context.req.raw, bodyLimitBytes)
      const asked = Asked.safeParse(body === undefined ? undefined : parsed(body))
      const key = asked.success ? await needs.resolveKey(asked.data.writeKey) : undefined
      const user =
        key && asked.success ? await memberOf(needs, key.shop, asked.data.token) : undefined
      if (!key || user === undefined) return Response.json({}, { status: 403, headers: open })
      const secret = needs.vault.identitySecret(key.shop)
      const signature = createHmac('sha256', secret).update(user).digest('hex')
      return Response.json({ user, signature }, { headers: open })
    } catch (error) {
      needs.onError?.(error)
      return Response.json({}, { status: 503, headers: open })
    }
  })
  return app
}

function parsed(body: string): unknown {
  const read = parseJson(body)
  return read.kind === 'json' ? read.value : undefined
}

type Needs = Parameters<typeof memberPages>[0]

async function memberOf(
  { db, clock, vault, platforms }: Needs,
  shop: ShopId,
  token: string,
): Promise<string | undefined> {
  for (const { kind, state, credentials } of await readConnections(db, shop)) {
    const platform = platforms(kind)
    if (state !== 'connected' || credentials === null || !platform?.memberOf) continue
    const keys = JSON.parse(vault.open(credentials)) as JsonObject
    const user = platform.memberOf(token, keys, clock.now())
    if (user !== undefined) return user
  }
  return undefined
}

const open = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
  'cache-control': 'no-store',
}
