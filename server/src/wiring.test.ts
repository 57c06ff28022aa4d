import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { readCarriedKeys } from './connect/out/carried-keys.store.ts'
import { shopTables } from './connect/out/shop-copy.store.ts'
import { tablesOfShop } from './connect/out/shop-tables.ts'
import { contactKey } from './customers/contact.ts'
import { openLog } from './http/log.ts'
import { openapi } from './http/openapi.ts'
import type { ShopId } from './lib/brand.ts'
import type { JsonObject } from './lib/json.ts'
import { tablesNamingCustomers } from './privacy/records.store.ts'
import { tablesOfPeople } from './privacy/records.ts'
import { meaningOf, theRest } from './testing/moved-shop.store.ts'
import { openTestWorld, type TestWorld } from './testing/world.store.ts'
import { vault } from './vault/vault.service.ts'
import type { Actor } from './web/route.ts'
import { type House, wire } from './wiring.ts'

// The whole house over real engines, because what is kept of a person is kept by every room.
let world: TestWorld
let house: House
let folder: string
let shop: ShopId
let key: string

beforeAll(async () => {
  world = await openTestWorld({ max: 20 })
  folder = await mkdtemp(join(tmpdir(), 'danggol-privacy-'))
  house = wire({
    config: readConfig({ DANGGOL_DATA: folder }),
    db: world.db,
    databaseUrl: world.databaseUrl,
    warehouse: world.warehouse,
    secret: new Uint8Array(32).fill(7),
    clock: world.clock,
    log: openLog('silent'),
  })
  shop = await house.shops.create('온샵', false)
  key = (await house.keys.create(shop, 'server', 'write')).key
  await house.start()
})
afterAll(async () => {
  await house?.stop()
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

const marketer = (): Actor => ({ shop, name: 'member:1', role: 'marketer' })

async function call(method: 'get' | 'post', path: string, given: object = {}): Promise<JsonObject> {
  const route = house.routes.find((one) => one.method === method && one.path === path)
  const answer = await route?.handle({
    actor: marketer(),
    params: {},
    query: {},
    body: undefined,
    request: new Request('http://localhost/'),
    signal: new AbortController().signal,
    ...given,
  })
  return (answer instanceof Response ? await answer.json() : answer) as JsonObject
}

/** The life of a shopper with an address, a telephone, a word in a search box and an order. */
async function shopperLives(user = 'kim-7', who = 'kim', order_id = 'o-77'): Promise<number> {
  await told(user, who, order_id)
  await settled()
  const [row] = await world.db<{ customer: number }[]>`
    select customer from identities where shop = ${shop} and kind = 'user' and value = ${user}`
  return row?.customer ?? 0
}

async function told(user: string, who: string, order_id: string): Promise<void> {
  const at = new Date(world.clock.now()).toISOString()
  const ids = { userId: user, timestamp: at }
  const traits = { name: '김하늘', email: `${who}@secret.example`, phone: '010-9876-5432' }
  const agreed = { channel: 'email', kind: 'grant', scope: 'ad_day', source: 'signup_form' }
  const line = { product_id: 'p1', name: '흰 접시', price: 12_000, quantity: 1 }
  const order = { order_id, total: 12_000, currency: 'KRW', products: [line] }
  const items = [
    { type: 'identify', traits: { ...traits, memo: 'secret-memo' } },
    { type: 'track', event: 'Consent Changed', properties: agreed },
    { type: 'track', event: 'Products Searched', properties: { query: 'secret-word' } },
    { type: 'track', event: 'Product Added', properties: line },
    { type: 'track', event: 'Order Completed', properties: order },
  ]
  const answer = await house.ingest.request('/v1/batch', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      batch: items.map((one, index) => ({ ...ids, messageId: `${user}.${index}`, ...one })),
    }),
  })
  expect(answer.status).toBe(200)
}

const settled = () =>
  expect
    .poll(
      async () => {
        const { head, written } = await house.position(shop)
        return head > 0 && written >= head
      },
      { timeout: 20_000 },
    )
    .toBe(true)

