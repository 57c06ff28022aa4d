import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EngineLog } from './engine-log.ts'
import { keepRunning } from './keep-running.driver.ts'
import { keepBounded } from './log-file.driver.ts'
import { commandOf, end, markOf, until } from './process.driver.ts'

const childFile = fileURLToPath(new URL('./clickhouse-child.driver.ts', import.meta.url))
const startMs = 60_000
const stopMs = 10_000
const mebibyte = 1024 * 1024

export type ClickhouseOptions = {
  readonly folder: string
  readonly log: EngineLog
}

export type Clickhouse = Awaited<ReturnType<typeof startClickhouse>>

/**
 * Starts the child that owns the ClickHouse folder and keeps it running on the same port under the same token, so that clients
 * go on as if a server had been restarted.
 */
export async function startClickhouse(options: ClickhouseOptions) {
  const files = prepareFiles(options.folder)
  await stopOrphan(files)
  const token = randomBytes(24).toString('base64url')
  const first = await launch(files, token, 0)
  const { port, version } = first
  const logBound = keepBounded(files.log)
  const kept = keepRunning(first, {
    name: 'ClickHouse',
    log: options.log,
    again: () => launch(files, token, port),
  })

  return {
    version,
    url: `http://danggol-embedded:${token}@127.0.0.1:${port}`,
    pid: () => kept.current().child.pid,
    async stop(): Promise<void> {
      logBound.stop()
      const { child } = await kept.letGo()
      if (child.exitCode !== null || child.signalCode !== null) return
      if (child.connected) child.send('stop')
      const mark = child.pid === undefined ? undefined : markOf(child.pid)
      const ended = await until(() => child.exitCode !== null || child.signalCode !== null, stopMs)
      if (!ended && mark) await end(mark, [{ signal: 'SIGKILL', waitMs: 5_000 }])
    },
  }
}

type Files = {
  readonly data: string
  readonly configuration: string
  readonly pid: string
  readonly log: string
}

function prepareFiles(folder: string): Files {
  const files = {
    data: join(folder, 'clickhouse'),
    configuration: join(folder, 'clickhouse.xml'),
    pid: join(folder, 'clickhouse.pid'),
    log: join(folder, 'clickhouse.log'),
  }
  mkdirSync(files.data, { recursive: true, mode: 0o700 })
  writeFileSync(files.configuration, configuration(totalmem()))
  return files
}

/** A quarter of the machine, between 1 and 4 GiB, for all queries; caches that a small shop's history fits; no system logs. */
function configuration(machineBytes: number): string {
  const memory = Math.min(
    4_096 * mebibyte,
    Math.max(1_024 * mebibyte, Math.floor(machineBytes / 4)),
  )
  const query = Math.floor(memory * 0.7)
  return `<clickhouse>
  <max_server_memory_usage>${memory}</max_server_memory_usage>
  <mark_cache_size>${64 * mebibyte}</mark_cache_size>
  <index_mark_cache_size>${16 * mebibyte}</index_mark_cache_size>
  <primary_index_cache_size>${64 * mebibyte}</primary_index_cache_size>
  <uncompressed_cache_size>${32 * mebibyte}</uncompressed_cache_size>
  <query_condition_cache_size>${16 * mebibyte}</query_condition_cache_size>
  <compiled_expression_cache_size>${32 * mebibyte}</compiled_expression_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>8</background_schedule_pool_size>
  <background_common_pool_size>2</background_common_pool_size>
  <max_thread_pool_size>400</max_thread_pool_size>
  <profiles><default>
    <max_memory_usage>${query}</max_memory_usage>
    <max_bytes_before_external_group_by>${Math.floor(query / 2)}</max_bytes_before_external_group_by>
    <max_bytes_before_external_sort>${Math.floor(query / 2)}</max_bytes_before_external_sort>
    <max_execution_time>10</max_execution_time>
    <max_threads>2</max_threads>
  </default></profiles>
</clickhouse>
`
}

/** A child ends with its parent; one that is still on its way out holds the folder, so it is waited for. */
async function stopOrphan(files: Files): Promise<void> {
  if (!existsSync(files.pid)) return
  const pid = Number(readFileSync(files.pid, 'utf8'))
  const mark = Number.isInteger(pid) && pid > 0 ? markOf(pid) : undefined
  if (!mark || !commandOf(mark.pid)?.includes(childFile)) return
  await end(mark, [
    { signal: 'SIGTERM', waitMs: stopMs },
    { signal: 'SIGKILL', waitMs: 5_000 },
  ])
}

type Running = { readonly child: ChildProcess; readonly port: number; readonly version: string }

async function launch(files: Files, token: string, port: number): Promise<Running> {
  const log = openSync(files.log, 'a', 0o600)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', childFile], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: {
      ...process.env,
      // A thread for each session, and some for files and names.
      UV_THREADPOOL_SIZE: '12',
      DANGGOL_CLICKHOUSE_PATH: files.data,
      DANGGOL_CLICKHOUSE_CONFIG: files.configuration,
      DANGGOL_CLICKHOUSE_TOKEN: token,
      DANGGOL_CLICKHOUSE_PORT: String(port),
    },
  })
  closeSync(log)
  if (child.pid !== undefined) writeFileSync(files.pid, String(child.pid))
  let problem: string | undefined
  let ready: { readonly port: number; readonly version: string } | undefined
  child.once('error', (error) => {
    problem = error.message
  })
  child.once('exit', (code, signal) => {
    problem ??= `it ended with ${signal ?? `code ${code}`}`
  })
  child.on('message', (message) => {
    const said = message as { kind: string; port: number; version: string; message: string }
    if (said.kind === 'ready') ready = said
    else problem = said.message
  })
  await until(() => problem !== undefined || ready !== undefined, startMs)
  if (ready && problem === undefined) return { child, ...ready }
  child.kill('SIGKILL')
  const said = readFileSync(files.log, 'utf8').trim().split('\n').slice(-5).join('\n')
  throw new Error(`ClickHouse did not start: ${problem ?? 'it was not ready in a minute'}. ${said}`)
}
