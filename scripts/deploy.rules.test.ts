import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const settings = [
  ...read('server/src/config.ts').matchAll(/^ {2}([A-Z_]+): z$|^ {2}([A-Z_]+): z\b/gm),
]
  .map(([, one, other]) => one ?? other ?? '')
  .filter((name) => name !== '')
const files = readdirSync(join(root, 'deploy')).map((name) => `deploy/${name}`)

test('every setting is told in the guide, and no file of deploy/ names one that there is not', () => {
  expect(settings.length).toBeGreaterThan(15)
  const guide = read('docs/guide/running.md')
  expect(settings.filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
  const known = new Set([...settings, 'NODE_ENV', 'DOMAIN'])
  const named = files.flatMap((path) => [
    ...read(path).matchAll(/^\s*(?:Environment=|ENV |-? {4,6})?([A-Z][A-Z_]{3,})[:=]/gm),
  ])
  expect(named.map(([, name]) => name).filter((name) => !known.has(name ?? ''))).toEqual([])
})

test('what units and image start is there', () => {
  const started = files.flatMap((path) => [...read(path).matchAll(/server\/src\/[\w./-]+\.ts/g)])
  expect(started.length).toBeGreaterThanOrEqual(3)
  for (const [path] of started) expect(existsSync(join(root, path))).toBe(true)
})
