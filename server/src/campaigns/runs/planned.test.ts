import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs, hourMs } from '../../lib/duration.ts'
import { type MessageWorld, openMessageWorld } from '../../testing/message-world.driver.ts'
import type { Actor } from '../../web/route.ts'
import { Flow } from '../campaign.ts'
import { type Campaigns, campaigns } from '../campaigns.service.ts'
import { plannedRoutes } from './planned.routes.ts'

let world: MessageWorld
let room: Campaigns
let actor: Actor

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return []
    },
  })
  actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
})
afterAll(() => world?.close())

async function drafted(trigger: object, audience?: number) {
  const made = await room.create(actor, { playbook: 'cart_abandonment' })
  const draft = Flow.parse({ ...made.draft, trigger, ...(audience ? { audience } : {}) })
  await room.change(actor, made.id, { draft })
  return made.id
}

test('the calendar knows drafts, repeated runs with their audience, days that return, and what was sent', async () => {
  const now = world.clock.now()
  const [row] = await world.db<{ id: number }[]>`
    insert into segments (shop, name, definition, state, created_at, updated_at)
    values (${world.shop}, '단골', '{}', 'live', 0, 0) returning id`
  const customer = await world.member('one')
  await world.line.drain(world.shop)
  await world.db`
    insert into memberships (shop, segment, customer, version, entered_at, cause)
    values (${world.shop}, ${row?.id ?? 0}, ${customer}, 1, ${now}, 'backfill')`
  const schedule = { kind: 'daily', time: '10:00', zone: 'shop' }
  const daily = await drafted({ kind: 'schedule', schedule }, row?.id)
  const birthday = await drafted({ kind: 'anniversary', trait: 'birthday' })
  await drafted({ kind: 'event', event: 'Product Added' })
  await world.db`
    insert into campaign_runs (shop, campaign, version, due_at, state, called, begun_at, moved_at)
    values (${world.shop}, ${daily}, 1, ${now - dayMs}, 'done', 7, ${now - dayMs}, ${now - dayMs})`
  const [read] = plannedRoutes({ db: world.db, clock: world.clock, shops: world.shops })
  const answer = await read?.handle({
    ...{ actor, params: {}, body: undefined, signal: new AbortController().signal },
    request: new Request('http://localhost/'),
    query: { from: now - 2 * dayMs, to: now + 2 * dayMs - hourMs },
  })
  const { items } = answer as { items: readonly Record<string, unknown>[] }
  expect(items.filter(({ campaign }) => campaign === daily)).toMatchObject([
    { state: 'done', people: 7, daily: false },
    { state: 'draft', people: 1, daily: false },
    { state: 'draft', people: 1, daily: false },
  ])
  expect(items.filter(({ campaign }) => campaign === birthday)).toMatchObject([
    { state: 'draft', people: null, daily: true },
  ])
  expect(items).toHaveLength(4)
})
