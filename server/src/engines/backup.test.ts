import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../database/connection.store.ts'
import { databaseCopy } from '../database/copy.store.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { warehouseCopy } from '../warehouse/copy.store.ts'
import { survivorSql } from '../warehouse/survivor.ts'
import { backup, checkBackup, restore } from './backup.service.ts'

const worlds: TestWorld[] = []
const folder = mkdtempSync(join(tmpdir(), 'danggol-backup-'))
const naughty = ['it\'s "quoted" \\ \t\n\r\v', '\\N', '단골 🏪', '', "{a='b',c}", '\\.']
const historyTo = 40

let full: TestWorld
const openWorld = async () => {
  const world = await openTestWorld()
  worlds.push(world)
  return world
}

beforeAll(async () => {
  full = await openWorld()
  await fillDatabase(full.db)
  await fillWarehouse(full.warehouse)
  writeFileSync(join(folder, 'secret.key'), 'sealed with this')
})
afterAll(async () => {
  await Promise.all(worlds.map((world) => world.close()))
  rmSync(folder, { recursive: true, force: true })
})

const sides = (world: TestWorld) => ({
  database: databaseCopy(world.db),
  warehouse: warehouseCopy(world.warehouse),
})
const backupTo = (name: string) =>
  backup({
    ...sides(full),
    folder: join(folder, name),
    clock: full.clock,
    keep: [join(folder, 'secret.key'), join(folder, 'not-there')],
  })
const newData = () => mkdtempSync(join(folder, 'data-'))

test('a backup restored into an empty installation is equal in both engines', async () => {
  const manifest = await backupTo('whole')
  expect(manifest.positions).toEqual([{ shop: 1, head: 60, line: 50, history: historyTo }])

  const fresh = await openWorld()
  const dataFolder = newData()
  await restore({ ...sides(fresh), folder: join(folder, 'whole'), dataFolder })

  // The one thing that differs says that it is a copy, and that nothing leaves it.
  const [copy] = await fresh.db`
    update shops set restored_at = null, halted_at = null, halted_by = null
    where restored_at = halted_at and halted_by = 'restore' returning id`
  expect(copy).toEqual({ id: 1 })
  expect(await databaseContents(fresh.db)).toEqual(await databaseContents(full.db))
  expect(await warehouseContents(fresh.warehouse)).toEqual(await warehouseContents(full.warehouse))
  expect(readFileSync(join(dataFolder, 'secret.key'), 'utf8')).toBe('sealed with this')
  expect(await mirrors(fresh.warehouse)).toEqual([
    { customer: 2, version: 7, reach: ['v7'] },
    { customer: 3, version: 45, reach: ['v45'] },
    { customer: 4, version: 20, reach: ['v20'] },
    // Its rows up to the line were merged away while the backup ran.
    { customer: 5, version: 50, reach: ['v57'] },
  ])
  const survivors = await fresh.warehouse.query(
    `select ${survivorSql('customer')} as survivor from (select toUInt32(1) as shop, toUInt64(1) as customer)`,
  )
  expect(survivors).toEqual([{ survivor: 2 }])
  // Partitions are laid out as they were, and identities go on after the last one.
  const [day] =
    await fresh.db`select tableoid::regclass::text as place from log where day = 20000 limit 1`
  expect(day?.place).toBe('log_20000')
  const shop = await insertShop(fresh.db)
  expect(shop).toBe(2)
})

test('what waited in a backup is sent by nobody, and a first send is settled once more', async () => {
  const { db } = full
  await db`
    insert into decisions (shop, month, cause_key, customer, channel, purpose, arm, would_send, outcome, reason, at)
    values (1, 202603, 'waits', 2, 'sms', 'advertising', 'treatment', true, 'queued', 'queued', 1)`
  await db`
    insert into outbox (shop, cause_key, customer, decision, decision_month, channel, purpose, state, not_before, created_at)
    select shop, cause_key, customer, id, month, channel, purpose, 'queued', 1, 1 from decisions where cause_key = 'waits'`
  await db`update shops set settings = '{"firstSend":{"consents":"imported"},"text":{}}' where id = 1`
  await db`
    insert into campaign_runs (shop, campaign, version, due_at, state, moved_at) values (1, 1, 1, 1, 'calling', 1)`
  await backupTo('waiting')
  const fresh = await openWorld()
  await restore({ ...sides(fresh), folder: join(folder, 'waiting'), dataFolder: newData() })
  const [row] = await fresh.db`
    select o.state, d.outcome, s.settings from outbox o
    join decisions d on d.shop = o.shop and d.id = o.decision join shops s on s.id = o.shop`
  expect(row).toEqual({ state: 'unconfirmed', outcome: 'unconfirmed', settings: '{"text": {}}' })
  const runs = await fresh.db`select state, reason from campaign_runs`
  expect(runs).toEqual([{ state: 'asking', reason: 'interrupted' }])
  await db`delete from campaign_runs`
  await db`delete from outbox`
  await db`delete from decisions`
  await db`update shops set settings = '{}'`
})

