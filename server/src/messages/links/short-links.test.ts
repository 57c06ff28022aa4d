import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contactKey } from '../../customers/contact.ts'
import { dayMs } from '../../lib/duration.ts'
import {
  type MessageWorld,
  openMessageWorld,
  sampleContext,
  wish,
} from '../../testing/message-world.driver.ts'
import { mailroom } from '../mailroom.service.ts'
import { messagePages } from '../pages.routes.ts'
import type { SmsContent } from '../sms/content.ts'
import { checkHost } from './host-check.service.ts'
import { keepShortLinks } from './short-links.service.ts'

const kakao =
  'Mozilla/5.0 (Linux; Android 14; SM-S928N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36 KAKAOTALK/10.8.3 (INAPP)'
const person = { headers: { 'user-agent': kakao, host: 'onsh.kr' } }

const reminder: SmsContent = {
  channel: 'sms',
  text: '{{ customer.name | nim }} {{ cart.url }} https://shop.example/sale?utm_source=mine',
  subject: '',
}

let world: MessageWorld
let pages: ReturnType<typeof messagePages>
let content: string

beforeAll(async () => {
  world = await openMessageWorld()
  await world.shops.set(world.shop, 'text', { optOutNumber: '080-123-4567' })
  await world.shops.set(world.shop, 'links', { host: 'onsh.kr', expiryDays: 30 })
  pages = messagePages(world)
  content = (await world.messages.publish(world.shop, reminder, { purpose: 'advertising' })).id
})
afterAll(() => world?.close())

let phones = 0
async function textTo(user: string) {
  const customer = await world.member(user)
  const phone = `+8210100000${String(++phones).padStart(2, '0')}`
  await world.say({
    kind: 'identify',
    name: 'Identified',
    ids: { user, verified: true, phone: contactKey(world.vault, 'phone', phone) },
  })
  await world.consented(user, 'grant', 'sms')
  const [outcome] = await world.ask(wish(customer, content, { channel: 'sms' }))
  await world.sender().drain(world.shop)
  const message = outcome?.message ?? 0
  const [row] = await world.db<
    { text: string }[]
  >`select text from inbox where message = ${message}`
  const links = [...(row?.text ?? '').matchAll(/onsh\.kr\/[A-Za-z0-9]{7}(?![A-Za-z0-9])/g)]
  return { customer, message, text: row?.text ?? '', links: links.map(([link]) => link.slice(7)) }
}

const clicksOf = async (message: number) =>
  (
    await world.db`select 1 from log where name = 'Message Clicked'
      and (body::jsonb -> 'properties' ->> 'message_id')::bigint = ${message}`
  ).length

