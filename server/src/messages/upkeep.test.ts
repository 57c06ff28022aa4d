import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { keepDecisions } from './upkeep.jobs.ts'

let world: MessageWorld
beforeAll(async () => {
  world = await openMessageWorld()
})
afterAll(() => world?.close())

test('decisions of a month lie in a partition of their own, made ahead and once', async () => {
  expect(await keepDecisions(world)).toEqual([202603, 202604])
  expect(await keepDecisions(world)).toEqual([])
  const { id } = await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })
  await world.ask(wish(await world.member('partitioned'), id))
  const [row] = await world.db`select tableoid::regclass::text as partition from decisions`
  expect(row?.partition).toBe('decisions_202603')
})

test('a month that began without its partition keeps its rows where they are', async () => {
  world.clock.set(Date.UTC(2026, 8, 1))
  const { id } = await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })
  await world.ask(wish(await world.member('unexpected'), id))
  expect(await keepDecisions(world)).toEqual([202610])
  const rows = await world.db`select 1 from decisions where month = 202609`
  expect(rows).toHaveLength(1)
})
