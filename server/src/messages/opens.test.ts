import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { openPath, readOpen } from './opens.ts'
import { messagePages } from './pages.routes.ts'

const person = {
  'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15',
}
let world: MessageWorld
let pages: ReturnType<typeof messagePages>
let content: string

beforeAll(async () => {
  world = await openMessageWorld()
  pages = messagePages(world)
  content = (await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })).id
})
afterAll(() => world?.close())

async function sent(user: string): Promise<{ readonly message: number; readonly html: string }> {
  const [outcome] = await world.ask(wish(await world.member(user), content))
  await world.sender().drain(world.shop)
  const message = outcome?.message ?? 0
  const [mail] = await world.db<
    { html: string }[]
  >`select html from inbox where message = ${message}`
  return { message, html: mail?.html ?? '' }
}

const pictureIn = (html: string) => /https:\/\/danggol\.example(\/o\/[^"]+)"/.exec(html)?.[1]

async function happenings(message: number) {
  await world.line.drain(world.shop)
  const rows = await world.db<{ body: string }[]>`
    select body from log where shop = ${world.shop} and name = 'Message Opened' order by position`
  return rows
    .map((row) => JSON.parse(row.body).properties)
    .filter((properties) => properties.message_id === message)
    .map((properties) => properties.machine)
}

test('nothing in a mail tells of its opening unless the shop asks for it', async () => {
  const { html, message } = await sent('quiet')
  expect(pictureIn(html)).toBeUndefined()
  // Nor does the address work for a shop that has switched it off again.
  const path = openPath({ shop: world.shop, message }, world.vault)
  world.clock.advance(60_000)
  expect((await pages.request(path, { headers: person })).status).toBe(200)
  const [row] = await world.db`select opened_at from outbox where id = ${message}`
  expect(row?.opened_at).toBeNull()
})

test('a person’s opening is told once, a machine’s is told apart and marks nothing', async () => {
  await world.shops.set(world.shop, 'tracking', { opens: true })
  const { html, message } = await sent('watched')
  const path = pictureIn(html) ?? ''
  const open = async (headers: Record<string, string>) => {
    const answer = await pages.request(path, { headers })
    expect(answer.headers.get('content-type')).toBe('image/gif')
    expect(answer.headers.get('cache-control')).toContain('no-store')
  }
  const openedAt = async () =>
    (
      await world.db<
        { at: number | null }[]
      >`select opened_at as at from outbox where id = ${message}`
    )[0]?.at
  // A scanner, at the moment of delivery.
  await open(person)
  world.clock.advance(60_000)
  // Apple Mail's privacy protection.
  await open({ 'user-agent': 'Mozilla/5.0' })
  expect(await openedAt()).toBeNull()
  const at = world.clock.now()
  await open(person)
  world.clock.advance(60_000)
  await open(person)
  await open({
    'user-agent': 'Mozilla/5.0 (Windows NT 5.1) Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  })
  expect(await openedAt()).toBe(at)
  expect(await happenings(message)).toEqual([true, false])
})

test('a changed address opens nothing', () => {
  const token = openPath({ shop: 1, message: 7 }, world.vault).slice('/o/'.length)
  expect(readOpen(token, world.vault)).toEqual({ shop: 1, message: 7 })
  expect(readOpen(token.replace('1.7', '1.8'), world.vault)).toBeUndefined()
  expect(readOpen('nonsense', world.vault)).toBeUndefined()
})
