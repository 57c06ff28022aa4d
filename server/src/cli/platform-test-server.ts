import { serve } from '@hono/node-server'
import type { Config } from '../config.ts'
import { inventedYear } from '../connect/platform/invented-year.contract.ts'
import { shopifyServer } from '../connect/shopify/shopify-server.contract.ts'
import { shopifyShop, testApp } from '../connect/shopify/shopify-shop.contract.ts'
import { liveInShopify } from '../connect/shopify/shopify-year.contract.ts'
import { testKeys, wooServer } from '../connect/woocommerce/woo-server.contract.ts'
import { wooShop } from '../connect/woocommerce/woo-shop.contract.ts'
import { liveInWoo } from '../connect/woocommerce/woo-year.contract.ts'
import { systemClock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import { cafe24TestServer } from './cafe24-test-server.ts'

const ports = { shopify: 4791, woocommerce: 4792 }

/** A platform on this machine, with a shop of an invented year: Danggol is tried against it without an account. */
export async function platformTestServer(config: Config, args: readonly string[]): Promise<void> {
  const [kind, port] = args
  const now = systemClock.now()
  const year = () => inventedYear({ members: 320, orders: 900, seed: 'testshop', now })
  switch (kind) {
    case 'cafe24':
      return await cafe24TestServer(config, args.slice(1))
    case 'shopify': {
      const shop = shopifyShop(systemClock)
      liveInShopify(shop, year())
      const { clientId, clientSecret } = testApp
      return await play(shopifyServer(shop, systemClock).app.fetch, {
        port: Number(port ?? ports.shopify),
        setting: 'SHOPIFY_TEST_SERVER',
        keys: `shop testshop, Client ID ${clientId}, Client secret ${clientSecret}`,
      })
    }
    case 'woocommerce': {
      const shop = wooShop(systemClock)
      liveInWoo(shop, year())
      const { consumerKey, consumerSecret } = testKeys
      return await play(wooServer(shop, systemClock).answer, {
        port: Number(port ?? ports.woocommerce),
        setting: 'WOOCOMMERCE_TEST_SERVER',
        keys: `address https://shop.example, keys ${consumerKey} and ${consumerSecret}, fields agree_sms and agree_mail`,
      })
    }
    default:
      throw new Refusal('invalid', 'Say: platform-test-server cafe24|shopify|woocommerce', 'kind')
  }
}

async function play(
  fetch: (request: Request) => Response | Promise<Response>,
  how: { readonly port: number; readonly setting: string; readonly keys: string },
): Promise<never> {
  serve({ fetch, port: how.port, hostname: '127.0.0.1' })
  console.log(`A platform of its own listens. Start Danggol beside it with
  ${how.setting}=http://localhost:${how.port} npm start
and connect under Settings, Connect the shop:
  ${how.keys}`)
  return await new Promise(() => undefined)
}
