import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { newTestFolder } from '../testing/folder.driver.ts'
import { readJournal } from './upgrade-journal.ts'

const runner = fileURLToPath(new URL('../testing/run-upgrade.driver.ts', import.meta.url))
const folder = newTestFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Found = { readonly pending: number; readonly history: number; readonly contents: string }

/** Runs one act on the data folder, in a process that dies at the step if one is named. */
async function run(act: 'make' | 'up' | 'undo' | 'look', killAt = ''): Promise<Found | undefined> {
  const args = ['--disable-warning=ExperimentalWarning', runner, act, folder, killAt]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, wrong] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    wrong += chunk.toString()
  })
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('close', (...ended) => resolve(ended)),
  )
  if (killAt !== '') expect([signal, wrong]).toEqual(['SIGKILL', ''])
  else expect([code, wrong]).toEqual([0, ''])
  return out === '' ? undefined : (JSON.parse(out) as Found)
}
const step = () => readJournal(folder)?.step

test('an upgrade that is killed at any step is finished, or undone to what was before', async () => {
  const before = await run('make')
  expect(before).toMatchObject({ pending: 1 })

  // Cut off while the backup is written: nothing has changed, and undoing has nothing to do but say so.
  await run('up', 'saving')
  expect(step()).toBe('saving')
  await run('undo')
  expect(step()).toBe('undone')

  // Cut off between backup and migration, and after it: going on finishes it with that very backup.
  await run('up', 'saved')
  expect(step()).toBe('saving')
  await run('up', 'migrated')
  expect(step()).toBe('migrating')
  // What a killed one had begun to write takes no backup's place.
  mkdirSync(join(folder, 'backups/upgrade-20990101T000000.partial'))
  const done = await run('up')
  expect(done).toEqual({ ...before, pending: 0 })
  expect(step()).toBe('done')
  const kept = readdirSync(join(folder, 'backups'))
  expect(kept.filter((name) => /^upgrade-\w+$/.test(name))).toHaveLength(2)
  expect(kept).toHaveLength(2)

  // Undoing, killed while the new data are moved and after the old ones are loaded.
  await run('undo', 'moved')
  expect(step()).toBe('aside')
  await run('undo', 'restored')
  expect(step()).toBe('restoring')
  await run('undo')
  expect(step()).toBe('undone')
  expect(await run('look')).toEqual(before)
  expect(readdirSync(folder).some((name) => name.startsWith('undone-'))).toBe(true)
  expect(existsSync(join(folder, 'postgres.password'))).toBe(true)
})
