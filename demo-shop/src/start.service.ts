import { createHmac } from 'node:crypto'
import { serve } from '@hono/node-server'
import { itemOf, numberOf } from './answers.ts'
import { type DanggolApi, danggolApi } from './danggol.provider.ts'
import { pastOf } from './generator.ts'
import { loadHistory } from './history.service.ts'
import { liveShoppers } from './live.jobs.ts'
import { catalogue } from './news.ts'
import { reminders } from './reminders.service.ts'
import {
  demoBegan,
  demoWaitMinutes,
  identitySecret,
  introduceShop,
  makeCoupons,
  startCartReminder,
  startPageCampaigns,
} from './setup.service.ts'
import { shopBooks } from './shop.service.ts'
import { storefront } from './storefront.routes.ts'

export type DemoShopSettings = {
  /** Where Danggol listens: `http://localhost:4700`. */
  readonly danggolUrl: string
  readonly browserKey: string
  readonly writeKey: string
  readonly adminKey: string
  /** 0 takes any free port. */
  readonly port: number
  readonly host?: string
  /** Customers of the made-up year; 0 loads none. */
  readonly customers?: number
  /** False leaves the shop to its real visitors. */
  readonly live?: boolean
  readonly log?: (line: string) => void
}

const seed = 'onyu'
const defaultCustomers = 2_500
/** A reminder is in the inbox this long after its wait is over, at the latest. */
const deliveryMs = 20_000

/**
 * Opens the demo shop: its pages at once; then its catalogue, a year of history (once), the cart reminder, and shoppers
 * who come, fill carts and sometimes need reminding.
 */
export async function startDemoShop(settings: DemoShopSettings) {
  const log = settings.log ?? console.log
  const { danggolUrl, browserKey, writeKey, adminKey } = settings
  const danggol = danggolApi({ url: danggolUrl, writeKey, adminKey })
  const sent = reminders(danggol, danggolUrl)
  let secret: string | undefined
  const app = storefront({
    books: shopBooks(Date.now),
    danggol,
    sign: (member) => secret && createHmac('sha256', secret).update(member).digest('hex'),
    reminders: sent,
    danggolUrl,
    browserKey,
    log,
  })
  const { server, port } = await listening(app, settings)
  const url = `http://localhost:${port}`
  const stopping = new AbortController()
  let shoppers: { readonly stop: () => void } | undefined

  const fill = async () => {
    secret = await identitySecret(danggol)
    await introduceShop(danggol, url)
    await danggol.send(catalogue(url, `${port}`))
    // Before the orders that used them.
    log(`demo: coupons ${await makeCoupons(danggol)}`)
    const customers = settings.customers ?? defaultCustomers
    if (customers > 0)
      await loadOnce({ danggol, url, log, signal: stopping.signal }, customers, browserKey)
    log(`demo: cart reminder ${await startCartReminder(danggol)}`)
    log(`demo: messages on its pages ${await startPageCampaigns(danggol)}`)
    if (settings.live === false || stopping.signal.aborted) return
    const reminderAfterMs = demoWaitMinutes * 60_000 + deliveryMs
    const pastCustomers = Math.max(customers, 1)
    shoppers = liveShoppers({
      danggol,
      reminders: sent,
      shopUrl: url,
      seed,
      pastCustomers,
      reminderAfterMs,
      now: Date.now,
      log,
    })
  }
  const filled = fill().catch((problem: unknown) => log(`demo: ${problem}`))

  return {
    url,
    /** Resolves when the history is told and the shoppers have come. */
    filled,
    stop: async () => {
      stopping.abort()
      shoppers?.stop()
      await new Promise((closed) => server.close(closed))
    },
  }
}

type Server = ReturnType<typeof serve>

function listening(app: ReturnType<typeof storefront>, { host, port }: DemoShopSettings) {
  return new Promise<{ readonly server: Server; readonly port: number }>((opened, failed) => {
    const server = serve({ fetch: app.fetch, hostname: host ?? '127.0.0.1', port }, (info) =>
      opened({ server, port: info.port }),
    )
    server.once('error', failed)
  })
}

type Loading = {
  readonly danggol: DanggolApi
  readonly url: string
  readonly log: (line: string) => void
  readonly signal: AbortSignal
}

async function loadOnce(loading: Loading, customers: number, browserKey: string): Promise<void> {
  const { danggol, url, log, signal } = loading
  const until = (await demoBegan(danggol, browserKey)) ?? Date.now()
  const past = pastOf({ seed, customers, until })
  const orders = past.filter((each) => each.kind === 'act' && each.act.kind === 'order').length
  const counted = await danggol.read(`/api/events/count?event=Order%20Completed&to=${until}`)
  if (numberOf(itemOf(counted).count) >= orders) return
  const started = Date.now()
  const told = await loadHistory({ danggol, shopUrl: url, log, signal, seed }, past)
  const seconds = Math.round((Date.now() - started) / 1_000)
  log(`demo history: ${told.toLocaleString('en')} events in ${seconds} s`)
}
