import { afterAll, beforeAll, expect, test } from 'vitest'
import { contactKey } from '../../customers/contact.ts'
import { type MessageWorld, openMessageWorld, wish } from '../../testing/message-world.driver.ts'
import { readMessages } from '../lists.store.ts'
import type { SmsContent } from './content.ts'

const reminder: SmsContent = {
  channel: 'sms',
  text: '{{ customer.name | nim }}, 담아두신 상품이 기다려요',
  subject: '',
}

let world: MessageWorld
beforeAll(async () => {
  world = await openMessageWorld()
})
afterAll(() => world?.close())

async function memberWithPhone(user: string, phone: string) {
  const customer = await world.member(user)
  await world.say({
    kind: 'identify',
    name: 'Identified',
    ids: { user, verified: true, phone: contactKey(world.vault, 'phone', phone) },
  })
  await world.line.drain(world.shop)
  return customer
}

test('an advertising text message without a number to opt out by is not published', async () => {
  await expect(
    world.messages.publish(world.shop, reminder, { purpose: 'advertising' }),
  ).rejects.toThrow('080')
})

test('a text message passes the one door and reaches the test inbox with label and way out', async () => {
  await world.shops.set(world.shop, 'text', { optOutNumber: '080-123-4567' })
  const { id } = await world.messages.publish(world.shop, reminder, { purpose: 'advertising' })
  const customer = await memberWithPhone('phone', '+821012345678')
  const [refused] = await world.ask(wish(customer, id, { channel: 'sms' }))
  expect(refused).toMatchObject({ kind: 'refused', reason: 'no_consent' })

  await world.consented('phone', 'grant', 'sms')
  const [queued] = await world.ask(wish(customer, id, { channel: 'sms' }))
  expect(queued).toMatchObject({ kind: 'queued' })
  await world.sender().drain(world.shop)
  const [row] = await world.providers.inbox.list(world.shop, { before: null, limit: 10 })
  const mail = await world.providers.inbox.read(world.shop, row?.id ?? 0)
  expect(mail?.text).toBe(
    '(광고)온샵 김하늘님, 담아두신 상품이 기다려요\n무료수신거부 080-123-4567',
  )
  expect(JSON.parse(mail?.shown ?? '{}')).toMatchObject({ form: 'SMS' })
  expect(world.vault.open(row?.recipient ?? '')).toBe('+821012345678')
  const [listed] = await readMessages(world.db, world.shop, { before: undefined, limit: 1 })
  expect(listed?.recipient).toBe('010-****-5678')
})

test('an advertisement that waits does not leave once the number to opt out by was taken away', async () => {
  await world.shops.set(world.shop, 'text', { optOutNumber: '080-123-4567' })
  const { id } = await world.messages.publish(world.shop, reminder, { purpose: 'advertising' })
  const customer = await memberWithPhone('later', '+821022223333')
  await world.consented('later', 'grant', 'sms')
  const [queued] = await world.ask(wish(customer, id, { channel: 'sms' }))
  expect(queued).toMatchObject({ kind: 'queued' })
  await world.shops.set(world.shop, 'text', null)
  const before = await world.providers.inbox.list(world.shop, { before: null, limit: 10 })
  await world.sender().drain(world.shop)
  const after = await world.providers.inbox.list(world.shop, { before: null, limit: 10 })
  expect(after).toHaveLength(before.length)
  const [row] = await world.db`select state, detail from outbox where id = ${queued?.message ?? 0}`
  expect(row).toMatchObject({ state: 'failed', detail: expect.stringContaining('sender') })
})
