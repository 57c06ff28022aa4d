import { type ChildProcess, execFile, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Account, databaseAccount } from './account.driver.ts'
import type { EngineLog } from './engine-log.ts'
import { keepRunning } from './keep-running.driver.ts'
import { keepBounded } from './log-file.driver.ts'
import { own, type PostgresFiles, preparePostgresFiles } from './postgres-files.driver.ts'
import { commandOf, end, markOf, until } from './process.driver.ts'

const run = promisify(execFile)
const startMs = 60_000
const leftoverMs = 20_000
const leftoverLookMs = 100

/**
 * Bounds of one small machine. Statements are never logged: they carry people. Errors are the caller's to log, so the server's
 * own log stays a few lines a day.
 */
const bounds: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '1GB',
  temp_file_limit: '8GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '80MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '10min',
  random_page_cost: '1.1',
  jit: 'off',
  // A table that fills faster than its statistics come is read whole by every statement; a look every ten seconds costs nothing.
  autovacuum_naptime: '10s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  idle_in_transaction_session_timeout: '5min',
}

export type PostgresOptions = {
  readonly folder: string
  readonly log: EngineLog
  /** More settings, for tests: `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

export type Postgres = Awaited<ReturnType<typeof startPostgres>>

/**
 * Starts the embedded PostgreSQL on a unix socket (no port, so none can be taken) and keeps it running: a server that dies is
 * started again. `serverUrl(name)` is the URL of one of its databases.
 */
export async function startPostgres(options: PostgresOptions) {
  const account = databaseAccount()
  mkdirSync(options.folder, { recursive: true })
  const files = preparePostgresFiles(options.folder, account)
  refuseForeign(files.data)
  const isNew = !existsSync(join(files.data, 'PG_VERSION'))
  if (isNew) await initialise(files, account)
  own(files.data, account)
  refuseOtherMajor(files)
  await stopOrphan(files)

  const kept = keepRunning(
    { child: await launch(files, account, options) },
    {
      name: 'PostgreSQL',
      log: options.log,
      again: async () => {
        await stopOrphan(files)
        return { child: await launch(files, account, options) }
      },
    },
  )
  const logBound = keepBounded(files.log)

  return {
    isNew,
    version: files.version,
    pid: () => kept.current().child.pid,
    serverUrl: (database: string) =>
      `postgres://danggol:${files.password}@${encodeURIComponent(files.sockets)}/${database}`,
    async stop(): Promise<void> {
      logBound.stop()
      const { child } = await kept.letGo()
      const mark = child.pid === undefined ? undefined : markOf(child.pid)
      if (mark && child.exitCode === null) {
        // SIGINT is PostgreSQL's fast stop: open transactions are rolled back, a checkpoint is written.
        await end(mark, [
          { signal: 'SIGINT', waitMs: 30_000 },
          { signal: 'SIGQUIT', waitMs: 5_000 },
          { signal: 'SIGKILL', waitMs: 5_000 },
        ])
      }
      rmSync(files.sockets, { recursive: true, force: true })
    },
  }
}

async function initialise(files: PostgresFiles, account: Account | undefined): Promise<void> {
  // An initdb that was cut off leaves a folder without PG_VERSION; nothing of value can be in it.
  rmSync(files.data, { recursive: true, force: true })
  mkdirSync(files.data, { recursive: true, mode: 0o700 })
  own(files.data, account)
  const passwordFile = join(files.sockets, 'password')
  writeFileSync(passwordFile, files.password, { mode: 0o600 })
  own(passwordFile, account)
  const initdb = (ctype: string) =>
    run(
      join(files.binaries, 'initdb'),
      [
        '-D',
        files.data,
        '-U',
        'danggol',
        '--pwfile',
        passwordFile,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Sorted by code point, the same on every machine; the C library's ctype lets pg_trgm see Hangul as letters.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--lc-collate=C',
        `--lc-ctype=${ctype}`,
        '--lc-messages=C',
        '--lc-monetary=C',
        '--lc-numeric=C',
        '--lc-time=C',
        '--no-instructions',
      ],
      { cwd: '/', ...identity(account) },
    )
  try {
    await initdb('C.UTF-8').catch(() => initdb('C'))
  } catch (error) {
    rmSync(files.data, { recursive: true, force: true })
    throw new Error(
      `PostgreSQL could not lay out its data in ${files.data}: ${tail(String(error))}`,
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function identity(account: Account | undefined) {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid }
}

/** A folder we may not look into must not be taken for an empty one. */
function refuseForeign(data: string): void {
  if (!existsSync(data)) return
  try {
    readdirSync(data)
  } catch {
    throw new Error(
      `${data} belongs to another user (was Danggol started as root before?). Start it as that user again, or give the folder to this one.`,
    )
  }
}

function refuseOtherMajor(files: PostgresFiles): void {
  const written = readFileSync(join(files.data, 'PG_VERSION'), 'utf8').trim()
  const [ours = ''] = files.version.split('.')
  if (written === ours) return
  throw new Error(
    `The data in ${files.data} were written by PostgreSQL ${written}; this Danggol brings ${ours}. ` +
      'Start the Danggol they were written with, run `danggol backup`, and restore into an empty data folder.',
  )
}

/** What an earlier run left: a server whose parent was killed is stopped properly; a note without its server is disarmed. */
async function stopOrphan(files: PostgresFiles): Promise<void> {
  const note = join(files.data, 'postmaster.pid')
  if (!existsSync(note)) return
  const pid = Number(readFileSync(note, 'utf8').split('\n')[0])
  const mark = Number.isInteger(pid) && pid > 0 ? markOf(pid) : undefined
  if (mark && commandOf(mark.pid)?.includes(files.data)) {
    await end(mark, [
      { signal: 'SIGINT', waitMs: 20_000 },
      { signal: 'SIGQUIT', waitMs: 5_000 },
      { signal: 'SIGKILL', waitMs: 5_000 },
    ])
  }
  if (!existsSync(note)) return
  // PostgreSQL refuses to start while the noted number lives, whoever has it now, unless it is its own parent's: ours. The
  // rest of the note must stay: by it PostgreSQL makes sure that no worker of the dead server still writes.
  const [, ...rest] = readFileSync(note, 'utf8').split('\n')
  writeFileSync(note, [process.pid, ...rest].join('\n'))
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) {
    rmSync(join(files.sockets, name), { force: true })
  }
}

/** Workers of a server that was killed take a moment to notice; until then PostgreSQL does not start. */
async function launch(
  files: PostgresFiles,
  account: Account | undefined,
  options: PostgresOptions,
): Promise<ChildProcess> {
  const deadline = performance.now() + leftoverMs
  for (;;) {
    try {
      return await launchOnce(files, account, options)
    } catch (error) {
      const isLeftover = error instanceof Error && error.message.includes('shared memory block')
      if (!isLeftover || performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, leftoverLookMs))
    }
  }
}

async function launchOnce(
  files: PostgresFiles,
  account: Account | undefined,
  options: PostgresOptions,
): Promise<ChildProcess> {
  const settings = { ...bounds, unix_socket_directories: files.sockets, ...options.settings }
  const log = openSync(files.log, 'a', 0o600)
  const child = spawn(
    join(files.binaries, 'postgres'),
    [
      '-D',
      files.data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // Its own group: Ctrl-C must not reach it before the application has let go of it.
    { cwd: '/', detached: true, stdio: ['ignore', log, log], ...identity(account) },
  )
  closeSync(log)
  let problem: string | undefined
  child.once('error', (error) => {
    problem = error.message
  })
  child.once('exit', (code) => {
    problem ??= `it ended with code ${code}`
  })
  const isReady = await until(() => problem !== undefined || saysReady(files, child.pid), startMs)
  if (isReady && problem === undefined) return child
  child.kill('SIGQUIT')
  throw new Error(
    `PostgreSQL did not start: ${problem ?? 'it was not ready in a minute'}. ${tail(readFileSync(files.log, 'utf8'))}`,
  )
}

/** The eighth line of postmaster.pid tells when connections are taken. */
function saysReady(files: PostgresFiles, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(files.data, 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

function tail(text: string): string {
  return text.trim().split('\n').slice(-5).join('\n')
}
