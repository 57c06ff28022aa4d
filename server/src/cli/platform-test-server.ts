import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Config } from '../config.ts'
import { cafe24Acts } from '../connect/cafe24/cafe24-acts.contract.ts'
import { cafe24Mall } from '../connect/cafe24/cafe24-mall.contract.ts'
import { testServiceKey } from '../connect/cafe24/cafe24-promotion.contract.ts'
import { testApp as cafe24App, cafe24Server } from '../connect/cafe24/cafe24-server.contract.ts'
import { liveAYear } from '../connect/cafe24/cafe24-year.contract.ts'
import { inventedYear } from '../connect/platform/invented-year.contract.ts'
import { type PlayedAct, playedPage } from '../connect/platform/played-page.contract.ts'
import { type PlayedLetter, playedPost } from '../connect/platform/played-post.contract.ts'
import { shopifyActs } from '../connect/shopify/shopify-acts.contract.ts'
import { shopifyServer } from '../connect/shopify/shopify-server.contract.ts'
import { shopifyShop, testApp } from '../connect/shopify/shopify-shop.contract.ts'
import { liveInShopify } from '../connect/shopify/shopify-year.contract.ts'
import { wooActs } from '../connect/woocommerce/woo-acts.contract.ts'
import { testKeys, wooServer } from '../connect/woocommerce/woo-server.contract.ts'
import { wooShop } from '../connect/woocommerce/woo-shop.contract.ts'
import { liveInWoo } from '../connect/woocommerce/woo-year.contract.ts'
import { systemClock } from '../lib/clock.ts'
import { secondMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'

const size = { members: 320, orders: 900 }
/** How often it is looked whether a webhook is to leave. */
const postEveryMs = secondMs / 2
const now = systemClock.now

type Played = {
  readonly usualPort: number
  readonly fetch: (request: Request) => Response | Promise<Response>
  readonly acts: readonly PlayedAct[]
  readonly letters: () => readonly PlayedLetter[]
  readonly title: { readonly ko: string; readonly en: string }
  readonly setting: string
  /** What is typed in to connect. */
  readonly keys: string
}

/** A platform on this machine, with a shop of an invented year: Danggol is tried against it without an account. */
export async function platformTestServer(_: Config, args: readonly string[]): Promise<void> {
  const [kind, port] = args
  const played = kind === undefined ? undefined : platforms[kind]
  if (!played)
    throw new Refusal('invalid', 'Say: platform-test-server cafe24|shopify|woocommerce', 'kind')
  const own = played()
  await play(own, Number(port ?? own.usualPort))
}

const platforms: Readonly<Record<string, () => Played>> = {
  cafe24: () => {
    const mall = cafe24Mall('testmall', systemClock)
    liveAYear(mall, { ...size, seed: 'testmall', now: now() })
    const welcome = mall.makeCoupon('신규 회원 3,000원 쿠폰', 'J')
    mall.makeCoupon('생일 축하 10% 쿠폰', 'A')
    for (const { id } of [...mall.members.values()].slice(-20)) mall.give(welcome, id)
    mall.notices.length = 0
    const { app, state } = cafe24Server(mall, systemClock)
    const { clientId, clientSecret } = cafe24App
    return {
      ...cafe24Acts(mall, state),
      ...{ usualPort: 4790, fetch: app.fetch, setting: 'CAFE24_TEST_SERVER' },
      title: { ko: '카페24 시험용 쇼핑몰', en: 'A Cafe24 mall to try with' },
      keys: `mall id testmall, Client ID ${clientId}, Client Secret Key ${clientSecret}, Service Key ${testServiceKey}`,
    }
  },
  shopify: () => {
    const shop = shopifyShop(systemClock)
    liveInShopify(shop, year())
    const { app, state } = shopifyServer(shop, systemClock)
    const { clientId, clientSecret } = testApp
    return {
      ...shopifyActs(shop, { state, now }),
      ...{ usualPort: 4791, fetch: app.fetch, setting: 'SHOPIFY_TEST_SERVER' },
      title: { ko: '쇼피파이 시험용 쇼핑몰', en: 'A Shopify shop to try with' },
      keys: `shop testshop, Client ID ${clientId}, Client secret ${clientSecret}`,
    }
  },
  woocommerce: () => {
    const shop = wooShop(systemClock)
    liveInWoo(shop, year())
    const { answer, state } = wooServer(shop, systemClock)
    const { consumerKey, consumerSecret } = testKeys
    return {
      ...wooActs(shop, { state, now }),
      ...{ usualPort: 4792, fetch: answer, setting: 'WOOCOMMERCE_TEST_SERVER' },
      title: { ko: '우커머스 시험용 쇼핑몰', en: 'A WooCommerce shop to try with' },
      keys: `address https://shop.example, keys ${consumerKey} and ${consumerSecret}, fields agree_sms and agree_mail`,
    }
  },
}

const year = () => inventedYear({ ...size, seed: 'testshop', now: now() })

async function play(own: Played, port: number): Promise<never> {
  const post = playedPost({ clock: systemClock, take: own.letters, post: fetch })
  const app = new Hono()
  app.route('/', playedPage({ title: own.title, acts: own.acts, post }))
  app.notFound((context) => own.fetch(context.req.raw))
  serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  const address = `http://localhost:${port}`
  console.log(`A platform of its own listens. Start Danggol beside it with
  ${own.setting}=${address} npm start
and connect under Settings, Connect the shop:
  ${own.keys}
Let orders, members and carts happen at ${address}/: their webhooks leave from there.`)
  for (;;) {
    await post.turn()
    await new Promise((resolve) => setTimeout(resolve, postEveryMs))
  }
}
