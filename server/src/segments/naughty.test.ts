import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { did } from '../events/line-world.contract.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { peopleSql } from './compile.ts'
import type { Condition } from './definition.ts'
import { readDefinition } from './read-definition.ts'
import { defined, membersOf, openSegments } from './segments-world.contract.ts'

const file = fileURLToPath(new URL('../../../../shared/data/naughty-strings.json', import.meta.url))
const stored = (text: string) => text.toWellFormed().normalize('NFC')

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

/** Ways in which a definition may hold a text that anybody chose. */
function conditionsOf(text: string): readonly Condition[] {
  const path = text.replace(/[.\\]/g, '\\$&')
  const equals = { type: 'text', op: 'equals', value: text } as const
  return [
    { kind: 'trait', path: 'said', is: equals },
    { kind: 'trait', path, is: { type: 'text', op: 'any-of', values: [text, 'never said'] } },
    { kind: 'trait', path: 'tags', is: { type: 'list', op: 'has-any', values: [text] } },
    {
      kind: 'event',
      event: text,
      where: { kind: 'property', path, is: equals },
      window: { kind: 'ever' },
      measure: { of: 'count', is: { op: '>=', value: 1 } },
    },
  ]
}

test.skipIf(!existsSync(file))(
  'no text in a name or a value of a segment changes anything else (needs the naughty strings beside the project)',
  async () => {
    const { db, warehouse, clock } = world
    const shop = await insertShop(db)
    const room = openSegments(world)
    const strings = JSON.parse(readFileSync(file, 'utf8')) as readonly string[]
    const odd = [...strings, "'); drop table events; --", '{p0:String}', '\u001e', '{{ x }}']
    const texts = [...new Set(odd.map((text) => stored(text.replaceAll('\0', ''))))].filter(
      (text) => text.trim() !== '' && text.length <= 200,
    )
    expect(texts.length).toBeGreaterThan(400)
    const witness = await room.segments.create(
      { shop, name: 'member:1' },
      {
        name: 'witness',
        description: '',
        definition: defined({
          kind: 'trait',
          path: 'witness',
          is: { type: 'boolean', op: 'is', value: true },
        }),
      },
    )
    // The dashboard's own limit on how many segments there may be bounds how many odd names can be tried at once.
    const named = await Promise.all(
      texts.slice(0, 150).map((text) =>
        room.segments.create(
          { shop, name: 'member:1' },
          {
            name: text.slice(0, 100),
            description: text,
            definition: defined(conditionsOf(text)[0] as Condition),
          },
        ),
      ),
    )
    await room.door.accept(
      shop,
      texts.flatMap((text, index) => {
        const person = { user: `u${index}`, verified: true }
        const traits = { said: text, tags: [text], witness: index % 2 === 0, [text]: text }
        return [
          did(world, person, { kind: 'identify', name: 'Identified', body: { traits } }),
          did(world, person, { name: text, body: { properties: { [text]: text } } }),
        ]
      }),
    )
    await room.settle(shop)

    expect(await db`select room, error from line_failures where shop = ${shop}`).toEqual([])
    expect(await membersOf(world, shop, witness.id)).toHaveLength(Math.ceil(texts.length / 2))
    for (const { id, name } of named) {
      expect((await room.segments.get(shop, id)).name).toBe(name)
      expect(await membersOf(world, shop, id)).toHaveLength(1)
    }
    const position = await room.history.completeTo(shop)
    for (let from = 0; from < texts.length; from += 25) {
      const asked = texts
        .slice(from, from + 25)
        .flatMap((text) => conditionsOf(text).map((where) => ({ text, where })))
      const definitions = asked.map(({ where }) => readDefinition(defined(where)))
      const { sql, params, columns } = peopleSql(definitions, { shop, position, now: clock.now() })
      const [counted] = await warehouse.query<Record<string, number>>(
        `select ${columns.map((one) => `countIf(${one}) as ${one}`).join(', ')} from (${sql})`,
        params,
      )
      const wrong = asked.filter((_, index) => counted?.[columns[index] ?? ''] !== 1)
      expect(wrong).toEqual([])
    }
  },
)
