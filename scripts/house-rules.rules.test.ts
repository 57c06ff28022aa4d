import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkHouse } from './house-rules.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

function problemsIn(files: Readonly<Record<string, string>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'house-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const { filesRead, problems } = checkHouse(folder)
  expect(filesRead).toBe(Object.keys(files).length)
  return problems
}

describe('the guard of the house', () => {
  test.each([
    [
      'a lower room importing a higher one',
      { 'customers/a.ts': `import type { B } from '../events/b.ts'` },
      'may not import',
    ],
    [
      'rooms of one level importing each other',
      { 'customers/a.ts': `import { b } from '../consent/b.ts'` },
      'may not import',
    ],
    [
      'a re-export up the ladder',
      { 'lib/a.ts': `export { b } from '../shops/b.ts'` },
      'may not import',
    ],
    [
      'a plain file that reaches Node',
      { 'events/a.ts': `import { readFileSync } from 'node:fs'` },
      'may not import node:fs',
    ],
    [
      'a plain file that reaches its store',
      { 'events/a.ts': `import { b } from './b.store.ts'` },
      'does I/O',
    ],
    [
      "another room's store",
      { 'events/a.service.ts': `import { b } from '../customers/b.store.ts'` },
      'private',
    ],
    [
      'a second name of its own making',
      { 'events/a.manager.ts': 'export const a = 1' },
      'not on the list',
    ],
    [
      'a file that is named for nothing',
      { 'events/utils.ts': 'export const a = 1' },
      'says nothing',
    ],
    [
      'a room that is on no ladder',
      { 'magic/a.ts': `import { b } from '../lib/b.ts'` },
      'not on the ladder',
    ],
    [
      'time from the air',
      { 'events/a.service.ts': 'export const a = () => Date.now()' },
      'take a Clock',
    ],
    [
      'chance from the air',
      { 'events/a.ts': 'export const a = () => Math.random()' },
      'take a Random',
    ],
    [
      'a file nobody can read in one go',
      { 'events/a.ts': 'export const a = 1\n'.repeat(301) },
      'at most 300',
    ],
    [
      'a migration of a number that is taken',
      { 'database/migrations/0085_a.sql': '', 'database/migrations/0085_b.sql': '' },
      '0085_b.sql: database/migrations/0085_a.sql has that number already',
    ],
    [
      'a third one of a number that was given twice',
      {
        'database/migrations/0060_assignment_share.sql': '',
        'database/migrations/0060_more.sql': '',
        'database/migrations/0060_morning_messages.sql': '',
      },
      '0060_more.sql',
    ],
  ])('refuses %s', (_, files, problem) => {
    expect(problemsIn(files).join('\n')).toContain(problem)
  })

  test('lets a room use the rooms below it', () => {
    const files = {
      'campaigns/advance.ts': `import type { Happening } from '../events/happening.ts'\nimport { z } from 'zod'`,
      'campaigns/campaigns.service.ts': `import type { Messages } from '../messages/messages.service.ts'\nimport { readFileSync } from 'node:fs'`,
      'lib/clock.ts': 'export const now = () => Date.now()',
      'database/migrations/0001_a.sql': '',
      'database/migrations/0002_a.sql': '',
      'warehouse/migrations/0001_a.sql': '',
    }
    expect(problemsIn(files)).toEqual([])
  })
})
