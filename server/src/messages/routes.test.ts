import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { channelsRoutes } from '../channels/channels.routes.ts'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  sampleContext,
  wish,
} from '../testing/message-world.driver.ts'
import { startSmtpSink } from '../testing/smtp-sink.driver.ts'
import type { Actor, Call, Route } from '../web/route.ts'
import { decisionsRoutes } from './decisions.routes.ts'
import { inboxRoutes } from './inbox.routes.ts'
import { mailroom } from './mailroom.service.ts'
import { messagesRoutes } from './messages.routes.ts'
import { testPhones } from './test-phones.service.ts'

let world: MessageWorld
let content: string
let routes: readonly Route[]

beforeAll(async () => {
  world = await openMessageWorld()
  content = (await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })).id
  const room = mailroom({
    ...world,
    channels: world.providers,
    contents: world.messages,
    publicUrl: 'https://danggol.example',
  })
  const members = {
    list: async () => [
      {
        id: 1,
        email: 'owner@shop.example',
        name: '주인',
        role: 'owner',
        createdAt: 0,
        disabledAt: null,
      },
    ],
  } as never
  routes = [
    ...messagesRoutes({ mailroom: room, members, shops: world.shops, phones: testPhones(world) }),
    ...decisionsRoutes(world),
    ...inboxRoutes({ ...world, channels: world.providers }),
    ...channelsRoutes({ ...world, mailReach: 'anywhere' }),
  ]
})
afterAll(() => world?.close())

/** Calls a route as the server does: what it takes and what it answers pass their schemas. */
async function call(
  name: string,
  given: { params?: object; query?: object; body?: unknown; role?: Actor['role'] } = {},
) {
  const [method, path] = name.split(' ')
  const found = routes.find((one) => one.method === method && one.path === path)
  if (!found) throw new Error(`no route ${name}`)
  const actor: Actor = { shop: world.shop, name: 'member:1', role: given.role ?? 'marketer' }
  const answer = await found.handle({
    actor,
    params: found.params?.parse(given.params ?? {}) ?? {},
    query: found.query?.parse(given.query ?? {}) ?? {},
    body: found.body?.parse(given.body),
    request: new Request('https://danggol.example/'),
    signal: new AbortController().signal,
  } as Call)
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose schema was just checked
  return found.response.parse(answer) as any
}

describe('messages and decisions', () => {
  test('are listed with names for marketers and masked for viewers, page by page', async () => {
    for (const user of ['one', 'two', 'three']) {
      await world.ask(wish(await world.member(user), content))
    }
    await world.sender().drain(world.shop)
    const first = await call('get /api/messages', { query: { limit: '2' } })
    expect(first.items.map((one: { recipient: string }) => one.recipient)).toEqual([
      't***@customer.example',
      't***@customer.example',
    ])
    expect(first.items[0]).toMatchObject({
      customerName: '김하늘',
      subject: '(광고) 김하늘님, 담아두신 순면 티셔츠',
      state: 'sent',
      why: { ko: '보냈어요.', en: 'Sent.' },
    })
    const second = await call('get /api/messages', { query: { limit: '2', after: first.next } })
    expect(second.items).toHaveLength(1)
    expect(second.next).toBeNull()
    const masked = await call('get /api/messages', { query: { limit: '1' }, role: 'viewer' })
    expect(masked.items[0]).toMatchObject({
      customerName: '김*늘',
      subject: '(광고) 김*늘님, 담아두신 순면 티셔츠',
    })
    const open = await call('get /api/messages/{id}', { params: { id: first.items[0].id } })
    expect(open.html).toContain('https://shop.example/p1')
    expect(open.html).not.toContain('/c/')
    const decisions = await call('get /api/decisions', { query: { campaign: '7' } })
    expect(decisions.items).toHaveLength(3)
    expect(decisions.items[0]).toMatchObject({ outcome: 'sent', why: { ko: '보냈어요.' } })
    const none = await call('get /api/decisions', { query: { campaign: '8' } })
    expect(none.items).toEqual([])
  })

  test('a message nobody could confirm is settled or sent again by a person only', async () => {
    const sink = await startSmtpSink(({ count }) => (count === 0 ? 'hang-up' : 'take'))
    await world.useSmtp(sink.port)
    await world.ask(wish(await world.member('unclear'), content))
    await world.sender().drain(world.shop)
    const { items } = await call('get /api/messages', { query: { state: 'unconfirmed' } })
    const params = { id: items[0].id }
    await call('post /api/messages/{id}/resend', { params })
    await world.sender().drain(world.shop)
    expect(sink.received).toHaveLength(2)
    expect(await call('get /api/messages/{id}', { params })).toMatchObject({
      state: 'sent',
      attempt: 2,
    })
    await expect(
      call('post /api/messages/{id}/settle', { params, body: { sent: true } }),
    ).rejects.toThrow('not waiting')
    const audit = await world.db`select act from audit_log where object = ${`message:${params.id}`}`
    expect(audit).toEqual([{ act: 'message.resent' }])
    await sink.close()
    await call('delete /api/shop/smtp')
  })
})

