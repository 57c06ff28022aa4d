import { describe, expect, test } from 'vitest'
import { manualClock } from '../../lib/clock.ts'
import { minuteMs } from '../../lib/duration.ts'
import { cafe24Acts } from '../cafe24/cafe24-acts.contract.ts'
import { cafe24Mall } from '../cafe24/cafe24-mall.contract.ts'
import { readCafe24Notice } from '../cafe24/notice.ts'
import { readShopifyNotice } from '../shopify/notice.driver.ts'
import { shopifyActs } from '../shopify/shopify-acts.contract.ts'
import { shopifyShop, testApp } from '../shopify/shopify-shop.contract.ts'
import { readWooNotice } from '../woocommerce/notice.driver.ts'
import { wooActs } from '../woocommerce/woo-acts.contract.ts'
import { testKeys } from '../woocommerce/woo-server.contract.ts'
import { wooShop } from '../woocommerce/woo-shop.contract.ts'
import type { NoticeRead } from './notice.ts'
import { type PlayedAct, playedPage } from './played-page.contract.ts'
import { type PlayedLetter, playedPost } from './played-post.contract.ts'

const address = 'http://danggol.example/webhooks/kind/secret'
const clock = manualClock(Date.UTC(2026, 10, 23, 3))
const now = clock.now

/** A page whose webhooks reach `answer`; what is posted to it is kept as it was read. */
function opened(
  played: {
    readonly acts: readonly PlayedAct[]
    readonly letters: () => readonly PlayedLetter[]
  },
  answer: (letter: { headers: Record<string, string>; body: string }) => NoticeRead | undefined,
) {
  const heard: (NoticeRead | undefined)[] = []
  const posts = { isAway: false }
  const post = playedPost({
    ...{ clock, take: played.letters },
    post: async (url, { headers, body }) => {
      if (posts.isAway) throw new Error('away')
      expect(url).toBe(address)
      const read = answer({ headers: headers as Record<string, string>, body: String(body) })
      heard.push(read)
      return new Response('', { status: read ? 200 : 401 })
    },
  })
  const page = playedPage({ ...{ title: { ko: '가게', en: 'Shop' }, acts: played.acts }, post })
  const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' }
  const act = async (key: string, said: Record<string, string> = {}) =>
    await page.request(`http://localhost/play/${key}`, {
      ...{ method: 'POST', headers: form, body: new URLSearchParams(said).toString() },
    })
  const shown = async () => await (await page.request('http://localhost/')).text()
  return { act, heard, posts, post, shown }
}

describe('a played platform', () => {
  test('posts what happens in a Cafe24 mall to the address of its app, and loses what nobody takes', async () => {
    const mall = cafe24Mall('testmall', clock)
    mall.sell(1, '린넨 셔츠', 10_000)
    mall.notices.length = 0
    const state = { isOut: false, isRevoked: false }
    const own = opened(cafe24Acts(mall, state), (letter) => readCafe24Notice(letter))
    await own.act('join', { name: '단비', sms: 'yes' })
    expect(await own.shown()).toContain('보낼 주소가 없어요')
    expect(await own.shown()).not.toContain('저장됨')
    await own.act('webhooks', { url: address })
    expect(await own.shown()).toContain(`저장됨<input type="text" name="url" value="${address}">`)
    const member = [...mall.members.keys()][0] ?? ''
    await own.act('cart', { member, product: '1', quantity: '2' })
    await own.act('order', { member, product: '1', quantity: '1', paid: 'yes' })
    await own.act('sign-in', { member })
    expect(own.heard.map((one) => one?.about[0]?.resource)).toEqual(['carts', 'orders', 'members'])
    own.posts.isAway = true
    await own.act('cancel', { order: [...mall.orders.keys()][0] ?? '' })
    expect(await own.shown()).toContain('닿지 않았어요')
    own.posts.isAway = false
    clock.advance(minuteMs)
    await own.post.turn()
    expect(own.heard).toHaveLength(3)
  })

  test('signs what happens in a WooCommerce shop with the secret of its webhook', async () => {
    const shop = wooShop(clock)
    const hookSecret = 'hook-secret'
    const webhook = {
      id: 1,
      topic: 'order.created',
      delivery_url: address,
      status: 'active',
    } as const
    shop.webhooks.push({ ...webhook, secret: hookSecret, failures: 0 })
    const keys = { ...testKeys, hookSecret }
    const acts = wooActs(shop, { state: { isOut: false, isRevoked: false }, now })
    const own = opened(acts, (letter) => readWooNotice({ ...letter, credentials: keys }))
    await own.act('order', { quantity: '1' })
    const [order] = shop.orders.keys()
    expect(own.heard.map((one) => one?.about)).toEqual([
      [{ resource: 'orders', id: String(order), isGone: false }],
    ])
    await own.act('again', { no: '1' })
    expect(own.heard.map((one) => one?.delivery)).toEqual([
      own.heard[0]?.delivery,
      own.heard[0]?.delivery,
    ])
  })

  test('signs what happens in a Shopify shop with the secret of the app, and comes again', async () => {
    const shop = shopifyShop(clock)
    shop.webhooks.push({ id: 1, topic: 'CUSTOMERS_CREATE', uri: address })
    const keys = { ...testApp, accessToken: '', accessUntil: null }
    const acts = shopifyActs(shop, { state: { isOut: false, isInstalled: true }, now })
    const own = opened(acts, (letter) => readShopifyNotice({ ...letter, credentials: keys }))
    own.posts.isAway = true
    await own.act('join', { name: '단비', mail: 'yes' })
    own.posts.isAway = false
    clock.advance(minuteMs)
    await own.post.turn()
    await own.post.turn()
    const [customer] = shop.customers.keys()
    expect(own.heard.map((one) => one?.about)).toEqual([
      [{ resource: 'members', id: String(customer) }],
    ])
  })

  test('lets nothing happen at the word of another page', async () => {
    const page = playedPage({
      ...{ title: { ko: '가게', en: 'Shop' }, acts: [] },
      post: playedPost({ clock, take: () => [], post: async () => new Response('') }),
    })
    const answer = await page.request('http://localhost/play/join', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://elsewhere.example',
      },
    })
    expect(answer.status).toBe(403)
  })
})
