import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { did } from '../events/line-world.contract.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { seededRandom } from '../lib/random.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { caseDefinition } from './agreement.contract.ts'
import { casePerson } from './person-cases.contract.ts'
import { countedMembers, membersOf, openSegments } from './segments-world.contract.ts'

// A busy machine may need longer; alone a seed takes five seconds.
vi.setConfig({ testTimeout: 120_000 })
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const days = 10
const span = (amount: number) => ({ amount, unit: 'days' })
/** With spans as long as these people take: chance alone makes few sequences that somebody meets. */
const sequences = [
  {
    steps: [{ event: 'Products Searched' }, { event: 'Product Viewed', within: span(1) }],
    not: { event: 'Order Completed', within: span(1) },
    window: { kind: 'rolling', span: span(30) },
  },
  {
    steps: [
      { event: 'Product Viewed' },
      { event: 'Order Completed', within: span(2), without: { event: 'Products Searched' } },
    ],
    window: { kind: 'rolling', span: span(30) },
  },
  {
    steps: [{ event: 'Order Completed' }],
    not: { event: 'Product Viewed', within: span(2) },
    sameProduct: true,
    window: { kind: 'rolling', span: span(30) },
  },
].map((parts) => ({ format: 1, where: { kind: 'sequence', ...parts } }))
const devices = 40

test.each([1, 2])(
  'after weeks of browsing, merging, editing and waiting the line keeps whom SQL counts, seed %i',
  async (seed) => {
    const shop = await insertShop(world.db)
    const room = openSegments(world, { sizes: { slice: 9, chunk: 4 } })
    const owner = { shop, name: 'member:1' }
    const random = seededRandom(`line-agreement ${seed}`)
    const definitions = fc.sample(caseDefinition, { numRuns: 40, seed: 500 + seed })
    const bodies = fc
      .sample(casePerson, { numRuns: 200, seed: 900 + seed })
      .flatMap(({ happenings, traits }) =>
        happenings.map(({ name, body }) => ({ name, body, traits })),
      )
    const made: number[] = []
    for (let day = 0; day < days; day++) {
      for (let turn = 0; turn < 4; turn++) {
        await browse(room, shop, { random, bodies })
        await room.line.drain(shop)
        if (random.chance(0.5)) await room.history.drain(shop)
        // A build is left in the middle now and then, so that people act and merge while it runs.
        if (random.chance(0.6)) await room.segments.build.step(shop)
        world.clock.advance(1 + random.integer(8 * hourMs))
      }
      const definition = day % 3 === 1 ? sequences[(day - 1) / 3] : definitions[day * 2]
      if (made.length < 9) {
        const { id } = await room.segments.create(owner, {
          name: `s${day}`,
          description: '',
          definition,
        })
        made.push(id)
      } else if (day === 9) {
        await room.segments.remove(owner, made.shift() ?? 0)
        await room.segments.change(owner, made[0] ?? 0, {
          name: 'edited',
          description: '',
          definition,
        })
      }
    }
    const [{ merges = 0 } = {}] = await world.db<{ merges: number }[]>`
      select count(*) as merges from aliases where shop = ${shop}`
    expect(merges).toBeGreaterThan(5)
    const [{ own = 0 } = {}] = await world.db<{ own: number }[]>`
      select count(*) as own from internal_people where shop = ${shop}`
    expect(own).toBeGreaterThan(1)
    await room.settle(shop)
    world.clock.advance(dayMs + 1)
    await room.settle(shop)
    const position = await room.history.completeTo(shop)
    const sizes: number[] = []
    const inSequence: number[] = []
    for (const id of made) {
      const { definition, state } = await room.segments.get(shop, id)
      expect(state).toBe('live')
      const kept = await membersOf(world, shop, id)
      expect(kept, JSON.stringify(definition)).toEqual(
        await countedMembers(world, shop, { definition, position }),
      )
      sizes.push(kept.length)
      if (definition.where.kind === 'sequence') inSequence.push(kept.length)
    }
    expect(inSequence.filter((size) => size > 0 && size < devices).length).toBeGreaterThan(1)
    expect(sizes.some((size) => size > 0 && size < devices)).toBe(true)
    expect(await world.db`select error from line_failures where shop = ${shop}`).toEqual([])
  },
)

type Body = ReturnType<typeof fc.sample<{ name: string }>>[number]

/** Some devices act, late ones too; some sign in, and two of them as the same member. */
async function browse(
  room: ReturnType<typeof openSegments>,
  shop: ShopId,
  {
    random,
    bodies,
  }: {
    readonly random: ReturnType<typeof seededRandom>
    readonly bodies: readonly (Body & { readonly body: object; readonly traits: object })[]
  },
): Promise<void> {
  const count = 1 + random.integer(25)
  const happenings = Array.from({ length: count }, () => {
    const device = `d${random.integer(devices)}`
    const { name, body, traits } = random.pick(bodies)
    const late = random.chance(0.2) ? random.integer(3 * dayMs) : 0
    const ahead = random.chance(0.1) ? random.integer(200_000) : 0
    const at = world.clock.now() - late + ahead
    // Somebody is marked as one of the shop's own, or the mark is taken back.
    if (random.chance(0.04)) {
      const internal = random.pick(['internal', 'auto', 'customer'])
      const body = { properties: { internal } }
      return did(world, { anonymous: device }, { kind: 'edit', name: 'Customer Edited', body })
    }
    if (random.chance(0.15)) {
      const user = `u${random.integer(devices / 2)}`
      return did(
        world,
        { anonymous: device, user, verified: true },
        { kind: 'identify', name: 'Identified', body: { traits: traits as never } },
      )
    }
    return did(world, { anonymous: device }, { name, at, body: body as never })
  })
  await room.door.accept(shop, happenings)
}
