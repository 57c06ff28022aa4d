import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
  await world.db`create table sent (name text primary key)`
})
afterAll(() => world.close())

test('statements of a transaction that are sent together run in their order', async () => {
  await world.db.begin(async (tx) => {
    await Promise.all([
      tx`insert into sent values ('first')`,
      tx`update sent set name = 'second' where name = 'first'`,
    ])
  })
  expect(await names()).toEqual(['second'])
})

test('when one of several fails nothing is kept, and nothing of the work reaches the connection after the rollback', async () => {
  const late: Promise<unknown>[] = []
  const work = world.db.begin(async (tx) => {
    const slow = async () => {
      await tx`insert into sent values ('before')`
      // Longer than the rollback takes: what comes now would run outside any transaction.
      await new Promise((done) => setTimeout(done, 100))
      await tx`insert into sent values ('after')`
    }
    const one = slow()
    late.push(one.catch((error: unknown) => error))
    await Promise.all([one, tx`insert into sent values ('second')`, tx`select 1`])
  })
  await expect(work).rejects.toMatchObject({ code: '23505' })
  expect(await Promise.all(late)).toMatchObject([{ code: 'CONNECTION_CLOSED' }])
  expect(await names()).toEqual(['second'])
})

async function names(): Promise<readonly string[]> {
  const rows = await world.db<{ name: string }[]>`select name from sent order by name`
  return rows.map((row) => row.name)
}