test('history beyond the position of the snapshot is left to the log', async () => {
  const manifest = await backupTo('cut')
  const rows = manifest.files.find((file) => file.name === 'warehouse/events.tsv.zst')?.rows
  expect(rows).toBe(historyTo)
  const [held] = await full.warehouse.query<{ n: number }>('select count() as n from events')
  expect(held?.n).toBe(historyTo + 5)
})

test('a backup taken while events arrive restores to one moment that both engines agree on', async () => {
  const { db, warehouse } = full
  let [at, isOver] = [60, false]
  // As accept, line and history do: head and rows in one transaction, history after them.
  const arriving = (async () => {
    while (!isOver) {
      await db.begin(async (tx) => {
        await tx`
          insert into log (shop, position, day, kind, name, at, received_at, ids, body)
          select 1, n, 20001, 'track', 'load', n, n, '{}', '' from generate_series(${at + 1}::int, ${at + 20}::int) n`
        await tx`update log_heads set head = ${at + 20} where shop = 1`
      })
      at += 20
    }
  })()
  const manifest = await backupTo('busy').finally(() => {
    isOver = true
  })
  await arriving
  const [position] = manifest.positions
  const fresh = await openWorld()
  await restore({ ...sides(fresh), folder: join(folder, 'busy'), dataFolder: newData() })
  const [log] = await fresh.db`
    select count(*) as rows, max(position) as last, (select head from log_heads where shop = 1) as head from log`
  expect(log).toEqual({ rows: position?.head, last: position?.head, head: position?.head })
  expect(at).toBeGreaterThan(60)
  expect(await warehouseContents(fresh.warehouse)).toEqual(await warehouseContents(warehouse))
  await db`delete from log where position > 60`
  await db`update log_heads set head = 60 where shop = 1`
})

test('a damaged file is refused by name and nothing is restored', async () => {
  await backupTo('damaged')
  const path = join(folder, 'damaged/database/customers.tsv.zst')
  const bytes = readFileSync(path)
  bytes[bytes.length - 9] = (bytes.at(-9) ?? 0) ^ 1
  writeFileSync(path, bytes)
  const fresh = await openWorld()
  await expect(
    restore({ ...sides(fresh), folder: join(folder, 'damaged'), dataFolder: newData() }),
  ).rejects.toThrow('database/customers.tsv.zst is not what was written')
  rmSync(path)
  await expect(checkBackup(join(folder, 'damaged'))).rejects.toThrow(
    'database/customers.tsv.zst is missing',
  )
  expect(await sides(fresh).database.firstFull()).toBeUndefined()
  expect(await sides(fresh).warehouse.firstFull()).toBeUndefined()
})

test('an installation that holds anything is left alone', async () => {
  await backupTo('second')
  await expect(
    restore({ ...sides(full), folder: join(folder, 'second'), dataFolder: newData() }),
  ).rejects.toThrow(/^This installation is not empty/)
  await expect(backupTo('second')).rejects.toThrow('is there already')
})

test('a folder that is no backup, or that is not for this user to read, is told apart', async () => {
  const fresh = await openWorld()
  const from = (name: string) =>
    restore({ ...sides(fresh), folder: join(folder, name), dataFolder: newData() })
  await expect(from('nothing')).rejects.toThrow(/nothing is no backup: it has no manifest.json/)
  // Root reads everything: a file that is a folder cannot be read by anybody.
  mkdirSync(join(folder, 'closed/manifest.json'), { recursive: true })
  await expect(from('closed')).rejects.toThrow(
    /manifest.json cannot be read by this user \(EISDIR\)/,
  )
})

