// Six processes on one machine (docs/capacity.md, "Several processes"): engines, two APIs and three workers; events go to both APIs, the
// worker that holds the line is killed, later one API. Says what was offered, accepted and done, each position once.
// node scripts/several-processes.mjs [--seconds 30] [--rate 50] [--port 4790]
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '50' },
    port: { type: 'string', default: '4790' },
  },
})
const [seconds, rate, port] = [values.seconds, values.rate, values.port].map(Number)
const server = join(import.meta.dirname, '../server/src')
const folder = mkdtempSync(join(tmpdir(), 'danggol-six-'))
// Started by root, PostgreSQL has a user of its own, which must be able to enter.
chmodSync(folder, 0o711)
const flags = ['--disable-warning=ExperimentalWarning']
/** Whatever hangs, hangs no longer than this. */
const longestMs = 300_000
const common = { ...process.env, DANGGOL_DATA: folder, BACKUP_FOLDER: 'off', LOG_LEVEL: 'error' }
const children = new Map()

function begin(name, role, itsPort) {
  const env = {
    ...common,
    ROLE: role,
    PORT: String(itsPort),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  }
  const child = spawn(process.execPath, [...flags, join(server, 'main.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.set(name, child)
  return child
}

async function ready(itsPort) {
  for (let tries = 0; tries < 1_200; tries++) {
    const answer = await fetch(`http://127.0.0.1:${itsPort}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await wait(100)
  }
  throw new Error(`nothing answers on port ${itsPort}`)
}

async function key(scope) {
  const child = spawn(
    process.execPath,
    [...flags, join(server, 'cli/danggol.ts'), 'key', 'create', '--scope', scope],
    { env: common, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let text = ''
  for await (const part of child.stdout) text += part
  return text.trim()
}

const apis = [port, port + 1]
/** Where the engines are, once they have written it down. */
async function enginesOf() {
  const { runningEngines } = await import(join(server, 'engines/engines.service.ts'))
  const { readConfig } = await import(join(server, 'config.ts'))
  for (;;) {
    const running = runningEngines(readConfig({ DANGGOL_DATA: folder }))
    if (running) return running
    await wait(100)
  }
}

async function database() {
  const { connectDatabase } = await import(join(server, 'database/connection.store.ts'))
  return connectDatabase((await enginesOf()).databaseUrl, { max: 1 })
}

const told = { offered: 0, accepted: 0, again: 0, longestMs: 0 }
async function send(batch, which, writeKey) {
  for (let tries = 0; ; tries++) {
    const at = apis[(which + tries) % 2]
    const began = performance.now()
    const answer = await fetch(`http://127.0.0.1:${at}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${writeKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ batch }),
    }).catch(() => undefined)
    if (answer?.ok) {
      told.longestMs = Math.max(told.longestMs, performance.now() - began)
      const { accepted, duplicates } = await answer.json()
      told.accepted += accepted + duplicates
      return
    }
    told.again++
    await wait(100)
  }
}

setTimeout(() => {
  console.error('It hung.')
  for (const child of children.values()) child.kill('SIGKILL')
  process.exit(1)
}, longestMs).unref()

const load = loadavg()[0].toFixed(1)
const began = performance.now()
begin('engines', 'engines', port + 9)
await enginesOf()
begin('api-1', 'api', port)
begin('api-2', 'api', port + 1)
for (const one of [1, 2, 3]) begin(`worker-${one}`, 'worker', port + 1 + one)
await Promise.all(apis.map(ready))
const readyMs = performance.now() - began
const writeKey = await key('write')
const db = await database()
const batchesAtOnce = 10
const pauseMs = (1_000 * batchesAtOnce) / rate
const events = seconds * rate
const stood = { at: 0, ms: 0, place: -1 }
const sent = []
const killed = []
const place = async () => (await db`select position, owner from lanes where name = 'line'`)[0]
const left = async () =>
  (
    await db`select h.head - l.position as n from log_heads h join lanes l on l.shop = h.shop and l.name = 'line'`
  )[0].n
const start = performance.now()
for (let n = 0; n < events; n += batchesAtOnce) {
  const batch = Array.from({ length: batchesAtOnce }, (_, index) => ({
    type: 'track',
    event: 'Product Viewed',
    anonymousId: `device-${(n + index) % 200}`,
    messageId: `six-${n + index}`,
    properties: { product_id: `p${(n + index) % 50}` },
  }))
  told.offered += batch.length
  sent.push(send(batch, (n / batchesAtOnce) % 2, writeKey))
  const passed = (performance.now() - start) / 1_000
  if (killed.length === 0 && passed > seconds * 0.3) {
    const { owner } = await place()
    // A lease names its holder by process; where it does not, the first worker is taken.
    const held = [...children].find(([, child]) => String(owner).includes(String(child.pid)))
    const [name, child] = held ?? ['worker-1', children.get('worker-1')]
    child.kill('SIGKILL')
    killed.push(name)
  }
  if (killed.length === 1 && passed > seconds * 0.6) {
    children.get('api-2').kill('SIGKILL')
    killed.push('api-2')
  }
  const { position } = await place()
  const now = performance.now()
  if (position !== stood.place) Object.assign(stood, { place: position, at: now })
  stood.ms = Math.max(stood.ms, now - stood.at)
  await wait(Math.max(0, start + (n / batchesAtOnce + 1) * pauseMs - performance.now()))
}
await Promise.all(sent)
const ended = performance.now()
while ((await left()) > 0) await wait(50)
const caughtUpMs = performance.now() - ended
const [log] = await db`
  select count(*) filter (where kind = 'event') as told, count(*) as rows, max(position) as head, count(distinct position) as places from log`
await db.end()
for (const child of children.values()) child.kill('SIGTERM')
await wait(4_000)
rmSync(folder, { recursive: true, force: true })
console.log(
  JSON.stringify(
    {
      load,
      readySeconds: readyMs / 1_000,
      ...told,
      inTheLog: log.told,
      positions: log.rows,
      withoutAGap: log.rows === log.head && log.places === log.rows,
      killed,
      lineStoodStillSeconds: stood.ms / 1_000,
      caughtUpSeconds: caughtUpMs / 1_000,
    },
    null,
    2,
  ),
)
process.exit(log.told === told.offered && log.rows === log.head ? 0 : 1)
