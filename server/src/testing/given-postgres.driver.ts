import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { databaseAccount } from '../engines/account.driver.ts'
import { own } from '../engines/postgres-files.driver.ts'
import { until } from '../engines/process.driver.ts'
import { newTestFolder } from './folder.driver.ts'

const debianFolder = '/usr/lib/postgresql'

/** Folder of the newest PostgreSQL (15 or later) that Debian's packages installed; undefined where there is none. */
export function debianPostgres():
  | { readonly binaries: string; readonly major: number }
  | undefined {
  if (!existsSync(debianFolder)) return undefined
  const [major] = readdirSync(debianFolder)
    .map(Number)
    .filter((number) => number >= 15)
    .sort((a, b) => b - a)
  if (major === undefined) return undefined
  const binaries = join(debianFolder, String(major), 'bin')
  return existsSync(join(binaries, 'postgres')) ? { binaries, major } : undefined
}

/** A throw-away server of the machine's own PostgreSQL on a loopback port, as an administrator would give it by URL. */
export async function startGivenPostgres(binaries: string) {
  const account = databaseAccount()
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid }
  const folder = newTestFolder()
  own(folder, account)
  const data = join(folder, 'data')
  execFileSync(
    join(binaries, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'shopkeeper',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    { cwd: '/', stdio: 'ignore', ...identity },
  )
  let child: ChildProcess | undefined
  let port = 0
  // The port is free when we look; should somebody take it before PostgreSQL does, the next one is tried.
  for (let attempt = 0; attempt < 5; attempt++) {
    port = await freePort()
    child = spawn(
      join(binaries, 'postgres'),
      [
        '-D',
        data,
        '-k',
        folder,
        '-p',
        String(port),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'fsync=off',
      ],
      { cwd: '/', stdio: 'ignore', ...identity },
    )
    const started = child
    if (await until(() => started.exitCode !== null || isReady(data), 20_000)) {
      if (started.exitCode === null) break
    }
  }
  return {
    url: `postgres://shopkeeper@127.0.0.1:${port}/postgres`,
    async stop(): Promise<void> {
      child?.kill('SIGINT')
      await until(() => child?.exitCode !== null || child?.signalCode !== null, 10_000)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function isReady(data: string): boolean {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
