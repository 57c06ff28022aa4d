// What an installation takes in memory and on disk (docs/capacity.md, "Measured"): one of its own is started, people come as fast as they are
// taken in batches of 100 (a third of them members; views, searches, carts, one order in 16), and line and history catch up.
// node scripts/sizes.mjs [--people 20000] [--events 200000] [--port 4790]
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20000' },
    events: { type: 'string', default: '200000' },
    port: { type: 'string', default: '4790' },
  },
})
const [people, events, port] = [values.people, values.events, values.port].map(Number)
const server = join(import.meta.dirname, '../server/src')
const folder = mkdtempSync(join(tmpdir(), 'danggol-sizes-'))
// Started by root, PostgreSQL has a user of its own, which must be able to enter.
chmodSync(folder, 0o711)
const flags = ['--max-semi-space-size=64', '--disable-warning=ExperimentalWarning']
const env = {
  ...process.env,
  DANGGOL_DATA: folder,
  PORT: String(port),
  BACKUP_FOLDER: 'off',
  LOG_LEVEL: 'error',
}
const origin = `http://127.0.0.1:${port}`
const child = spawn(process.execPath, [...flags, join(server, 'main.ts')], {
  env,
  stdio: ['ignore', 'ignore', 'inherit'],
})

const read = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
/** Megabytes of all its processes, shared pages parted among them (PSS). */
function memory() {
  const parents = new Map()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    parents.set(pid, /\) \S (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1])
  const isOurs = (pid) =>
    pid === String(child.pid) || (parents.has(pid) && isOurs(parents.get(pid)))
  const ours = [...parents.keys()].filter(isOurs)
  const pss = (pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
  return Math.round(ours.reduce((sum, pid) => sum + pss(pid), 0) / 1024)
}
/** Megabytes of the files of a folder. */
function disk(path) {
  let bytes = 0
  for (const name of readdirSync(path, { recursive: true })) {
    // The engines remove files meanwhile.
    const file = statSync(join(path, name), { throwIfNoEntry: false })
    if (file?.isFile()) bytes += file.blocks * 512
  }
  return Math.round(bytes / 1024 ** 2)
}
const disks = () => ({
  postgres: disk(join(folder, 'postgres')),
  postgresWal: disk(join(folder, 'postgres/pg_wal')),
  clickhouse: disk(join(folder, 'clickhouse')),
})

for (;;) {
  if (child.exitCode !== null) process.exit(1)
  if ((await fetch(`${origin}/readyz`).catch(() => undefined))?.ok) break
  await wait(100)
}
await wait(5_000)
const empty = { memory: memory(), ...disks() }

const { runningEngines } = await import(join(server, 'engines/engines.service.ts'))
const { readConfig } = await import(join(server, 'config.ts'))
const { connectDatabase } = await import(join(server, 'database/connection.store.ts'))
const { connectWarehouse } = await import(join(server, 'warehouse/connection.store.ts'))
const engines = runningEngines(readConfig({ DANGGOL_DATA: folder }))
const db = connectDatabase(engines.databaseUrl, { max: 1 })
const warehouse = connectWarehouse({
  url: engines.warehouseUrl,
  database: engines.warehouseDatabase,
})
const maker = spawn(
  process.execPath,
  [...flags, join(server, 'cli/danggol.ts'), 'key', 'create', '--scope', 'write'],
  { env, stdio: ['ignore', 'pipe', 'inherit'] },
)
let key = ''
for await (const part of maker.stdout) key += part

const names = ['Product Viewed', 'Products Searched', 'Product Viewed', 'Product Added']
function deed(n) {
  const who = n % people
  const product = {
    product_id: `p${n % 500}`,
    name: `상품 ${n % 500}`,
    price: 1_000 + (n % 90) * 500,
  }
  const isOrder = n % 16 === 15
  const order = { order_id: `o${n}`, currency: 'KRW', products: [{ ...product, quantity: 1 }] }
  const event = isOrder ? 'Order Completed' : names[n % 4]
  return {
    type: 'track',
    event,
    anonymousId: `device-${who}`,
    ...(who % 3 === 0 ? { userId: `member-${who}` } : {}),
    messageId: `sizes-${n}`,
    properties: isOrder ? order : event === 'Products Searched' ? { query: '머그컵' } : product,
  }
}
let most = 0
for (let from = 0; from < events; ) {
  const batch = Array.from({ length: Math.min(100, events - from) }, (_, index) =>
    deed(from + index),
  )
  const answer = await fetch(`${origin}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch }),
  })
  // 503: the line is too far behind, come again.
  if (answer.ok) from += batch.length
  else await wait(500)
  if (from % 5_000 === 0) most = Math.max(most, memory())
}
const place = async () =>
  (
    await db`
      select h.head, l.position as line, y.position as history from log_heads h
      join lanes l on l.shop = h.shop and l.name = 'line' join lanes y on y.shop = h.shop and y.name = 'history'`
  )[0]
for (let at = await place(); at.history < at.head; at = await place()) {
  most = Math.max(most, memory())
  await wait(1_000)
}
await wait(30_000)
const after = memory()
const tables = await db`
  select coalesce(p.relname, c.relname) as name, sum(pg_total_relation_size(c.oid))::bigint as bytes,
    bool_or(exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer')) as "isOfPeople"
  from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1 order by 2 desc`
const sum = (kept) =>
  Math.round((tables.filter(kept).reduce((all, { bytes }) => all + bytes, 0) / 1024 ** 2) * 10) / 10
const [history] = await warehouse.query(
  `select round(sumIf(bytes_on_disk, table = 'events') / 1048576, 1) as events, round(sumIf(bytes_on_disk, table = 'customers') / 1048576, 1) as customers
   from system.parts where active and database = {database:String}`,
  { database: engines.warehouseDatabase },
)
const { head } = await place()
const told = {
  load: loadavg()[0].toFixed(1),
  people,
  events,
  positions: head,
  megabytes: {
    empty,
    memoryAtMost: most,
    memoryAfter30s: after,
    ...disks(),
    historyOfEvents: history.events,
    mirrorOfPeople: history.customers,
    log: sum(({ name }) => name === 'log'),
    stateOfPeople: sum(({ name, isOfPeople }) => name === 'customers' || isOfPeople),
    allTables: sum(() => true),
    largest: Object.fromEntries(
      tables.slice(0, 8).map(({ name, bytes }) => [name, Math.round(bytes / 104_857.6) / 10]),
    ),
  },
}
await db.end()
await warehouse.close()
child.kill('SIGTERM')
await new Promise((ended) => child.once('exit', ended))
rmSync(folder, { recursive: true, force: true })
console.log(JSON.stringify(told, null, 2))
process.exit(0)
