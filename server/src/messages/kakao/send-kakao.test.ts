import { afterAll, beforeAll, expect, test } from 'vitest'
import { contactKey } from '../../customers/contact.ts'
import { type MessageWorld, openMessageWorld, wish } from '../../testing/message-world.driver.ts'
import { AlimtalkContent, BrandContent } from './content.ts'

let world: MessageWorld
beforeAll(async () => {
  world = await openMessageWorld()
  await world.shops.set(world.shop, 'text', { optOutNumber: '080-123-4567' })
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

async function newest() {
  const [row] = await world.providers.inbox.list(world.shop, { before: null, limit: 1 })
  return await world.providers.inbox.read(world.shop, row?.id ?? 0)
}

test('an order notice by Alimtalk needs no consent to advertising and reaches the inbox as approved', async () => {
  const content = AlimtalkContent.parse({
    channel: 'kakao',
    kind: 'alimtalk',
    profile: 'practice',
    template: 'practice_restock',
    variables: {
      이름: "{{ customer.name | default: '고객' }}",
      상품: '{{ cart.items[0].name }}',
      상품코드: '{{ cart.items[0].product_id }}',
    },
  })
  const nature = { purpose: 'informational', because: 'restock_requested' } as const
  const { id } = await world.messages.publish(world.shop, content, nature)
  const customer = await memberWithPhone('restock', '+821011112222')
  const purpose = 'informational' as const
  const [outcome] = await world.ask(wish(customer, id, { channel: 'kakao', purpose }))
  expect(outcome).toMatchObject({ kind: 'queued' })
  await world.sender().drain(world.shop)
  const shown = await newest()
  expect(shown?.text).toBe(
    '김하늘님, 알림을 신청하신 순면 티셔츠 상품이 다시 들어왔어요.\n\n※ 고객님이 재입고 알림을 신청하신 상품만 알려 드려요.',
  )
  expect(JSON.parse(shown?.shown ?? '{}')).toMatchObject({
    kind: 'alimtalk',
    buttons: [{ name: '상품 보기' }],
  })
})

test('a Brand Message goes only to who agreed to KakaoTalk, with (광고) first', async () => {
  const content = BrandContent.parse({
    channel: 'kakao',
    kind: 'brand',
    profile: 'practice',
    bubble: 'TEXT',
    text: '{{ customer.name | nim }}, 담아두신 상품이 기다려요',
    buttons: [{ name: '장바구니 보기', url: '{{ cart.url }}' }],
  })
  const { sender } = await world.shops.shop(world.shop)
  await world.shops.change(world.shop, { sender: { ...sender, phone: '02-123-4567' } })
  const { id } = await world.messages.publish(world.shop, content, { purpose: 'advertising' })
  const customer = await memberWithPhone('friend', '+821033334444')
  const [refused] = await world.ask(wish(customer, id, { channel: 'kakao' }))
  expect(refused).toMatchObject({ kind: 'refused', reason: 'no_consent' })

  await world.consented('friend', 'grant', 'kakao')
  const [queued] = await world.ask(wish(customer, id, { channel: 'kakao' }))
  expect(queued).toMatchObject({ kind: 'queued' })
  await world.sender().drain(world.shop)
  const shown = await newest()
  expect(shown?.text).toMatch(/^\(광고\) 김하늘님, 담아두신 상품이 기다려요\n\n/)
  expect(shown?.text).toMatch(/\n무료수신거부 080-123-4567$/)
})

test('with a provider of its own a shop cannot publish what is only for practice', async () => {
  await world.shops.set(world.shop, 'kakao', {
    provider: 'solapi',
    apiKey: 'K',
    sealedSecret: world.vault.seal('S'),
  })
  const content = AlimtalkContent.parse({
    channel: 'kakao',
    kind: 'alimtalk',
    profile: 'practice',
    template: 'practice_restock',
    variables: { 이름: '님', 상품: '컵', 상품코드: '1' },
  })
  await expect(
    world.messages.publish(world.shop, content, { purpose: 'informational', because: 'order' }),
  ).rejects.toThrow('템플릿')
})
