import type { z } from 'zod'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Actor } from '../../web/route.ts'
import { type PlatformCalls, PlatformTrouble } from '../platform/call.driver.ts'
import type { PlatformAnswer, PlatformRequest } from '../platform/call.ts'
import type { Connections } from '../platform/connections.service.ts'
import type { Platform } from '../platform/platform.ts'
import { graphRequest, readGraph } from './graph.provider.ts'
import { neededScopes, readToken, type ShopifyKeys, tokenRequest } from './keys.ts'
import { costs, shopQuery } from './queries.ts'
import { ShopSaid } from './webhooks.provider.ts'

/** Connects a Shopify shop with its own app: by the app's id and secret, or by the token of an app made in the admin before 2026. */
export function shopify(needs: {
  readonly clock: Clock
  readonly calls: PlatformCalls
  readonly connections: Connections
  readonly platform: Platform
}) {
  const { clock, connections, platform } = needs

  async function call(name: string, asked: PlatformRequest): Promise<PlatformAnswer> {
    try {
      const base = platform.baseOf(name)
      return await needs.calls.bare(`shopify:${name}`, platform, { base, asked })
    } catch (error) {
      if (!(error instanceof PlatformTrouble)) throw error
      throw new Refusal('invalid', `Shopify does not answer for ${name}: ${error.message}`, 'shop')
    }
  }

  async function keysOf(name: string, app: App): Promise<ShopifyKeys> {
    const { clientId, clientSecret, adminToken } = app
    if (adminToken !== null)
      return { clientId, clientSecret, accessToken: adminToken, accessUntil: null }
    const answer = await call(name, tokenRequest({ clientId, clientSecret }))
    const keys = readToken(answer, { clientId, clientSecret }, clock.now())
    if (keys) return keys
    throw new Refusal(
      'invalid',
      'Shopify gives no key for this app: it must be installed in the shop, and belong to the same organisation.',
      'clientSecret',
    )
  }

  async function check(name: string, keys: ShopifyKeys): Promise<void> {
    const asked = graphRequest({ query: shopQuery, cost: costs.small })
    const answer = await call(name, { ...asked, headers: platform.headersOf(keys) })
    if (answer.status !== 200)
      throw new Refusal('invalid', 'The shop does not take this key.', 'adminToken')
    const said = saidIn(answer)
    const scopes = said.currentAppInstallation.accessScopes.map(({ handle }) => handle)
    const missing = neededScopes.filter((one) => !scopes.includes(one))
    if (missing.length > 0)
      throw new Refusal('invalid', `The app lacks the scopes ${missing.join(', ')}.`, 'clientId')
  }

  return {
    connect: async (actor: Actor, asked: App & { readonly shop: string }): Promise<number> => {
      const keys = await keysOf(asked.shop, asked)
      await check(asked.shop, keys)
      const { shop } = actor
      const row = await connections.ask(shop, { kind: 'shopify', name: asked.shop, pending: {} })
      await connections.connected(actor, row.id, keys)
      await connections.settle(shop, row.id)
      return row.id
    },
  }
}
export type Shopify = ReturnType<typeof shopify>

type App = {
  readonly clientId: string
  readonly clientSecret: string
  /** null: keys are asked for with id and secret. */
  readonly adminToken: string | null
}

function saidIn(answer: PlatformAnswer): z.infer<typeof ShopSaid> {
  try {
    return readGraph(answer, ShopSaid)
  } catch (error) {
    throw new Refusal('invalid', `Shopify refused: ${String(error).slice(0, 200)}`, 'clientId')
  }
}
