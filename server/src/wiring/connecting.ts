import { cafe24Platform } from '../connect/cafe24/cafe24.provider.ts'
import { cafe24 } from '../connect/cafe24/cafe24.service.ts'
import { absorbing } from '../connect/platform/absorb.service.ts'
import { platformCalls } from '../connect/platform/call.driver.ts'
import { connections } from '../connect/platform/connections.service.ts'
import { errands } from '../connect/platform/errands.service.ts'
import { errandWork } from '../connect/platform/errands-work.service.ts'
import { memberPages } from '../connect/platform/member.routes.ts'
import { notices } from '../connect/platform/notices.service.ts'
import type { Platform } from '../connect/platform/platform.ts'
import { pulling } from '../connect/platform/pull.service.ts'
import { sessions } from '../connect/platform/sessions.service.ts'
import { platformWebhooks } from '../connect/platform/webhooks.routes.ts'
import { shopifyPlatform } from '../connect/shopify/shopify.provider.ts'
import { shopify } from '../connect/shopify/shopify.service.ts'
import { woocommercePlatform } from '../connect/woocommerce/woocommerce.provider.ts'
import { woocommerce } from '../connect/woocommerce/woocommerce.service.ts'
import { loop } from '../jobs/loop.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { secondMs } from '../lib/duration.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'
import { patience } from './refusals.ts'

/** How long pulling rests when nothing is due; a look begins at most so late. */
const pullRestMs = 2 * secondMs
const noticeRestMs = secondMs
/** A message waits for its errand at least so long. */
const errandRestMs = secondMs

/** Shops on platforms: who is connected, what is brought, and what webhooks ask to look at. */
export function connectingWork(
  { config, db, clock, log }: HouseNeeds,
  { safe, door, tenants, apiKeys, coupon, news }: Rooms,
) {
  const calls = platformCalls({ clock, wait: patience })
  const cafe24Api = cafe24Platform({ testServer: config.cafe24TestServer })
  const shopifyApi = shopifyPlatform({ testServer: config.shopifyTestServer })
  const wooApi = woocommercePlatform({ testServer: config.woocommerceTestServer })
  const all: readonly Platform[] = [cafe24Api, shopifyApi, wooApi]
  const platforms = (kind: string) => all.find((platform) => platform.kind === kind)
  const session = sessions({ db, clock, vault: safe, calls, platforms })
  const absorb = absorbing({ db, clock, vault: safe, accept: door })
  const pull = pulling({ db, clock, absorb, sessions: session, accept: door, platforms })
  const puller = loop({
    turn: pull.turn,
    idleMs: pullRestMs,
    onError: (error) => log.failed(error, 'connections'),
  })
  const noticed = notices({
    ...{ db, clock, vault: safe, absorb, sessions: session, platforms, audit: tenants.audit },
    accept: door,
    onNoted: () => looker.wake(),
  })
  const looker = loop({
    turn: noticed.turn,
    idleMs: noticeRestMs,
    onError: (error) => log.failed(error, 'platform webhooks'),
  })
  const errand = errandWork({
    ...{ db, clock, coupons: coupon, sessions: session, platforms },
    onDone: (shop, messages) => news.done(shop, messages),
  })
  const runner = loop({
    turn: errand.turn,
    idleMs: errandRestMs,
    onError: (error) => log.failed(error, 'platform errands'),
  })
  const connected = connections({
    ...{ db, clock, vault: safe, sessions: session, platforms },
    audit: tenants.audit,
    publicUrl: config.publicUrl,
    browserKey: browserKeyOf(apiKeys),
    onPlanned: puller.wake,
  })
  return {
    connections: connected,
    cafe24: cafe24({
      ...{ clock, calls, connections: connected },
      platform: cafe24Api,
      publicUrl: config.publicUrl,
    }),
    shopify: shopify({ clock, calls, connections: connected, platform: shopifyApi }),
    woocommerce: woocommerce({ calls, connections: connected, platform: wooApi }),
    webhooks: platformWebhooks({
      notices: noticed,
      onError: (error) => log.failed(error, 'platform webhooks'),
    }),
    errands: errands({ clock, coupons: coupon, platforms }),
    members: memberPages({
      ...{ db, clock, vault: safe, platforms, resolveKey: apiKeys.resolve },
      onError: (error) => log.failed(error, 'members'),
    }),
    prune: async (): Promise<void> => {
      await noticed.prune()
      await connected.keepSetUp()
    },
    worker: {
      start: (): void => {
        puller.start()
        looker.start()
        runner.start()
      },
      stop: async (): Promise<void> => {
        pull.letGo()
        await Promise.all([puller.stop(), looker.stop(), runner.stop()])
      },
    },
  }
}
/** The newest public key of a shop; one is made where there is none. */
function browserKeyOf(keys: Rooms['apiKeys']) {
  return async (shop: ShopId): Promise<string> => {
    const own = (await keys.list(shop)).find(
      ({ scope, revokedAt }) => scope === 'browser' && revokedAt === null,
    )
    return own?.shown ?? (await keys.create(shop, 'Cafe24', 'browser')).key
  }
}

export type ConnectingWork = ReturnType<typeof connectingWork>
