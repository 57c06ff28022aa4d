import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type MessageWorld,
  openMessageWorld,
  sampleContext,
  wish,
} from '../testing/message-world.driver.ts'
import type { EmailContent } from './content.ts'

const mail = (text: string): EmailContent => ({
  channel: 'email',
  subject: '안녕하세요',
  preheader: '',
  body: { kind: 'blocks', blocks: [{ kind: 'text', text }] },
})

let world: MessageWorld

beforeAll(async () => {
  world = await openMessageWorld()
})
afterAll(() => world?.close())

async function inboxText(message: number | undefined): Promise<string> {
  const [row] = await world.db<{ text: string }[]>`
    select text from inbox where message = ${message ?? 0}`
  return row?.text ?? ''
}

test('a mail speaks of what is known when it leaves, keeps it, and has a fallback for the others', async () => {
  const { id } = await world.messages.publish(
    world.shop,
    mail(
      "찾으시던 {{ customer.search.last | default: '새 상품' }}, {{ visit.source | default: '어딘가' }}에서 오셨죠?",
    ),
    { purpose: 'advertising' },
  )
  const [seeker, stranger] = [await world.member('seeker'), await world.member('stranger')]
  const searched = (query: string) =>
    world.say({
      name: 'Products Searched',
      ids: { customer: seeker, verified: true },
      body: { properties: { query, url: 'https://shop.example/search?utm_source=kakao' } },
    })
  await searched('겨울 모자')
  await world.line.drain(world.shop)
  const [first] = await world.ask(wish(seeker, id, { context: sampleContext }))
  world.clock.advance(1_000)
  await searched('여름 모자')
  await world.line.drain(world.shop)
  const [second] = await world.ask(wish(stranger, id, { context: sampleContext }))
  await world.sender().drain(world.shop)
  expect(await inboxText(first?.message)).toContain('찾으시던 여름 모자, kakao에서 오셨죠?')
  expect(await inboxText(second?.message)).toContain('찾으시던 새 상품, 어딘가에서 오셨죠?')
  const [kept] = await world.db<{ content: string }[]>`
    select content from outbox where shop = ${world.shop} and id = ${first?.message ?? 0}`
  expect(JSON.parse(kept?.content ?? '{}').facts).toEqual({
    search: { last: '여름 모자' },
    inflow: { last: { source: 'kakao' } },
  })
})

test('a fact without a fallback, or one there is not, is refused when the mail is published', async () => {
  const publish = (text: string) =>
    world.messages.publish(world.shop, mail(text), { purpose: 'advertising' })
  await expect(publish('{{ customer.favorite.category }}')).rejects.toThrow(
    "1번째 줄 4번째 글자: 'favorite.category' 값이 없는 고객에게 보일 말을 정해 주세요",
  )
  await expect(publish("{{ customer.favorite.colour | default: '' }}")).rejects.toThrow(
    "'favorite.colour'",
  )
})
