import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs } from '../lib/duration.ts'
import { Recipe } from '../recommendations/recipe.ts'
import { type MessageWorld, openMessageWorld, wish } from '../testing/message-world.driver.ts'
import type { EmailContent } from './content.ts'

const digest = (recommend?: object): EmailContent => ({
  channel: 'email',
  subject: '새로 들어온 {{ recs[0].name }} 외 {{ recs.size | minus: 1 }}개',
  preheader: '',
  body: { kind: 'blocks', blocks: [{ kind: 'products', list: 'recs', limit: 5 }] },
  ...(recommend ? { recommend: Recipe.parse(recommend) } : {}),
})
const newInFavourite = {
  strategy: 'new_arrivals',
  filters: { favouriteCategory: true },
  limit: 5,
  atLeast: 2,
}

let world: MessageWorld
beforeAll(async () => {
  world = await openMessageWorld()
  const { clock } = world
  const products: readonly (readonly [string, string, number, boolean])[] = [
    ['책상', '가구', 300, false],
    ['의자', '가구', 3, false],
    ['선반', '가구', 2, false],
    ['옷장', '가구', 1, true],
    ['베개', '침구', 1, false],
  ]
  for (const [name, category, daysAgo, sensitive] of products) {
    const seen = clock.now() - daysAgo * dayMs
    await world.db`
      insert into products (shop, id, name, category, category_path, price, sale_price, current_price, url, sensitive, updated_at, first_seen_at)
      values (${world.shop}, ${name}, ${name}, ${category}, ${[category]}, 300000000, 240000000, 240000000,
        ${`https://shop.example/${name}`}, ${sensitive}, ${seen}, ${seen})`
  }
})
afterAll(() => world?.close())

const publish = (content: EmailContent) =>
  world.messages.publish(world.shop, content, { purpose: 'advertising' })

async function looksAt(customer: number, products: readonly string[]) {
  for (const product_id of products)
    await world.say({
      name: 'Product Viewed',
      ids: { customer: customer as never, verified: true },
      body: { properties: { product_id } },
    })
  await world.line.drain(world.shop)
}

test('a mail shows each reader the products of its recipe, with price, link and why', async () => {
  const { id } = await publish(digest(newInFavourite))
  const reader = await world.member('reader')
  await looksAt(reader, ['책상', '의자'])
  const [outcome] = await world.ask(wish(reader, id))
  await world.sender().drain(world.shop)
  const [mail] = await world.db<{ subject: string; text: string }[]>`
    select subject, text from inbox where message = ${outcome?.message ?? 0}`
  // What is sensitive is not among them, nor what is of another category.
  expect(mail?.subject).toBe('(광고) 새로 들어온 선반 외 1개')
  expect(mail?.text).toContain('의자')
  expect(mail?.text).toContain('24,000원')
  expect(mail?.text).toContain('새로 들어왔어요')
  const [kept] = await world.db<{ content: string }[]>`
    select content from outbox where shop = ${world.shop} and id = ${outcome?.message ?? 0}`
  const { links } = JSON.parse(kept?.content ?? '{}') as { links: string[] }
  expect(links.map(decodeURI)).toContain('https://shop.example/선반')
})

test('who has no favourite, or one with too little that is new, is not written to; a decision says so', async () => {
  const { id } = await publish(digest(newInFavourite))
  const stranger = await world.member('stranger')
  expect(await world.ask(wish(stranger, id))).toMatchObject([
    { kind: 'refused', reason: 'too_few_recommendations' },
  ])
  const choosy = await world.member('choosy')
  await looksAt(choosy, ['책상', '의자'])
  const { id: more } = await publish(digest({ ...newInFavourite, atLeast: 3 }))
  expect(await world.ask(wish(choosy, more))).toMatchObject([
    { kind: 'refused', reason: 'too_few_recommendations' },
  ])
})

test('a mail that shows recommended products without saying which is refused when it is published', async () => {
  await expect(publish(digest())).rejects.toThrow('추천 방식을 골라 주세요')
})