test('a backup whose rows do not add up leaves both engines empty', async () => {
  await backupTo('short')
  const path = join(folder, 'short/manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  manifest.database.tables.find((table: { name: string }) => table.name === 'customers').rows = 99
  writeFileSync(path, JSON.stringify(manifest))
  const fresh = await openWorld()
  await expect(
    restore({ ...sides(fresh), folder: join(folder, 'short'), dataFolder: newData() }),
  ).rejects.toThrow('customers has 6 rows after loading; the backup says 99.')
  expect(await sides(fresh).database.firstFull()).toBeUndefined()
  expect(await sides(fresh).warehouse.firstFull()).toBeUndefined()
})

async function fillDatabase(db: Database): Promise<void> {
  const shop = await insertShop(db, { name: naughty[0] ?? '' })
  for (const [index, text] of naughty.entries()) {
    const key = String(index)
    await db`
      insert into customers (shop, assignment_key, name, first_seen_at, created_at, last_seen_at)
      values (${shop}, ${key}, ${text}, 1, 1, ${2 ** 52 + index})`
    await db`
      insert into message_ids (shop, id_hash, received_day)
      values (${shop}, ${Buffer.from([0, 92, 10, index])}, 20000)`
  }
  await db`create table log_20000 partition of log for values from (20000) to (20001)`
  await db`
    insert into log (shop, position, day, kind, name, at, received_at, ids, body)
    select ${shop}, n, 20000 + n / 50, 'track', ${naughty[2] ?? ''}, n, n, '{}', ${naughty[0] ?? ''}
    from generate_series(1, 60) n`
  await db`update log_heads set head = 60 where shop = ${shop}`
  await db`update lanes set position = 50 where shop = ${shop}`
  await db`
    insert into turns (shop, first_position, last_position, processed_at, customers)
    values (${shop}, 1, 50, 1, ${[1, 2, 3]}::bigint[])`
  await db`
    insert into aliases (shop, from_customer, to_customer, position) values (${shop}, 1, 2, 3)`
  await db`
    insert into blocks (shop, first_position, last_position, created_at, written_at)
    values (${shop}, 1, ${historyTo}, 1, 2), (${shop}, ${historyTo + 1}, 50, 1, null)`
}

async function fillWarehouse(warehouse: Warehouse): Promise<void> {
  const at = '2026-03-01T00:00:00.123Z'
  const rows = Array.from({ length: historyTo + 5 }, (_, index) => ({
    shop: 1,
    customer: index % 7,
    position: index + 1,
    at: index % 2 ? at : '2025-12-31T23:59:59.999Z',
    received_at: at,
    processed_at: at,
    kind: 'track',
    name: naughty[index % naughty.length],
    properties: JSON.stringify({ text: naughty }),
    value: index % 3 ? '12.3456' : null,
    products: [{ product_id: naughty[0], name: '', category: '', price: '1.5', quantity: null }],
    texts: Object.fromEntries(naughty.map((text, key) => [`k${key}${text}`, text])),
    numbers: { big: '99999999999999.9999' },
    flags: { yes: true, no: false },
    times: { born: at },
  }))
  await warehouse.insert('events', rows, { token: 'a' })
  // Path-compressed by a merge at 55, after the snapshot: PostgreSQL's own alias is the truth.
  await warehouse.insert('aliases', [{ shop: 1, from_customer: 1, to_customer: 9, position: 55 }])
  const mirror = (customer: number, version: number) => ({
    shop: 1,
    customer,
    version,
    member: true,
    created_at: at,
    reach: [`v${version}`],
  })
  await warehouse.command('system stop merges customers')
  await warehouse.insert('customers', [mirror(2, 7), mirror(3, 45), mirror(4, 20)])
  await warehouse.insert('customers', [mirror(4, 56), mirror(5, 57)])
  await warehouse.insert('customers', [mirror(4, 19), mirror(2, 6)])
}

/** Every table as one hash of its rows, in an order of their own. */
async function databaseContents(db: Database): Promise<readonly unknown[]> {
  const tables = await db<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`
  const contents: unknown[] = []
  for (const { name } of tables.filter((table) => table.name !== 'schema_migrations')) {
    const [row] = await db`
      select count(*) as n, md5(string_agg(t::text, '|' order by t::text)) as digest from ${db(name)} t`
    contents.push({ name, ...row })
  }
  expect(contents.length).toBeGreaterThan(20)
  return contents
}

async function warehouseContents(warehouse: Warehouse): Promise<readonly unknown[]> {
  const contents: unknown[] = []
  contents.push(
    await warehouse.query(
      `select count() as n, toString(groupBitXor(sipHash64(tuple(*)))) as digest from events where position <= ${historyTo}`,
    ),
  )
  return contents
}

const mirrors = (warehouse: Warehouse) =>
  warehouse.query('select customer, version, reach from customers final order by customer')
