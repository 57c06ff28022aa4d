import { serve } from '@hono/node-server'
import { danggolApi } from './danggol.provider.ts'
import { catalogue } from './news.ts'
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
  readonly log?: (line: string) => void
}

/** Opens the demo shop: its pages, its catalogue in Danggol, a year of history once, and live shoppers. */
export async function startDemoShop(settings: DemoShopSettings) {
  const log = settings.log ?? console.log
  const host = settings.host ?? '127.0.0.1'
  const danggol = danggolApi({
    url: settings.danggolUrl,
    writeKey: settings.writeKey,
    adminKey: settings.adminKey,
  })
  const books = shopBooks(Date.now)
  const { danggolUrl, browserKey } = settings
  const app = storefront({ books, danggol, danggolUrl, browserKey, log })
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>(
    (listening) => {
      const opened = serve({ fetch: app.fetch, hostname: host, port: settings.port }, (info) =>
        listening({ server: opened, port: info.port }),
      )
    },
  )
  const url = `http://localhost:${port}`
  await danggol.send(catalogue(url, `${port}`))
  return {
    url,
    stop: async () => {
      await new Promise((closed) => server.close(closed))
    },
  }
}