test('every table that names a customer says whether it is given out', async () => {
  expect(await tablesNamingCustomers(world.db)).toEqual(Object.keys(tablesOfPeople).sort())
})

test('a person gets everything that is kept of them, and is then gone from everywhere', async () => {
  const customer = await shopperLives()
  const params = { id: customer }
  const file = await call('get', '/api/customers/{id}/export', { params })
  expect(file).toMatchObject({
    customer: {
      name: '김하늘',
      addresses: expect.arrayContaining([
        { channel: 'email', address: 'kim@secret.example' },
        { channel: 'phone', address: '+821098765432' },
      ]),
    },
    consents: [{ channel: 'email', ad_day: true }],
    orders: [{ id: 'o-77' }],
  })
  const whole = JSON.stringify(file)
  for (const word of ['secret-memo', 'secret-word', '흰 접시', 'Order Completed'])
    expect([word, whole.includes(word)]).toEqual([word, true])
  // Sealed values and hashes are the shop's keys to the person, not the person's data.
  expect(whole).not.toMatch(/"sealed"|_hash"/)

  const erasing = call('post', '/api/customers/{id}/erase', { params })
  await erasing
  await settled()
  await expect(call('get', '/api/customers/{id}/export', { params })).rejects.toThrow('no customer')
  expect(await tablesHolding('secret|김하늘|kim-7|9876')).toEqual([])
  const audits = await world.db<{ act: string }[]>`
    select act from audit_log where shop = ${shop} order by id`
  expect(audits.map(({ act }) => act)).toEqual(['customer.exported', 'customer.erased'])
  expect(await call('get', '/api/customers/{id}/erasure', { params })).toMatchObject({
    customer,
    by: 'member:1',
    orders: 1,
  })
})

test('every table of a shop says whether it leaves with it', async () => {
  const tables = await shopTables(world.db)
  expect(tables.map(({ name }) => name).sort()).toEqual(Object.keys(tablesOfShop).sort())
})

test('the guide says why of every table that does not leave whole', () => {
  const guide = readFileSync(new URL('../../docs/guide/files.md', import.meta.url), 'utf8')
  const cut = Object.entries(tablesOfShop).flatMap(([name, leaving]) =>
    leaving.kind === 'stays' || leaving.only || leaving.instead ? [name] : [],
  )
  expect(cut.length).toBeGreaterThan(20)
  expect(cut.filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
})

test('everything a shop owns lives on, row by row, in a fresh installation with another secret', async () => {
  const { clock } = world
  await shopperLives('lee-8', 'lee', 'o-88')
  await call('post', '/api/lists', { body: { name: '단골 명단' } })
  await house.stop()
  await theRest(world, shop, vault(new Uint8Array(32).fill(7)).seal('lee@secret.example'))
  // Somebody whom the line has not come to yet: their address lies sealed in the log.
  await told('park-9', 'park', 'o-99')

  const exported = join(folder, 'exact')
  // Somebody who came, and what they bought, while the rows were being copied: nothing of it is in the database's snapshot.
  const later = { shop, version: 9_999, created_at: '2026-03-01 00:00:00.000' }
  await world.warehouse.insert('customers', [
    { ...later, customer: 777, member: true, erased: false },
  ])
  await world.warehouse.insert('order_versions', [{ ...later, order_id: 'o-later', customer: 777 }])
  await house.shopCopy.write(shop, exported)
  const written = await readFile(join(exported, 'manifest.json'), 'utf8')
  expect(written).not.toContain('sealed-password')
  const fresh = await openTestWorld({ max: 10 })
  const secret = new Uint8Array(32).fill(9)
  const config = readConfig({ DANGGOL_DATA: join(folder, 'fresh') })
  const { warehouse, databaseUrl } = fresh
  const needs = {
    config,
    db: fresh.db,
    databaseUrl,
    warehouse,
    secret,
    clock,
    log: openLog('silent'),
  }
  const empty = wire(needs)
  const there = await empty.shops.create('내 상점', false)
  await empty.shopCopy.read(there, exported)
  await expect(empty.shopCopy.read(there, exported)).rejects.toThrow('not empty')
  await empty.stop()

  expect(await meaningOf(fresh, there)).toEqual(await meaningOf(world, shop, 777))
  const carried = await readCarriedKeys(fresh.db)
  const opened = vault(secret)
  const next = wire({
    ...needs,
    carriedKeys: new Map(carried.map((one) => [one.purpose, opened.open(one.sealed)])),
  })
  const [campaign] = await fresh.db`select state from campaigns where shop = ${there}`
  const waiting = await fresh.db`select 1 from outbox where shop = ${there} and state = 'queued'`
  expect([campaign?.state, waiting.length]).toEqual(['paused', 0])
  const settings = (await next.shops.shop(there)).settings
  expect([settings.smtp, settings.firstSend]).toEqual([
    { host: 'smtp.example', sealedPassword: '' },
    undefined,
  ])
  // The same address is the same person, and an opt-out of somebody forgotten is still known by it.
  const [lee] = await fresh.db<{ hash: string; sealed: string }[]>`
    select encode(value_hash, 'hex') as hash, sealed from contacts where shop = ${there} and channel = 'email'`
  expect(opened.open(lee?.sealed ?? '')).toBe('lee@secret.example')
  const asHere = vault(
    secret,
    new Map(carried.map((one) => [one.purpose, opened.open(one.sealed)])),
  )
  const { hash } = contactKey(asHere, 'email', 'lee@secret.example')
  expect(Buffer.from(hash, 'base64url').toString('hex')).toBe(lee?.hash)
  // New things get numbers behind those that came along, also after a backup of this.
  const [last] = await fresh.db`
    select count(*) filter (where last_value is null) as unset from pg_sequences where schemaname = 'public'`
  expect(last?.unset).toBe(0)
  await next.start()
  await expect
    .poll(async () => (await fresh.db`select 1 from identities where value = 'park-9'`).length, {
      timeout: 20_000,
    })
    .toBe(1)
  await next.stop()
  const addresses = await fresh.db<{ sealed: string }[]>`
    select sealed from contacts where shop = ${there} and channel = 'email'`
  expect(addresses.map(({ sealed }) => opened.open(sealed)).sort()).toEqual([
    'lee@secret.example',
    'park@secret.example',
  ])
  await fresh.close()
})

/** Tables in which anything matches, in both databases. */
async function tablesHolding(pattern: string): Promise<readonly string[]> {
  const { db, warehouse } = world
  const tables = await db<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`
  const holding: string[] = []
  for (const { name } of tables) {
    const [found] = await db`select 1 from ${db(name)} t where t::text ~ ${pattern} limit 1`
    if (found) holding.push(name)
  }
  const past = await warehouse.query<{ name: string }>(
    `select name from system.tables where database = currentDatabase() and engine like '%MergeTree%'`,
  )
  for (const { name } of past) {
    const rows = await warehouse.query<{ found: number }>(
      `select count() as found from ${name} where match(toString(tuple(*)), {pattern:String})`,
      { pattern },
    )
    if ((rows[0]?.found ?? 0) > 0) holding.push(`past.${name}`)
  }
  return holding
}

test('every reference in the description of the API leads to a part of it, and no two routes share a name', () => {
  const document = openapi(house.routes, 'https://crm.example')
  const references = new Set(JSON.stringify(document).match(/(?<="\$ref":")[^"]+/g))
  expect(references.size).toBeGreaterThan(3)
  const at = (path: string) =>
    path
      .split('/')
      .slice(1)
      .reduce<unknown>((part, name) => (part as JsonObject | undefined)?.[name], document)
  expect([...references].filter((one) => !one.startsWith('#/') || at(one) === undefined)).toEqual(
    [],
  )
  const names = house.routes.map(({ method, path }) => {
    const methods = (document.paths as Record<string, Record<string, { operationId: string }>>)[
      path
    ]
    return methods?.[method]?.operationId
  })
  expect(new Set(names).size).toBe(house.routes.length)
})
