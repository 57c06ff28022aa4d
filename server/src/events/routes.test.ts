import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogRoutes } from '../catalog/catalog.routes.ts'
import { catalog } from '../catalog/catalog.service.ts'
import { consentRoutes } from '../consent/consent.routes.ts'
import { consent } from '../consent/consent.service.ts'
import { contactKey } from '../customers/contact.ts'
import { customers } from '../customers/customers.service.ts'
import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { vault } from '../vault/vault.service.ts'
import type { Actor, Route } from '../web/route.ts'
import { customersRoutes } from './customers.routes.ts'
import { edits } from './edits.service.ts'
import { eventsRoutes } from './events.routes.ts'
import { feed } from './feed.service.ts'
import { did, startWorker } from './line-world.contract.ts'
import { live } from './live.service.ts'
import { productWords } from './product-words.service.ts'
import type { LineRoom } from './turn.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld({ max: 20 })
})
afterAll(() => world.close())

const safe = vault(new Uint8Array(32).fill(7))

/** A shop with its worker running and its routes, called as a member of the team would. */
async function openShop(options: { readonly rooms?: readonly LineRoom<Tx>[] } = {}) {
  const { db, warehouse, clock } = world
  const shop = await insertShop(db)
  const worker = startWorker(world, options)
  const customer = customers({ db, vault: safe })
  const ledger = consent({ db })
  const past = feed({ db, warehouse, customers: customer, history: worker.history })
  const watching = live({ db, feed: past })
  const audits: string[] = []
  const audit = async (_: Actor, act: string) => void audits.push(act)
  const edit = edits({ db, clock, accept: worker.door })
  const routes: readonly Route[] = [
    ...eventsRoutes({
      db,
      warehouse,
      history: worker.history,
      line: worker.line,
      feed: past,
      live: watching,
      audit,
    }),
    ...customersRoutes({
      customers: customer,
      consent: ledger,
      warehouse,
      feed: past,
      edits: edit,
      vault: safe,
      audit,
    }),
    ...catalogRoutes({
      catalog: catalog({ db }),
      clock: world.clock,
      audit,
      tell: productWords({ db, clock: world.clock, accept: worker.door }).tell,
    }),
    ...consentRoutes({ consent: ledger, clock: world.clock, append: edit.consent, audit }),
  ]
  const call = async (
    method: Route['method'],
    path: Route['path'],
    input: {
      readonly params?: object
      readonly query?: object
      readonly body?: unknown
      readonly role?: Actor['role']
      readonly signal?: AbortSignal
    } = {},
  ) => {
    const found = routes.find((one) => one.method === method && one.path === path)
    if (!found) throw new Error(`no route ${path}`)
    const answering = found.handle({
      actor: { shop, name: 'member:1', role: input.role ?? 'owner' },
      params: found.params?.parse(input.params ?? {}) ?? {},
      query: found.query?.parse(input.query ?? {}) ?? {},
      body: found.body?.parse(input.body),
      request: new Request('http://localhost/'),
      signal: input.signal ?? new AbortController().signal,
    })
    let answered = false
    void answering.then(
      () => (answered = true),
      () => (answered = true),
    )
    // An edit waits for the line; here the line runs when asked.
    while (!answered) {
      await worker.line.drain(shop)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const answer = await answering
    return (answer instanceof Response ? answer : found.response.parse(answer)) as never
  }
  const say = async (...events: ReturnType<typeof did>[]) => {
    await worker.door.accept(shop, events)
    await worker.line.drain(shop)
  }
  return { shop, ...worker, call, say, audits, watching }
}

const mail = (address: string) => contactKey(safe, 'email', address)
type Page = { readonly items: readonly Record<string, unknown>[]; readonly next: string | null }

async function onlyCustomer(shop: ShopId): Promise<number> {
  const [row] = await world.db<
    { id: number }[]
  >`select id from customers where shop = ${shop} and survivor is null order by id`
  return row?.id ?? 0
}

test('a customer is found by a part of the name, an address or an id, and shown with masked contacts', async () => {
  const { shop, call, say, history, audits } = await openShop()
  await say(
    did(
      world,
      { user: 'kim-1', verified: true, email: mail('kim@example.com') },
      { kind: 'identify', name: 'Identified', body: { traits: { name: '김하늘' } } },
    ),
    did(world, { user: 'kim-1' }),
    did(world, { user: 'lee-1', verified: true }),
  )
  await history.drain(shop)
  for (const search of ['하늘', 'kim@EXAMPLE.com', 'kim-1']) {
    const page: Page = await call('get', '/api/customers', { query: { search } })
    expect(page.items.map((one) => one.name)).toEqual(['김하늘'])
  }
  const seen: Page = await call('get', '/api/customers', {
    query: { search: '하늘' },
    role: 'viewer',
  })
  expect(seen.items[0]?.name).toBe('김*늘')
  const id = Number(seen.items[0]?.id)
  const detail = await call('get', '/api/customers/{id}', { params: { id } })
  expect(detail).toMatchObject({
    contacts: [{ channel: 'email', masked: 'k***@example.com', verified: true }],
    visits: { count: 1, here: true },
    devices: 0,
  })
  expect(JSON.stringify(detail)).not.toContain('kim@example.com')
  // Everybody of the team reads the timeline and the feed: they name nobody.
  const past = await call('get', '/api/customers/{id}/timeline', { params: { id } })
  expect(JSON.stringify(past)).not.toMatch(/김하늘|kim@example/)
  expect(await call('get', '/api/customers/{id}/contacts', { params: { id } })).toEqual({
    email: 'kim@example.com',
    phone: null,
  })
  expect(audits).toEqual(['customer.contacts-viewed'])
})

test('lists are paged by key: no customer twice, none missing', async () => {
  const { shop, call, say } = await openShop()
  await say(...Array.from({ length: 25 }, (_, n) => did(world, { user: `u${n}` })))
  const ids: unknown[] = []
  let after: string | null = null
  do {
    const page: Page = await call('get', '/api/customers', {
      query: { limit: 10, ...(after ? { after } : {}) },
    })
    ids.push(...page.items.map((one) => one.id))
    after = page.next
  } while (after)
  expect(new Set(ids).size).toBe(25)
  expect(ids).toHaveLength(25)
  expect(shop).toBeGreaterThan(0)
})

test('events are listed newest first, from the log and from history alike', async () => {
  const { shop, call, say, history } = await openShop({ rooms: [] })
  await say(did(world, { user: 'kim' }, { name: 'A' }), did(world, { user: 'lee' }, { name: 'B' }))
  await history.drain(shop)
  await say(did(world, { user: 'kim' }, { name: 'C' }))
  const all: Page = await call('get', '/api/events', { query: { limit: 2 } })
  expect(all.items.map((one) => one.name)).toEqual(['C', 'B'])
  const rest: Page = await call('get', '/api/events', { query: { limit: 2, after: all.next } })
  expect(rest.items.map((one) => one.name)).toEqual(['A'])
  const kim = Number(all.items[0]?.customer)
  const theirs: Page = await call('get', '/api/customers/{id}/timeline', { params: { id: kim } })
  expect(theirs.items.map((one) => one.name)).toEqual(['C', 'A'])
  expect(await call('get', '/api/events/count', { query: { event: 'A' } })).toEqual({
    count: 1,
    completeTo: 2,
  })
  expect(await call('get', '/api/events/count', { query: { from: '2026-03-02' } })).toMatchObject({
    count: 0,
  })
})

test('the live view shows what the line has just processed', async () => {
  const { call, say, watching } = await openShop({ rooms: [] })
  await say(did(world, { anonymous: 'd' }, { name: 'Before' }))
  const abort = new AbortController()
  const response: Response = await call('get', '/api/events/live', { signal: abort.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const readUntil = async (word: string) => {
    while (!text.includes(word)) text += (await reader?.read())?.value ?? ''
  }
  await readUntil('"Before"')
  await say(
    did(
      world,
      { anonymous: 'd' },
      { name: 'Just Now', body: { properties: { product_id: 'p1' } } },
    ),
  )
  await readUntil('"Just Now"')
  expect(text).toContain('"product_id":"p1"')
  await reader?.cancel()
  abort.abort()
  expect(watching.viewers()).toBe(0)
  await watching.stop()
})

test('traits edited in the dashboard go through the log', async () => {
  const { shop, call, say } = await openShop()
  await say(
    did(
      world,
      { user: 'kim' },
      { kind: 'identify', name: 'Identified', body: { traits: { grade: 'gold', age: 3 } } },
    ),
  )
  const id = await onlyCustomer(shop)
  await call('patch', '/api/customers/{id}', {
    params: { id },
    body: { traits: { grade: null, name: '이하나' } },
  })
  expect(await call('get', '/api/customers/{id}', { params: { id } })).toMatchObject({
    name: '이하나',
    traits: { age: 3, name: '이하나' },
  })
})

test('consents need proof, and a withdrawal closes the address', async () => {
  const { db } = world
  const { shop, call, say } = await openShop()
  await say(
    did(
      world,
      { user: 'kim', verified: true, email: mail('kim@example.com') },
      { kind: 'identify', name: 'Identified' },
    ),
  )
  const customer = await onlyCustomer(shop)
  const grant = { customer, channel: 'email', kind: 'grant' }
  await expect(call('post', '/api/consents', { body: grant })).rejects.toThrow('wording')
  await call('post', '/api/consents', {
    body: { ...grant, wording: 'v1', evidence: { form: 'paper 12' } },
  })
  expect(await call('get', '/api/customers/{id}', { params: { id: customer } })).toMatchObject({
    consents: [{ channel: 'email', adDay: true, adNight: false, closed: null }],
  })
  world.clock.advance(1_000)
  await call('post', '/api/consents', { body: { ...grant, kind: 'withdraw' } })
  expect(await db`select reason from suppressions where shop = ${shop}`).toEqual([
    { reason: 'opted_out' },
  ])
  // A browser's claim records nothing.
  const claim = { channel: 'email', kind: 'grant', scope: 'ad_day', source: 'signup_form' }
  await say(
    did(
      world,
      { user: 'kim' },
      { kind: 'consent', name: 'Consent Changed', body: { browser: true, properties: claim } },
    ),
  )
  expect(await call('get', '/api/customers/{id}', { params: { id: customer } })).toMatchObject({
    consents: [{ adDay: false, closed: 'opted_out' }],
  })
  const page: Page = await call('get', '/api/consents', { query: { customer } })
  expect(page.items.map((one) => one.kind)).toEqual(['withdraw', 'grant'])
})

test('products come from the shop and from what was looked at; the shop has the last word', async () => {
  const { call, say } = await openShop()
  const seen = { product_id: 'p1', name: '사과', price: 1000, currency: 'KRW' }
  await say(did(world, { anonymous: 'd' }, { body: { properties: seen } }))
  await say(
    did(
      world,
      {},
      {
        kind: 'product',
        name: 'Product Updated',
        body: { properties: { product_id: 'p1', name: '꿀사과', stock: 3 } },
      },
    ),
  )
  await say(did(world, { anonymous: 'd' }, { body: { properties: { ...seen, price: 1 } } }))
  const page: Page = await call('get', '/api/products', { query: { search: '사과' } })
  expect(page.items).toMatchObject([
    { id: 'p1', name: '꿀사과', price: 1000, stock: 3, sellable: true },
  ])
})

test('an erased customer is nobody: no name, no address, no properties, and every position still there', async () => {
  const { db, warehouse } = world
  const { shop, call, say, history } = await openShop()
  await say(
    did(
      world,
      { anonymous: 'd', user: 'kim', verified: true, email: mail('kim@example.com') },
      { kind: 'identify', name: 'Identified', body: { traits: { name: '김하늘' } } },
    ),
    did(world, { anonymous: 'd' }, { body: { properties: { note: 'secret-note' } } }),
  )
  await history.drain(shop)
  await say(did(world, { user: 'kim' }, { body: { properties: { note: 'secret-later' } } }))
  const id = await onlyCustomer(shop)
  await call('patch', '/api/customers/{id}', {
    params: { id },
    body: { traits: { memo: 'secret-memo' } },
  })
  await db`
    insert into push_subscriptions (shop, endpoint_hash, device, sealed, created_at, seen_at)
    values (${shop}, ${Buffer.from('hash')}, 'd', 'sealed', 1, 1)`
  await call('post', '/api/customers/{id}/erase', { params: { id } })
  await history.drain(shop)
  expect(await db`select 1 from push_subscriptions where shop = ${shop}`).toHaveLength(0)
  await expect(call('get', '/api/customers/{id}', { params: { id } })).rejects.toThrow(
    'no customer',
  )
  expect(
    await db`select 1 from identities where shop = ${shop} union all select 1 from contacts where shop = ${shop}`,
  ).toHaveLength(0)
  const past = await warehouse.query<{ all: string; rows: number }>(
    'select arrayStringConcat(groupArray(concat(properties, traits, toString(texts)))) as all, count() as rows from events where shop = {shop:UInt32}',
    { shop },
  )
  expect(past[0]?.all).not.toMatch(/secret|김하늘/)
  const [head] = await db<{ head: number }[]>`select head from log_heads where shop = ${shop}`
  expect(past[0]?.rows).toBe(head?.head)
  const bodies = await db<{ body: string }[]>`select body from log where shop = ${shop}`
  expect(JSON.stringify(bodies)).not.toMatch(/secret|김하늘/)
  await say(did(world, { anonymous: 'd' }))
  expect(await db`select 1 from customers where shop = ${shop} and erased_at is null`).toHaveLength(
    1,
  )
})

test('what was set aside runs again when the rules are mended', async () => {
  let broken = true
  let applied = 0
  const room: LineRoom<Tx> = {
    name: 'fragile',
    open: async (_tx, turn) => ({
      nextDue: () => Infinity,
      fire: () => {},
      apply: ({ customer }) => {
        if (broken) throw new Error('not yet')
        applied++
        turn.people.get(customer)?.remember('fragile', applied)
      },
      discard: () => {},
      close: async () => {},
    }),
  }
  const { call, say } = await openShop({ rooms: [room] })
  await say(did(world, { user: 'kim' }), did(world, { user: 'kim' }))
  const page: Page = await call('get', '/api/line/failures')
  expect(page.items).toMatchObject([{ room: 'fragile', resolvedAt: null, first: 1, last: 2 }])
  const params = { id: page.items[0]?.id }
  expect(await call('post', '/api/line/failures/{id}/retry', { params })).toMatchObject({
    outcome: 'failed-again',
    error: 'Error: not yet',
  })
  broken = false
  expect(await call('post', '/api/line/failures/{id}/retry', { params })).toMatchObject({
    outcome: 'done',
  })
  expect(applied).toBe(2)
  await expect(call('post', '/api/line/failures/{id}/retry', { params })).rejects.toThrow(
    'no such failure',
  )
})