test('a test goes to members of the shop and to nobody else', async () => {
  const body = { content: cartMail, to: 'owner@shop.example', context: sampleContext }
  expect(await call('post /api/messages/test-send', { body })).toMatchObject({
    provider: 'inbox',
    outcome: 'accepted',
    subject: '(광고) [테스트] 주인님, 담아두신 순면 티셔츠',
    marked: true,
  })
  const stranger = { ...body, to: 'somebody@else.example' }
  await expect(call('post /api/messages/test-send', { body: stranger })).rejects.toThrow(
    'members of this shop',
  )
  const wrong = { ...body, content: { ...cartMail, subject: '[광고] 세일' } }
  await expect(call('post /api/messages/test-send', { body: wrong })).rejects.toThrow('흉내')
  const { items } = await call('get /api/inbox')
  expect(items[0]).toMatchObject({ message: null, recipient: 'o***@shop.example' })
  const mail = await call('get /api/inbox/{id}', { params: { id: items[0].id } })
  expect(mail.headers['List-Unsubscribe']).toContain('https://danggol.example/u/')
})

test('a test of a text goes to the phone typed in, unless it has refused, and thirty times a day at most', async () => {
  await world.shops.set(world.shop, 'text', { optOutNumber: '080-123-4567' })
  const content = { channel: 'sms', text: '{{ customer.name | nim }} 담아두신 {{ cart.url }}' }
  const body = { content, to: '010-8888-9999', context: sampleContext }
  expect(await call('post /api/messages/test-send', { body })).toMatchObject({
    provider: 'inbox',
    outcome: 'accepted',
  })
  const [row] =
    await world.db`select text from inbox where message is null order by id desc limit 1`
  expect(row?.text).toMatch(
    /^\(광고\)온샵 .*danggol\.example\/s\/\w{7}\n무료수신거부 080-123-4567$/,
  )
  for (const to of ['02-1234-5678', 'owner@shop.example', '010'])
    await expect(call('post /api/messages/test-send', { body: { ...body, to } })).rejects.toThrow(
      'mobile',
    )
  await world.consent.suppress(world.db, world.shop, {
    channel: 'sms',
    hashes: [world.vault.hash('phone', '+821077776666')],
    reason: 'opted_out',
    at: 0,
  })
  await expect(
    call('post /api/messages/test-send', { body: { ...body, to: '01077776666' } }),
  ).rejects.toThrow('refused')
  const begun = Array.from({ length: 40 }, () => call('post /api/messages/test-send', { body }))
  const left = (await Promise.allSettled(begun)).filter(({ status }) => status === 'fulfilled')
  expect(left.length).toBeLessThan(30)
  await expect(call('post /api/messages/test-send', { body })).rejects.toThrow('30 tests')
})

describe('the mail server', () => {
  test('keeps its password sealed, never tells it, and gives it to no other server', async () => {
    const sink = await startSmtpSink()
    const server = {
      host: '127.0.0.1',
      port: sink.port,
      secure: false,
      user: 'shop',
      connections: 2,
    }
    expect(await call('get /api/shop/smtp')).toBeNull()
    const put = await call('put /api/shop/smtp', { body: { ...server, password: 'right' } })
    expect(put).toEqual({ ...server, hasPassword: true })
    const { settings } = await world.shops.shop(world.shop)
    expect(JSON.stringify(settings)).not.toContain('right')
    expect(await call('post /api/shop/smtp/check')).toEqual({ works: true, detail: null })
    expect(await call('put /api/shop/smtp', { body: server })).toMatchObject({ hasPassword: true })
    await call('put /api/shop/smtp', { body: { ...server, password: 'wrong' } })
    expect(await call('post /api/shop/smtp/check')).toMatchObject({ works: false })
    const moved = await call('put /api/shop/smtp', { body: { ...server, host: 'other.example' } })
    expect(moved).toMatchObject({ hasPassword: false })
    await call('delete /api/shop/smtp')
    expect(await call('get /api/shop/smtp')).toBeNull()
    await sink.close()
  })
})
