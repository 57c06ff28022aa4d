import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import * as flattening from '../events/flatten.ts'
import { facts } from '../facts/catalogue.ts'
import * as comparing from './comparison.ts'
import { Condition } from './definition.ts'
import { describe } from './describe.ts'
import * as limits from './limits.ts'
import { readDefinition } from './read-definition.ts'
import * as segment from './segment.ts'
import * as testing from './value-test.ts'

const place = new URL('../../../docs/guide/segments.md', import.meta.url)
const guide = readFileSync(place, 'utf8')
const example = /(```json\n([\s\S]*?)```\n)\n((?:> .*\n)*)/g
const examples = [...guide.matchAll(example)].map(([, , json = '']) => JSON.parse(json) as unknown)
const inForce = [flattening, comparing, limits, segment, testing].flatMap((module) =>
  Object.entries(module).filter(
    (one): one is [string, number] => one[0].endsWith('Limit') && typeof one[1] === 'number',
  ),
)

/** The guide with what the product says today: sentences below the examples, values of the limits, the table of facts. */
function asItIs(): string {
  const factRows = facts.map(
    ({ path, type, label, fresh }) =>
      `| \`${path}\` | ${type} | ${label.ko} | ${label.en} | ${fresh} |\n`,
  )
  const values = new Map(inForce)
  return guide
    .replace(example, (_, block: string, json: string) => {
      const definition = readDefinition(JSON.parse(json))
      return `${block}\n> ${describe(definition, 'ko')}  \n> ${describe(definition, 'en')}\n`
    })
    .replace(
      /^(\| [^|]+ \| )[\d,]+( \| `(\w+Limit)` \|)$/gm,
      (_, before: string, after: string, name: string) =>
        `${before}${values.get(name)?.toLocaleString('en') ?? 'gone'}${after}`,
    )
    .replace(
      /(\| path \| type \|.*\n\| ---.*\n)(\| .*\n)*/,
      (_, head: string) => head + factRows.join(''),
    )
}

test('the guide says what the product says; `npx vitest run guide -u` writes it anew', async () => {
  expect(examples.length).toBeGreaterThan(30)
  await expect(asItIs()).toMatchFileSnapshot(fileURLToPath(place))
})

test('every form of the language has an example in the guide', () => {
  const told = JSON.stringify(examples)
  // The schema is asked for its kinds, so that a new one can't be forgotten here.
  const refused = Condition.safeParse({ kind: 'no kind' })
  const kinds = refused.error?.issues.flatMap((issue) =>
    'options' in issue && Array.isArray(issue.options) ? (issue.options as string[]) : [],
  )
  expect(kinds?.length ?? 0).toBeGreaterThan(9)
  const measures = ['count', 'sum', 'avg', 'min', 'max', 'distinct', 'first', 'last']
  const windows = ['ever', 'rolling', 'between', 'before', 'after', 'calendar']
  const tests = ['text', 'number', 'boolean', 'date', 'list', 'any']
  for (const kind of [...(kinds ?? []), ...windows]) expect(told).toContain(`"kind":"${kind}"`)
  for (const measure of measures) expect(told).toContain(`"of":"${measure}"`)
  for (const type of tests) expect(told).toContain(`"type":"${type}"`)
})

test('no limit is left out of the guide', () => {
  expect(inForce.length).toBeGreaterThan(20)
  const told = [...guide.matchAll(/\| `(\w+Limit)` \|$/gm)].map(([, name]) => name)
  expect(told.toSorted()).toEqual(inForce.map(([name]) => name).toSorted())
})
