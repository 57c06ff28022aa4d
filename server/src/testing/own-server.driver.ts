import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connectDatabase, type Database } from '../database/connection.store.ts'
import { runningEngines } from '../engines/engines.service.ts'
import { newTestFolder } from './folder.driver.ts'

const nothingToBring = { name: '사장', sentence: '옮겨 올 목록이 없습니다.' }

type Asked = { readonly key?: string; readonly cookie?: string; readonly body?: unknown }

/** The whole server as a process of its own over a data folder of its own, to be killed and started again; `start`: what follows `danggol start`. */
export async function ownServer(how: { readonly start?: readonly string[] } = {}) {
  const dataFolder = newTestFolder()
  const port = await freePort()
  const program = programOf(how.start)
  let child: ChildProcess | undefined
  let other: ChildProcess | undefined
  const call = callsTo(port)
  const engines = () => enginesOf(dataFolder)

  /** The token of the link that was printed for the first owner. */
  async function invitation(): Promise<string> {
    // The server answers a moment before it has said everything.
    for (;;) {
      const told = /welcome#(\S+)\s/.exec(program.said())?.[1]
      if (told) return told
      await wait(20)
    }
  }

  /** Signs in as the first owner; the cookie. */
  async function owner(): Promise<string> {
    const body = {
      token: await invitation(),
      name: '사장',
      email: 'owner@shop.example',
      password: 'correct horse battery',
    }
    return (await call('POST', '/api/owner', { body })) as string
  }

  return {
    url: `http://127.0.0.1:${port}`,
    dataFolder,
    start: async (more: Settings = {}): Promise<void> => {
      child = await program.launch(port, { DANGGOL_DATA: dataFolder, ...more })
    },
    invitation,
    owner,
    /** What it said so far. */
    said: program.said,
    call,
    /** Ends it as a power failure would, and whoever shares its engines with it. */
    kill: async (): Promise<void> => {
      await Promise.all([end(child, 'SIGKILL'), end(other, 'SIGKILL')])
      other = undefined
    },
    /** A second server with its own folder on the same databases: it works beside the first. */
    join: async (): Promise<void> => {
      const { databaseUrl, warehouseUrl, warehouseDatabase } = engines()
      other = await program.launch(await freePort(), {
        DANGGOL_DATA: join(dataFolder, 'beside'),
        DATABASE_URL: databaseUrl,
        CLICKHOUSE_URL: `${warehouseUrl}/${warehouseDatabase}`,
      })
    },
    /** Kills the second one alone. */
    killOther: async (): Promise<void> => {
      await end(other, 'SIGKILL')
      other = undefined
    },
    /** A shop that may send mail to a server on this machine; the keys of its own servers. */
    openShop: async (mail: Mailing) => openShop(call, await owner(), mail),
    /** Where its engines listen now. */
    engines,
    /** Mails that were under way at a kill are settled when their lease is over; five minutes are not waited for here. */
    expireLeases: () =>
      written(engines(), (db) => db`update outbox set lease_until = 0 where state = 'sending'`),
    /** Lanes whose server died rest until its lease is over; fifteen seconds are not waited for here. Who lives loses them too. */
    freeLanes: () => written(engines(), (db) => db`update lanes set until = 0`),
    /** Waits until the line has nothing left to do and no message is in one of these states (`queued|sending`); history may be behind. */
    settled: (states: string) => settled(port, states),
    close: async (): Promise<void> => {
      await end(other, 'SIGKILL')
      await end(child, 'SIGTERM')
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
export type OwnServer = Awaited<ReturnType<typeof ownServer>>

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const { port: free } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return free
}

type Settings = Readonly<Record<string, string>>

/** The program under one secret; what all of its processes say is kept together. */
function programOf(start: readonly string[] | undefined) {
  const secret = randomBytes(32).toString('hex')
  const [file = '', ...args] = start ? ['../cli/danggol.ts', 'start', ...start] : ['../main.ts']
  const program = [join(import.meta.dirname, file), ...args]
  let output = ''
  return {
    said: () => output,
    /** Started, and ready at this port. */
    launch: async (at: number, more: Settings): Promise<ChildProcess> => {
      const flags = ['--disable-warning=ExperimentalWarning', ...program]
      const own = { DANGGOL_SECRET: secret, LOG_LEVEL: 'error', MAIL_HOSTS: '127.0.0.1' }
      const started = spawn(process.execPath, flags, {
        env: { ...process.env, ...own, PORT: `${at}`, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      for (const stream of [started.stdout, started.stderr])
        stream?.on('data', (chunk: Buffer) => {
          output += chunk.toString()
        })
      for (;;) {
        if (started.exitCode !== null)
          throw new Error(`the server did not start again:\n${output.slice(-2_000)}`)
        const ready = await fetch(`http://127.0.0.1:${at}/readyz`).catch(() => undefined)
        if (ready?.ok) return started
        await wait(20)
      }
    },
  }
}

type Call = ReturnType<typeof callsTo>

/** Calls of its API: the cookie where one is set, else the answer. */
function callsTo(port: number) {
  return async (method: string, path: string, asked: Asked = {}): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-danggol-csrf': '1',
        ...(asked.key ? { authorization: `Bearer ${asked.key}` } : {}),
        ...(asked.cookie ? { cookie: asked.cookie } : {}),
      },
      ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0]
    if (cookie) return cookie
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
}

async function end(ending: ChildProcess | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
  const ended = new Promise((done) => ending.once('exit', done))
  ending.kill(signal)
  await ended
}

function enginesOf(dataFolder: string) {
  const found = runningEngines({ dataFolder, databaseUrl: undefined, clickhouseUrl: undefined })
  if (!found) throw new Error('the engines are not announced')
  return found
}

async function written(
  { databaseUrl }: { readonly databaseUrl: string },
  write: (db: Database) => PromiseLike<unknown>,
): Promise<void> {
  const db = connectDatabase(databaseUrl, { max: 1 })
  await write(db)
  await db.end()
}

type Mailing = { readonly port: number; readonly connections: number }

async function openShop(call: Call, cookie: string, mail: Mailing) {
  const keyOf = async (scope: string) => {
    const made = await call('POST', '/api/keys', { cookie, body: { name: scope, scope } })
    return (made as { key: string }).key
  }
  const [admin, write] = [await keyOf('admin'), await keyOf('write')]
  const sender = {
    legalName: '온유',
    fromEmail: 'shop@shop.example',
    contactEmail: 'help@shop.example',
    phone: '02-123-4567',
    address: '서울',
  }
  const body = { sender, url: 'https://shop.example' }
  await call('PATCH', '/api/shop', { key: admin, body })
  await call('PUT', '/api/shop/smtp', {
    key: admin,
    body: { host: '127.0.0.1', secure: false, user: '', ...mail },
  })
  for (const task of ['optOut080', 'oldTool', 'consents'])
    await call('POST', `/api/consents/first-send/${task}`, { key: admin, body: nothingToBring })
  // The shop's own system tells people the result of their consent: mails here are campaigns' alone.
  const silent = { resultNotices: false, reconfirms: false }
  await call('PUT', '/api/consents/settings', { key: admin, body: silent })
  return { admin, write }
}

async function settled(port: number, states: string): Promise<void> {
  const waiting = new RegExp(
    `danggol_outbox_messages\\{[^}]*state="(?:${states})"[^}]*\\} (\\d+)`,
    'g',
  )
  for (let quiet = 0; quiet < 5; ) {
    await wait(400)
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    const behind = [
      ...text.matchAll(/danggol_lane_behind_positions\{[^}]*lane="line"[^}]*\} (\d+)/g),
    ]
    const counts = [...behind, ...text.matchAll(waiting)].map((found) => Number(found[1]))
    quiet = behind.length > 0 && counts.every((count) => count === 0) ? quiet + 1 : 0
  }
}
