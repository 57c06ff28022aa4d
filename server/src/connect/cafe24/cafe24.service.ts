import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { hourMs } from '../../lib/duration.ts'
import { isJsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Actor } from '../../web/route.ts'
import type { PlatformCalls } from '../platform/call.driver.ts'
import type { Connections } from '../platform/connections.service.ts'
import type { Platform } from '../platform/platform.ts'
import { authorizeUrl, codeRequest, readKeys } from './connect.ts'

/** How long somebody may take to say yes at Cafe24. */
const stateMs = hourMs

/** Connects a Cafe24 mall with the shop's own app: who says yes there comes back with a code, which is given for keys at once. */
export function cafe24(needs: {
  readonly clock: Clock
  readonly calls: PlatformCalls
  readonly connections: Connections
  readonly platform: Platform
  readonly publicUrl: string
}) {
  const { clock, connections, platform } = needs
  const redirectUri = `${needs.publicUrl}/settings/shop-platform`

  async function pendingOf(shop: ShopId, state: string) {
    const [text = '', nonce = ''] = state.split('.')
    const id = Number(text)
    if (!Number.isSafeInteger(id) || id <= 0) throw wrongState()
    const row = await connections.known(shop, id).catch(() => undefined)
    const { pending } = connections.keysOf(row)
    if (!row || !isJsonObject(pending) || !same(String(pending.nonce), nonce)) throw wrongState()
    if (clock.now() - Number(pending.askedAt) > stateMs) throw wrongState()
    return { row, pending }
  }

  return {
    redirectUri,
    /** Where to go to say yes. */
    begin: async (
      shop: ShopId,
      asked: {
        readonly mall: string
        readonly clientId: string
        readonly clientSecret: string
        readonly serviceKey?: string | undefined
      },
    ): Promise<string> => {
      const { mall, clientId, clientSecret, serviceKey = '' } = asked
      const nonce = randomBytes(18).toString('base64url')
      const pending = { clientId, clientSecret, serviceKey, nonce, askedAt: clock.now() }
      const row = await connections.ask(shop, { kind: 'cafe24', name: mall, pending })
      const state = `${row.id}.${nonce}`
      return authorizeUrl(platform.baseOf(mall), { clientId, state, redirectUri })
    },
    /** What came back from Cafe24: a code and the state that went there. A state counts once. */
    finish: async (
      actor: Actor,
      back: { readonly code: string; readonly state: string },
    ): Promise<number> => {
      const { row, pending } = await pendingOf(actor.shop, back.state)
      const app = {
        clientId: String(pending.clientId),
        clientSecret: String(pending.clientSecret),
        serviceKey: String(pending.serviceKey ?? ''),
      }
      const answer = await needs.calls.bare(`cafe24:${row.name}`, platform, {
        base: platform.baseOf(row.name),
        asked: codeRequest(app, back.code, redirectUri),
      })
      const keys = readKeys(answer, app)
      if (!keys) {
        throw new Refusal(
          'invalid',
          'Cafe24 did not give keys for this code: it lives one minute, and the app key and secret must be those of the app.',
          'code',
        )
      }
      await connections.connected(actor, row.id, keys)
      await connections.settle(actor.shop, row.id)
      return row.id
    },
  }
}
export type Cafe24 = ReturnType<typeof cafe24>

const wrongState = () =>
  new Refusal(
    'invalid',
    'This answer does not belong to a connection begun here, or it came too late. Begin again.',
    'state',
  )

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
