import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomerId } from '../lib/brand.ts'
import { hourMs } from '../lib/duration.ts'
import { mailroom } from '../messages/mailroom.service.ts'
import { testGroups } from '../messages/test-groups.service.ts'
import { testPhones } from '../messages/test-phones.service.ts'
import { cartMail, type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor, Call } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { testSendRoutes } from './test-sends.routes.ts'

let world: MessageWorld
let groups: ReturnType<typeof testGroups>
let group: number
let customer: CustomerId
let send: (body: object) => Promise<readonly { outcome: string; name: string; marked: boolean }[]>

const sms = { channel: 'sms', text: '{{ customer.name | nim }} 안녕하세요' }
const draft = Flow.parse({
  trigger: { kind: 'event', event: 'Product Added', key: 'cart' },
  reentry: { afterDays: 7 },
  steps: [
    { kind: 'message', id: 1, content: cartMail },
    { kind: 'wait', id: 2, minutes: 60 },
    { kind: 'message', id: 3, content: sms },
  ],
  goal: { event: 'Order Completed', windowHours: 72 },
})

beforeAll(async () => {
  world = await openMessageWorld()
  await world.shops.set(world.shop, 'text', { optOutNumber: '080-123-4567' })
  customer = await world.member('kim')
  groups = testGroups(world)
  group = await groups.create(world.shop, '마케팅팀')
  const person = (name: string, email: string, phone: string) =>
    groups.addPerson(world.shop, { group, name, email, phone })
  await person('박 팀장', 'park@oursh.op.kr', '010-1111-2222')
  await person('이 대리', 'lee@oursh.op.kr', '')
  const room = mailroom({
    ...world,
    channels: world.providers,
    contents: world.messages,
    publicUrl: 'https://danggol.example',
  })
  const members = {
    list: async () => [{ id: 1, email: 'owner@shop.example', name: '주인', disabledAt: null }],
  } as never
  const routes = testSendRoutes({
    ...world,
    mailroom: room,
    groups,
    phones: testPhones(world),
    members,
  })
  const actor = { shop: world.shop, name: 'member:1', member: 1, role: 'marketer' } as Actor
  send = async (body) => {
    const [route] = routes
    if (!route) throw new Error('no route')
    const call = { actor, params: {}, query: {}, body: route.body?.parse({ draft, ...body }) }
    const answer = route.response.parse(await route.handle(call as Call))
    return (answer as { items: never }).items
  }
})
afterAll(() => world?.close())

const tested = () => world.db<{ recipient: string; text: string; subject: string | null }[]>`
  select recipient, text, subject from inbox where shop = ${world.shop} and message is null order by id`

test('everybody of a group gets every message as the chosen customer would, marked, and it counts nowhere', async () => {
  const items = await send({ group, customer })
  expect(items.map(({ name, outcome, marked }) => [name, outcome, marked])).toEqual([
    ['박 팀장', 'inbox', true],
    ['이 대리', 'inbox', true],
    ['박 팀장', 'inbox', true],
    ['이 대리', 'no_address', false],
  ])
  const sent = await tested()
  expect(sent.slice(0, 2).map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^\(광고\) \[테스트\] 김하늘님, 담아두신 /),
    expect.stringMatching(/^\(광고\) \[테스트\] 김하늘님, 담아두신 /),
  ])
  expect(sent[2]?.text).toMatch(/^\(광고\)\[테스트\]온샵 김하늘님 안녕하세요\n무료수신거부/)
  const [counted] = await world.db`
    select (select count(*) from decisions where shop = ${world.shop}) + (select count(*) from outbox where shop = ${world.shop}) as n`
  expect(counted?.n).toBe(0)
  const audit = await world.db<{ object: string; detail: string }[]>`
    select object, detail from audit_log where shop = ${world.shop} and act = 'message.test-sent' order by id`
  expect(audit).toHaveLength(3)
  expect(audit[0]?.object).toMatch(/^test-person:/)
  expect(JSON.parse(audit[0]?.detail ?? '{}')).toEqual({
    channel: 'email',
    as: `customer:${customer}`,
    group,
  })
})

test('whoever writes gets it themself, at the number they type', async () => {
  expect(await send({ step: 3, phone: '010-3333-4444' })).toMatchObject([{ outcome: 'inbox' }])
  expect((await tested()).at(-1)?.text).toContain('김하늘님')
  expect(await send({ step: 3 })).toMatchObject([{ outcome: 'no_address' }])
  await expect(send({ step: 3, phone: '02-123-4567' })).rejects.toThrow('mobile')
})

test('an address that has refused gets no test, and a hundred an hour are enough', async () => {
  await world.consent.suppress(world.db, world.shop, {
    channel: 'email',
    hashes: [world.vault.hash('email', 'lee@oursh.op.kr')],
    reason: 'opted_out',
    at: 0,
  })
  expect(await send({ step: 1, group })).toMatchObject([
    { outcome: 'inbox' },
    { outcome: 'refused_before' },
  ])
  const left = await groups.left(world.shop)
  for (let test = 0; test < left - 1; test++)
    await world.shops.audit({ shop: world.shop, name: 'member:2' }, 'message.test-sent', {
      object: 'member:2',
    })
  expect(await send({ group })).toMatchObject([
    { outcome: 'inbox' },
    { outcome: 'too_many' },
    { outcome: 'too_many' },
    { outcome: 'no_address' },
  ])
  world.clock.advance(hourMs)
  expect(await groups.left(world.shop)).toBe(100)
})
