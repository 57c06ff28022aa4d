import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnyParcel } from '../channels/carrier.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor, Call, Route } from '../web/route.ts'
import { inboxRoutes } from './inbox.routes.ts'
import { mailroom } from './mailroom.service.ts'
import type { MessageContent } from './message-content.ts'

let world: MessageWorld
let routes: readonly Route[]
beforeAll(async () => {
  world = await openMessageWorld()
  routes = inboxRoutes({ ...world, channels: world.providers })
})
afterAll(() => world?.close())

async function ask(path: string, given: { params?: object; query?: object }) {
  const found = routes.find((one) => one.path === path)
  if (!found) throw new Error(`no route ${path}`)
  const actor: Actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
  const answer = await found.handle({
    actor,
    params: found.params?.parse(given.params ?? {}) ?? {},
    query: found.query?.parse(given.query ?? {}) ?? {},
    body: undefined,
    request: new Request('https://danggol.example/'),
    signal: new AbortController().signal,
  } as Call)
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose schema was just checked
  return found.response.parse(answer) as any
}

const common = { message: null, key: 'a', advertising: true, at: 0 }
const text = {
  form: 'LMS',
  from: '0212345678',
  subject: '(광고)온샵',
  text: '안녕',
  image: null,
} as const
const keys = { p256dh: 'k', auth: 'a' }
const push = {
  title: '(광고)온샵 봄',
  text: '봄옷',
  url: 'https://x.example',
  icon: null,
  image: null,
}

test('each channel is listed with its recipient masked as fits it, and opened with what its picture needs', async () => {
  const { shop } = world
  const parcels: readonly AnyParcel[] = [
    { ...common, shop, channel: 'sms', to: '+821012345678', ...text },
    {
      ...common,
      shop,
      channel: 'web_push',
      to: [{ endpoint: 'https://p.example/9', keys }],
      ...push,
    },
    {
      ...common,
      shop,
      channel: 'webhook',
      url: 'https://s.example/h?k=1',
      secret: '',
      body: { a: 1 },
    },
  ]
  for (const parcel of parcels) await world.providers.inbox.provider.send(parcel)
  const { items } = await ask('/api/inbox', {})
  expect(items.map((one: { recipient: string }) => one.recipient)).toEqual([
    's.example',
    'web push',
    '010-****-5678',
  ])
  const { items: texts } = await ask('/api/inbox', { query: { channel: 'sms' } })
  expect(texts).toMatchObject([{ channel: 'sms', excerpt: '안녕' }])
  const params = { id: texts[0].id }
  expect(await ask('/api/inbox/{id}', { params })).toMatchObject({
    subject: '(광고)온샵',
    shown: { channel: 'sms', form: 'LMS', from: '0212345678', picture: null },
  })
})

test('a test of what is being written for browsers or servers is looked at in the test inbox', async () => {
  const room = mailroom({
    ...world,
    channels: world.providers,
    contents: world.messages,
    publicUrl: 'https://danggol.example',
  })
  const contents: readonly MessageContent[] = [
    { channel: 'web_push', title: '새 소식', text: '봄옷이 왔어요', url: 'https://shop.example' },
    {
      channel: 'webhook',
      url: 'https://s.example/',
      fields: [{ name: 'who', value: '{{ customer.name }}' }],
    },
  ]
  for (const content of contents) {
    const nature = { purpose: 'advertising' } as const
    const to = { address: 'owner@shop.example', name: '주인' }
    const sent = await room.testSend(world.shop, { content, nature, context: {}, to })
    expect(sent).toMatchObject({ provider: 'inbox', outcome: 'accepted' })
  }
  const { items } = await ask('/api/inbox', { query: { channel: 'webhook' } })
  const call = await ask('/api/inbox/{id}', { params: { id: items[0].id } })
  expect(JSON.parse(call.text)).toMatchObject({ type: 'message', values: { who: '주인' } })
})