describe('a short link', () => {
  test('is of this person alone, takes 15 bytes and hides where it leads', async () => {
    const one = await textTo('one')
    const other = await textTo('other')
    expect(one.links).toHaveLength(2)
    expect(new Set([...one.links, ...other.links]).size).toBe(4)
    expect(one.text).not.toContain('https://')
    expect(one.links.every((link) => link.length === 8)).toBe(true)
  })

  test('leads on with campaign parameters, never over the marketer’s own', async () => {
    const { message, links } = await textTo('reader')
    const [cart = '', sale = ''] = links
    const answer = await pages.request(cart, person)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(
      'https://shop.example/cart?utm_source=danggol&utm_medium=sms',
    )
    expect((await pages.request(sale, person)).headers.get('location')).toBe(
      'https://shop.example/sale?utm_source=mine',
    )
    expect(await clicksOf(message)).toBe(2)
    // The same link again is the same click, under the server's own address too.
    expect((await pages.request(`/s${cart}`, person)).status).toBe(302)
    expect(await clicksOf(message)).toBe(2)
  })

  test('opened by the preview of KakaoTalk counts nobody', async () => {
    const { message, links } = await textTo('previewed')
    const scrap =
      'facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984'
    const answer = await pages.request(links[0] ?? '', {
      headers: { 'user-agent': scrap, host: 'onsh.kr' },
    })
    expect(answer.status).toBe(302)
    await pages.request(links[0] ?? '', { ...person, method: 'HEAD' })
    expect(await clicksOf(message)).toBe(0)
  })

  test('forwarded to a friend makes the friend nobody: no cookie, nothing that names the customer', async () => {
    const { customer, message, links } = await textTo('forwarder')
    const before = await world.db`select kind, value from identities where customer = ${customer}`
    const answer = await pages.request(links[0] ?? '', person)
    expect(answer.headers.get('set-cookie')).toBeNull()
    const location = new URL(answer.headers.get('location') ?? '')
    expect([...location.searchParams.keys()]).toEqual(['utm_source', 'utm_medium'])
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await answer.text()).toBe('')
    // What the friend's browser then does carries the address it landed on.
    await world.say({
      name: 'Page Viewed',
      ids: { anonymous: 'friend', verified: false },
      body: { context: { page: { url: location.href } } },
    })
    await world.line.drain(world.shop)
    const [friend] = await world.db`select customer from identities where value = 'friend'`
    expect(friend?.customer).toBeDefined()
    expect(friend?.customer).not.toBe(customer)
    expect(await world.db`select kind, value from identities where customer = ${customer}`).toEqual(
      before,
    )
    expect(await clicksOf(message)).toBe(1)
  })

  test('ends: then it leads to the front page, and later nowhere', async () => {
    const { message, links } = await textTo('late')
    world.clock.advance(31 * dayMs)
    const answer = await pages.request(links[0] ?? '', person)
    expect(answer.headers.get('location')).toBe('https://shop.example')
    expect(await clicksOf(message)).toBe(0)
    world.clock.advance(31 * dayMs)
    expect(await keepShortLinks(world)).toBeGreaterThan(0)
    expect((await pages.request(`/s${links[0]}`, person)).status).toBe(404)
  })

  test('of an erased message leads to the front page', async () => {
    const { customer, links } = await textTo('erased')
    await world.db.begin((tx) => world.messages.erase(tx, world.shop, customer))
    const answer = await pages.request(links[0] ?? '', person)
    expect(answer.headers.get('location')).toBe('https://shop.example')
  })

  test('that nobody was sent is a page that says so', async () => {
    for (const path of ['/s/Ab3dE7x', '/s/0', '/s/%00', '/s/Ab3dE7x9']) {
      expect((await pages.request(path, person)).status).toBe(404)
    }
    // On the server's own name a word of seven letters is a page of the dashboard.
    const own = { headers: { 'user-agent': kakao, host: 'danggol.example' } }
    const { links } = await textTo('mistaken')
    expect((await pages.request(links[0] ?? '', own)).status).toBe(404)
  })

  test('stays the same when the message is tried again', async () => {
    const { message } = await textTo('again')
    const kept = async () => {
      const [row] = await world.db<{ content: string }[]>`
        select content from outbox where id = ${message}`
      return JSON.parse(row?.content ?? '{}').codes
    }
    const before = await kept()
    await world.db`update outbox set state = 'queued', not_before = 0 where id = ${message}`
    await world.sender().drain(world.shop)
    expect(await kept()).toEqual(before)
  })
})

test('a text sent to oneself has links that lead on and count nothing', async () => {
  const desk = mailroom({
    db: world.db,
    clock: world.clock,
    shops: world.shops,
    vault: world.vault,
    channels: world.providers,
    contents: world.messages,
    coupons: world.coupons,
    publicUrl: world.publicUrl,
  })
  await desk.testSend(world.shop, {
    content: reminder,
    nature: { purpose: 'advertising' },
    context: sampleContext,
    to: { address: '+821099998888', name: '김하늘' },
  })
  const [row] = await world.db<{ text: string }[]>`
    select text from inbox where message is null order by id desc limit 1`
  const [, code] = /onsh\.kr(\/\w{7})/.exec(row?.text ?? '') ?? []
  const answer = await pages.request(code ?? '', person)
  expect(answer.headers.get('location')).toBe('https://shop.example/cart')
})

test('a host leads here when it knows our signature and only ours', async () => {
  const server = serve({ fetch: pages.fetch, port: 0 })
  await new Promise((listening) => server.once('listening', listening))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  try {
    expect(await checkHost(world.vault, `localhost:${port}`, true)).toEqual({ kind: 'here' })
    const stranger = { sign: () => 'AAAA', verify: () => false }
    expect(await checkHost(stranger, `localhost:${port}`, true)).toEqual({
      kind: 'elsewhere',
      status: 404,
    })
    expect(await checkHost(world.vault, `localhost:${port}`)).toMatchObject({ kind: 'silent' })
  } finally {
    server.close()
  }
})
