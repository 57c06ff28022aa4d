import { execFileSync, fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connectDatabase, type Database } from '../../server/src/database/connection.store.ts'
import { runningEngines } from '../../server/src/engines/engines.service.ts'
import { requestsPerSecond } from './load.ts'
import { type Line, type Measured, rounded } from './measured.ts'
import { startServer, temporaryFolder } from './server-process.ts'

const root = join(import.meta.dirname, '../..')
const port = 4806
const seconds = 5
const rounds = 3
const jobs = 20_000
const claimed = 500

/** What decision record 2 rests on: the framework, the runtime and the queue beside what they were chosen over. */
export const choices: Line = {
  name: 'choices',
  sentence: 'web framework, TypeScript without a build, work claimed in one transaction',
  run: async () => [await framework(), runtime(), await queue()],
}

async function framework(): Promise<Measured> {
  const bare: number[] = []
  const hono: number[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(await emptyRoute('bare'))
    hono.push(await emptyRoute('hono'))
  }
  return beside('empty route, Hono', {
    value: median(hono),
    floor: median(bare),
    unit: 'requests/s',
  })
}

async function emptyRoute(kind: 'bare' | 'hono'): Promise<number> {
  const child = fork(new URL(import.meta.resolve('./choices-child.ts')), [kind, `${port}`])
  const url = `http://127.0.0.1:${port}/`
  try {
    while (!(await fetch(url).catch(() => undefined))?.ok) await wait(20)
    await requestsPerSecond({ url, seconds: 1 })
    return (await requestsPerSecond({ url, seconds })).perSecond
  } finally {
    const ended = new Promise((done) => child.once('exit', done))
    child.kill()
    await ended
  }
}

/** Loading the whole server as TypeScript, and as the one JavaScript file that a bundler makes of it. */
function runtime(): Measured {
  const folder = temporaryFolder()
  const bundle = join(folder, 'wiring.mjs')
  const entry = join(root, 'server/src/wiring.ts')
  execFileSync(
    join(root, 'node_modules/.bin/esbuild'),
    [
      entry,
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--packages=external',
      `--outfile=${bundle}`,
    ],
    { cwd: root, stdio: 'pipe' },
  )
  // Packages are found from where the server lies.
  const near = join(root, 'server', 'wiring.bench.mjs')
  execFileSync('cp', [bundle, near])
  const load = (file: string) => {
    const from = performance.now()
    execFileSync(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '-e',
        `import(${JSON.stringify(file)}).then(() => process.exit(0))`,
      ],
      { cwd: root },
    )
    return performance.now() - from
  }
  try {
    const [stripped, bundled]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      stripped.push(load(entry))
      bundled.push(load(near))
    }
    return beside('server loaded as TypeScript', {
      value: median(stripped),
      floor: median(bundled),
      unit: 'ms',
    })
  } finally {
    rmSync(near, { force: true })
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Work claimed and done in one transaction, and in two as a queue beside the data would need. */
async function queue(): Promise<Measured> {
  const server = await startServer({ port })
  try {
    const engines = runningEngines({
      dataFolder: server.dataFolder,
      databaseUrl: undefined,
      clickhouseUrl: undefined,
    })
    if (!engines) throw new Error('the server announces no engines')
    const db = connectDatabase(engines.databaseUrl, { max: 1 })
    await db`create schema bench`
    const one = await jobsPerSecond(db, 'one')
    const two = await jobsPerSecond(db, 'two')
    await db.end()
    return beside('jobs of one, claimed and done in one commit', {
      value: one,
      floor: two,
      unit: 'jobs/s (floor: claimed and finished by a queue of their own, two commits)',
      notes: { inBatchesOf500: rounded(await inBatches(engines.databaseUrl)) },
    })
  } finally {
    await server.stop()
  }
}

async function fill(db: Database): Promise<void> {
  await db`drop table if exists bench.jobs, bench.effects`
  await db`create table bench.jobs (id bigint primary key, state text not null default 'waiting', at bigint not null)`
  await db`create index on bench.jobs (at) where state = 'waiting'`
  await db`create table bench.effects (job bigint primary key)`
  await db`insert into bench.jobs (id, at) select n, n from generate_series(1, ${jobs}::int) as n`
}

async function jobsPerSecond(db: Database, commits: 'one' | 'two'): Promise<number> {
  await fill(db)
  const most = 2_000
  const from = performance.now()
  for (let done = 0; done < most; done++) {
    if (commits === 'one') {
      await db.begin(async (tx) => {
        const [job] = await tx<{ id: number }[]>`
          delete from bench.jobs where id = (
            select id from bench.jobs where state = 'waiting' order by at limit 1 for update skip locked)
          returning id`
        await tx`insert into bench.effects values (${job?.id ?? 0})`
      })
      continue
    }
    const [job] = await db<{ id: number }[]>`
      update bench.jobs set state = 'active' where id = (
        select id from bench.jobs where state = 'waiting' order by at limit 1 for update skip locked)
      returning id`
    const id = job?.id ?? 0
    await db`insert into bench.effects values (${id})`
    await db`delete from bench.jobs where id = ${id}`
  }
  return most / ((performance.now() - from) / 1_000)
}

async function inBatches(url: string): Promise<number> {
  const db = connectDatabase(url, { max: 1 })
  await fill(db)
  const from = performance.now()
  for (let done = 0; done < jobs; done += claimed) {
    await db.begin(async (tx) => {
      const taken = await tx<{ id: number }[]>`
        delete from bench.jobs where id in (
          select id from bench.jobs where state = 'waiting' order by at limit ${claimed} for update skip locked)
        returning id`
      await tx`insert into bench.effects select unnest(${taken.map(({ id }) => id)}::bigint[])`
    })
  }
  const perSecond = jobs / ((performance.now() - from) / 1_000)
  await db.end()
  return perSecond
}

function beside(
  line: string,
  seen: {
    readonly value: number
    readonly floor: number
    readonly unit: string
    readonly notes?: Readonly<Record<string, number>>
  },
): Measured {
  return {
    line,
    value: rounded(seen.value),
    unit: seen.unit,
    floor: rounded(seen.floor),
    ratio: rounded(seen.value / seen.floor),
    goal: 'none: recorded in decision 2',
    met: true,
    notes: seen.notes ?? {},
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
