import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { connectDatabase } from '../database/connection.store.ts'
import { newTestFolder } from '../testing/folder.driver.ts'
import { connectWarehouse } from '../warehouse/connection.store.ts'
import { examine } from './doctor.driver.ts'
import { runningEngines, warehouseAddress } from './engines.service.ts'
import { commandOf, until } from './process.driver.ts'

// Each test starts engines in processes of their own; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 })

const runner = fileURLToPath(new URL('../testing/run-engines.driver.ts', import.meta.url))
const folders: string[] = []
const processes: Started[] = []

/** Laid out once: the tests that stop cleanly or are killed start on it again. */
const shared = newFolder()

type Line = {
  readonly ready?: boolean
  readonly failed?: string
  readonly message?: string
  readonly databaseUrl: string
  readonly warehouseUrl: string
}
type Started = { readonly child: ChildProcess; readonly lines: Line[] }

afterEach(async () => {
  await Promise.all(processes.splice(0).map((started) => stop(started)))
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function newFolder(name = 'data'): string {
  const folder = newTestFolder()
  folders.push(folder)
  return join(folder, name)
}

function start(folder: string, more: readonly string[] = []): Started {
  const child = spawn(process.execPath, [runner, folder, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: Line[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)))
  const started = { child, lines }
  processes.push(started)
  return started
}

async function ready({ lines }: Started): Promise<Line> {
  await until(() => lines.some((line) => line.ready || line.failed), 60_000)
  const found = lines.find((line) => line.ready || line.failed)
  if (!found) throw new Error('the engines neither started nor failed')
  return found
}

async function stop({ child }: Started): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await until(() => child.exitCode !== null || child.signalCode !== null, 20_000)
}

const kill = async ({ child }: Started) => {
  child.kill('SIGKILL')
  await until(() => child.signalCode !== null, 5_000)
}

const count = async (url: string) => {
  const db = connectDatabase(url, { max: 1 })
  const [row] = await db<{ n: number }[]>`select count(*) as n from kept`
  await db.end()
  return row?.n
}

const write = async (url: string) => {
  const db = connectDatabase(url, { max: 1 })
  await db`create table if not exists kept (id bigint generated always as identity)`
  await db`insert into kept default values`
  await db.end()
}

test('a second start on the same data is refused with the number of the first', async () => {
  const folder = shared
  const first = start(folder)
  await ready(first)
  const second = await ready(start(folder))
  expect(second.failed).toBe(
    `Danggol already runs on ${folder} (process ${first.child.pid}). Stop it first, or set DANGGOL_DATA to another folder.`,
  )
})

test('what was committed survives kill -9 of everything, and the next start is clean', async () => {
  const folder = newFolder()
  const first = start(folder)
  const { databaseUrl } = await ready(first)
  await write(databaseUrl)
  await kill(first)
  // The server of the killed run still lives: it must be stopped, not fought with.
  const orphan = Number(
    readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
  )
  expect(commandOf(orphan)).toContain(folder)
  const second = start(folder)
  const again = await ready(second)
  expect(commandOf(orphan) ?? '').not.toContain(`${folder}/postgres `)
  expect(await count(again.databaseUrl)).toBe(1)
  // Now PostgreSQL itself with its parent, at once: a stale note and a log to replay.
  await write(again.databaseUrl)
  process.kill(
    Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]),
    'SIGKILL',
  )
  await kill(second)
  const third = await ready(start(folder))
  expect(third.failed).toBeUndefined()
  expect(await count(third.databaseUrl)).toBe(2)
})

test('the child that owns the history ends when its parent was killed', async () => {
  const folder = shared
  const first = start(folder)
  await ready(first)
  const child = Number(readFileSync(join(folder, 'clickhouse.pid'), 'utf8'))
  expect(commandOf(child)).toContain('clickhouse-child')
  await kill(first)
  expect(await until(() => !commandOf(child)?.includes('clickhouse-child'), 10_000)).toBe(true)
})

