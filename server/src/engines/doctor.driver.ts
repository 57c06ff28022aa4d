import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import packageFile from '../../package.json' with { type: 'json' }
import { databaseAccount } from './account.driver.ts'
import { packagedClickhouseVersion } from './clickhouse-version.driver.ts'
import { refuseNewer, runningOn } from './data-folder.driver.ts'
import type { EngineSettings } from './engines.service.ts'
import { packagedPostgres } from './postgres-files.driver.ts'

/** One thing looked at: `bad` stops Danggol from working, `poor` will hurt soon. */
export type Finding = {
  readonly name: string
  readonly state: 'good' | 'poor' | 'bad'
  readonly message: string
}

const gibibyte = 1024 ** 3
const freePoorBytes = 5 * gibibyte
const freeBadBytes = 1 * gibibyte
const memoryPoorBytes = 2 * gibibyte

/** Looks at what the engines need from the machine, without starting or changing anything. */
export async function examine(
  settings: EngineSettings & { readonly host: string; readonly port: number },
): Promise<readonly Finding[]> {
  const running = runningOn(settings.dataFolder)
  return [
    running
      ? good('server', `runs as process ${running.pid}`)
      : good('server', 'does not run on this data folder'),
    folder(settings.dataFolder),
    space(settings.dataFolder),
    memory(),
    tried('versions', () => {
      refuseNewer(settings.dataFolder, { danggol: packageFile.version })
      return `Danggol ${packageFile.version}, Node ${process.versions.node}`
    }),
    settings.databaseUrl === undefined
      ? tried('postgresql', postgresql)
      : good('postgresql', 'given by DATABASE_URL'),
    settings.clickhouseUrl === undefined
      ? tried('clickhouse', () => `embedded ${packagedClickhouseVersion()}`)
      : good('clickhouse', 'given by CLICKHOUSE_URL'),
    running ? good('port', 'held by the running server') : await port(settings),
  ]
}

const good = (name: string, message: string): Finding => ({ name, state: 'good', message })

function tried(name: string, look: () => string): Finding {
  try {
    return good(name, look())
  } catch (error) {
    return { name, state: 'bad', message: error instanceof Error ? error.message : String(error) }
  }
}

function postgresql(): string {
  const account = databaseAccount()
  return `embedded ${packagedPostgres().version}${account ? `, run as ${account.name}` : ''}`
}

/** The folder, or the nearest one above it that exists: it would be made there. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder))
}

function folder(path: string): Finding {
  const place = existing(path)
  try {
    accessSync(place, constants.R_OK | constants.W_OK | constants.X_OK)
    return good('data folder', place === path ? path : `${path} will be made`)
  } catch {
    const message = `${place} cannot be written by this user. Give it to them, or set DANGGOL_DATA.`
    return { name: 'data folder', state: 'bad', message }
  }
}

function space(path: string): Finding {
  const disk = statfsSync(existing(path))
  const free = disk.bavail * disk.bsize
  const message = `${(free / gibibyte).toFixed(1)} GiB free`
  if (free < freeBadBytes) return { name: 'disk', state: 'bad', message: `${message}: make room` }
  return { name: 'disk', state: free < freePoorBytes ? 'poor' : 'good', message }
}

function memory(): Finding {
  const bytes = totalmem()
  const message = `${(bytes / gibibyte).toFixed(1)} GiB of memory`
  return { name: 'memory', state: bytes < memoryPoorBytes ? 'poor' : 'good', message }
}

async function port(at: { readonly host: string; readonly port: number }): Promise<Finding> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(at.port, at.host, resolve)
    })
    return good('port', `${at.port} is free`)
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error)
    const message = `${at.host}:${at.port} cannot be listened on (${why}). Set PORT to another.`
    return { name: 'port', state: 'bad', message }
  } finally {
    server.close()
  }
}
