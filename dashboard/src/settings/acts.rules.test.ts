/// <reference types="node" />
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { objectName } from './act-objects.ts'
import { actSentence } from './acts.ts'

const server = join(import.meta.dirname, '../../../server/src')
const sources = globSync('**/*.ts', { cwd: server })
  .filter((file) => !/\.(test|contract)\./.test(file))
  .map((file) => readFileSync(join(server, file), 'utf8'))
  .filter((source) => source.includes('audit'))

/** What the server writes into the audit log: an act right after who did it, or one of two by a condition. */
const written = (source: string) =>
  [
    ...source.matchAll(/audit\(\s*[\w.]+,\s*(?:[\w.]+ \? )?'([\w.-]+)'(?: : '([\w.-]+)')?/g),
    ...source.matchAll(/\bact: '([a-z_-]+\.[a-z_-]+)'/g),
  ].flatMap(([, one, other]) => [one, other].filter((act) => act !== undefined))

test('every act of the audit log and what it was done to stand there in words', () => {
  const acts = [...new Set(sources.flatMap(written))].filter((act) => act.includes('.'))
  const kinds = sources.flatMap((source) =>
    [...source.matchAll(/object: `([a-z-]+):/g)].flatMap(([, kind]) => kind ?? []),
  )
  expect(acts.length).toBeGreaterThan(90)
  expect(acts.filter((act) => actSentence(act, 'ko') === act)).toEqual([])
  expect(kinds.length).toBeGreaterThan(60)
  expect(kinds.filter((kind) => objectName(`${kind}:7`, 'ko') === `${kind}:7`)).toEqual([])
})