test('an engine that dies is started again, and clients go on with the same address', async () => {
  const folder = shared
  const { databaseUrl, warehouseUrl } = await ready(start(folder))
  await write(databaseUrl)
  const warehouse = connectWarehouse({ url: warehouseUrl, database: 'default' })
  await warehouse.command(
    'create table if not exists kept (id UInt64) engine = MergeTree order by id',
  )
  await warehouse.insert('kept', [{ id: 1 }])
  process.kill(Number(readFileSync(join(folder, 'clickhouse.pid'), 'utf8')), 'SIGKILL')
  process.kill(
    Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]),
    'SIGKILL',
  )
  await expect
    .poll(() => warehouse.query('select id from kept').catch(() => 'down'), { timeout: 60_000 })
    .toEqual([{ id: 1 }])
  await expect.poll(() => count(databaseUrl).catch(() => 'down'), { timeout: 60_000 }).toBe(1)
  await warehouse.close()
})

test('the CLI finds the engines of a running server, and none when it was killed', async () => {
  const folder = shared
  const settings = { dataFolder: folder, databaseUrl: undefined, clickhouseUrl: undefined }
  expect(runningEngines(settings)).toBeUndefined()
  const server = start(folder)
  const { databaseUrl } = await ready(server)
  expect(runningEngines(settings)).toMatchObject({ databaseUrl, warehouseDatabase: 'danggol' })
  await kill(server)
  expect(runningEngines(settings)).toBeUndefined()
})

test('a note of a process whose number was given to another one is no lock', async () => {
  const folder = shared
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'danggol.pid'), JSON.stringify({ pid: process.pid, startedAt: '1' }))
  expect((await ready(start(folder))).ready).toBe(true)
})

test('data of a newer version are refused by name', async () => {
  const folder = newFolder()
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'versions.json'),
    JSON.stringify({ danggol: '0.1.0', clickhouse: '99.1.1' }),
  )
  const { failed } = await ready(start(folder))
  expect(failed).toMatch(
    /^The data in .* were written by clickhouse 99\.1\.1; this installation has 26\./,
  )
})

test('a data folder in a path too long for a socket works', async () => {
  const folder = newFolder(join('x'.repeat(60), 'y'.repeat(60), '단골'))
  const { ready: isReady, failed } = await ready(start(folder))
  expect(failed).toBeUndefined()
  expect(isReady).toBe(true)
})

test('with DATABASE_URL no PostgreSQL is started, and no port is ever fought for', async () => {
  const folder = newFolder()
  const other = start(folder)
  const { databaseUrl } = await ready(other)
  const blocker = createServer().listen(5432, '127.0.0.1')
  blocker.on('error', () => {})
  const given = newFolder()
  const { ready: isReady } = await ready(start(given, [databaseUrl]))
  blocker.close()
  expect(isReady).toBe(true)
  expect(() => readFileSync(join(given, 'postgres/PG_VERSION'))).toThrow()
})

test('the doctor names what is wrong and touches nothing', async () => {
  const folder = newFolder()
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const findings = await examine({
    dataFolder: folder,
    databaseUrl: undefined,
    clickhouseUrl: 'http://localhost:8123',
    host: '127.0.0.1',
    port,
  })
  taken.close()
  const found = new Map(findings.map((one) => [one.name, one]))
  expect(found.get('port')).toMatchObject({ state: 'bad' })
  expect(found.get('port')?.message).toContain(
    `127.0.0.1:${port} cannot be listened on (EADDRINUSE)`,
  )
  expect(found.get('data folder')).toMatchObject({
    state: 'good',
    message: `${folder} will be made`,
  })
  expect(found.get('postgresql')).toMatchObject({ state: 'good' })
  expect(found.get('clickhouse')?.message).toBe('given by CLICKHOUSE_URL')
  expect(existsSync(folder)).toBe(false)
})

test('ClickHouse’s address may name its database, and nothing else', () => {
  expect(warehouseAddress('http://u:p@host:8123/shop_1')).toEqual({
    warehouseUrl: 'http://u:p@host:8123',
    warehouseDatabase: 'shop_1',
  })
  expect(() => warehouseAddress('http://host:8123/a;drop')).toThrow('CLICKHOUSE_URL')
})
