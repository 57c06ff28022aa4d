import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const server = join(import.meta.dirname, '../../server/src')

export type ServerProcess = Awaited<ReturnType<typeof startServer>>

/** A real server in a process of its own with empty data (or the given folder), and keys to it. */
export async function startServer(options: {
  readonly dataFolder?: string
  readonly port: number
}) {
  const dataFolder = options.dataFolder ?? temporaryFolder()
  const environment = {
    ...process.env,
    DANGGOL_DATA: dataFolder,
    PORT: `${options.port}`,
    LOG_LEVEL: 'error',
    MAIL_HOSTS: '127.0.0.1',
  }
  const url = `http://127.0.0.1:${options.port}`
  const from = performance.now()
  const child = spawn(
    process.execPath,
    // As `npm start` does (scripts/setup.mjs).
    ['--max-semi-space-size=64', '--disable-warning=ExperimentalWarning', join(server, 'main.ts')],
    {
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  await ready(child, url)
  const readyMs = performance.now() - from
  const key = (scope: string) =>
    execFileSync(
      process.execPath,
      [join(server, 'cli/danggol.ts'), 'key', 'create', '--scope', scope],
      { env: environment, encoding: 'utf8' },
    ).trim()

  return {
    url,
    dataFolder,
    readyMs,
    pid: child.pid ?? 0,
    key,
    /** Positions the line and history lie behind. */
    behind: () => behind(url),
    /** Waits until the line has processed everything; how long that took. */
    drained: async (timeoutMs: number): Promise<number> => {
      const began = performance.now()
      while (performance.now() - began < timeoutMs) {
        if ((await behind(url)).line === 0) return performance.now() - began
        await wait(50)
      }
      return Number.POSITIVE_INFINITY
    },
    /** Waits until history has everything too and the processors have little to do: merges of what was just written end. */
    rested: async (timeoutMs: number): Promise<void> => {
      const began = performance.now()
      for (let quiet = 0; quiet < restLooks && performance.now() - began < timeoutMs; ) {
        const busy = await busyShare(restLookMs)
        quiet = busy < restBusyShare && (await behind(url)).history === 0 ? quiet + 1 : 0
      }
    },
    stop: async (keep = false): Promise<void> => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
      if (!keep) rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

/** A new data folder. Started by root, PostgreSQL has a user of its own, which must be able to enter. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'danggol-bench-'))
  chmodSync(folder, 0o711)
  return folder
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('the server ended before it was ready')
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await wait(20)
  }
}

async function behind(url: string): Promise<{ readonly line: number; readonly history: number }> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const of = (lane: string) =>
    Number(
      new RegExp(`danggol_lane_behind_positions\\{[^}]*lane="${lane}"[^}]*\\} (\\d+)`).exec(
        text,
      )?.[1] ?? Number.NaN,
    )
  return { line: of('line'), history: of('history') }
}

const restLookMs = 2_000
/** So many in a row: longer than PostgreSQL rests between two looks at what to tidy. */
const restLooks = 6
const restBusyShare = 0.1

/** How much of all processors was at work in the next `ms`, 0 to 1. */
async function busyShare(ms: number): Promise<number> {
  const before = cpus().map(({ times }) => times)
  await wait(ms)
  const spent = cpus().map(({ times }, at) => {
    const idle = times.idle - (before[at]?.idle ?? 0)
    const all = Object.entries(times).reduce(
      (sum, [kind, value]) => sum + value - (before[at]?.[kind as keyof typeof times] ?? 0),
      0,
    )
    return { idle, all }
  })
  const all = spent.reduce((sum, one) => sum + one.all, 0)
  return 1 - spent.reduce((sum, one) => sum + one.idle, 0) / Math.max(1, all)
}

/** What a process and its threads have used of the processors so far, in seconds; its engines apart. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return (Number(user) + Number(system)) / ticksPerSecond
}

/** Of /proc, on every Linux that Node runs on. */
const ticksPerSecond = 100

/** Resident memory of a process and all its descendants, in MB; shared pages of PostgreSQL count once (proportional set size). */
export function memoryOf(pid: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It ended meanwhile.
    }
  }
  const family = [...parents.keys()].filter((one) => descends(one, pid, parents))
  return family.reduce((sum, one) => sum + proportionalMb(one), 0)
}

function descends(pid: number, ancestor: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 0; at = parents.get(at))
    if (at === ancestor) return true
  return false
}

function proportionalMb(pid: number): number {
  try {
    return (
      Number(
        /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0,
      ) / 1024
    )
  } catch {
    return 0
  }
}
