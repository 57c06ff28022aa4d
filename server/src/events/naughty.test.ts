import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { did, startWorker } from './line-world.contract.ts'

const file = fileURLToPath(new URL('../../../../shared/data/naughty-strings.json', import.meta.url))

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

test.skipIf(!existsSync(file))(
  'no text that anybody sends stops the line or history, whatever field it stands in',
  async () => {
    const texts = JSON.parse(readFileSync(file, 'utf8')) as readonly string[]
    const { db, warehouse } = world
    const shop = await insertShop(db)
    const { door, line, history } = startWorker(world)
    const odd = [...texts, 'nul\u0000byte', '\ud800 lone', '\u001e', 'e'.repeat(5_000), '1e309']
    await door.accept(
      shop,
      odd.flatMap((text, index) => [
        did(
          world,
          { user: text || `u${index}`, anonymous: text },
          {
            kind: 'identify',
            name: 'Identified',
            body: { traits: { name: text, [`t${text}`]: text, nested: { [text]: [text] } } },
          },
        ),
        did(
          world,
          { anonymous: `d${index}` },
          {
            name: text.replaceAll('\u0000', ''),
            body: {
              properties: {
                product_id: text,
                name: text,
                url: text,
                query: text,
                price: 1e300,
                products: [{ product_id: text, name: text, price: -0 }],
              },
              context: { page: { path: text } },
            },
          },
        ),
      ]),
    )
    await line.drain(shop)
    await history.drain(shop)
    expect(await db`select room, error from line_failures where shop = ${shop}`).toEqual([])
    const [head] = await db<{ head: number }[]>`select head from log_heads where shop = ${shop}`
    const [past] = await warehouse.query<{ rows: number; positions: number }>(
      'select count() as rows, uniqExact(position) as positions from events where shop = {shop:UInt32}',
      { shop },
    )
    expect(past).toEqual({ rows: head?.head, positions: head?.head })
    const kept = await warehouse.query<{ text: string }>(
      "select texts['query'] as text from events where shop = {shop:UInt32} and mapContains(texts, 'query') order by position",
      { shop },
    )
    expect(kept.map((row) => row.text)).toEqual(
      odd.map((text) => text.normalize('NFC').toWellFormed()),
    )
  },
)
