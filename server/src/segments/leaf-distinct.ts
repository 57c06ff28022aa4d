import type { NumberComparison } from './comparison.ts'
import { satisfies } from './comparison.ts'
import { type Asking, itemSql, type LeafRules, pendingSql } from './leaf-rules.ts'
import { capped, entered, mergedAlike, present } from './leaf-settle.ts'
import { type Item, type LeafState, picked } from './leaf-state.ts'
import { walk } from './leaf-walk.ts'
import type { Leaf } from './leaves.ts'
import { keyColumn } from './property-sql.ts'
import { numberSql } from './test-sql.ts'

const lists = { tags: true }

/** How many values a property had: texts and numbers, "12" and 12 being two. Of nothing it is 0. */
export const distinctRules: LeafRules<NumberComparison> = {
  lists: () => lists,
  settle: (leaf, state, now) => {
    const held = present(leaf, state, now)
    const kept =
      leaf.window.kind === 'rolling'
        ? picked(held, newestOfEach(leaf, held, entered(leaf, held, now)))
        : mergedAlike({ leaf, now, lists }, held, (items) => eachOnce(leaf, items))
    return capped(leaf, kept, { now })
  },
  join: () => ({ base: 0n, held: 0 }),
  judge: (seen, is) => {
    const { tags } = seen.state
    const standing = new Map<string, number>()
    const add = (index: number, one: 1 | -1) => {
      const tag = tags[index] ?? ''
      const count = (standing.get(tag) ?? 0) + one
      if (count === 0) standing.delete(tag)
      else standing.set(tag, count)
    }
    return walk(seen, {
      enter: (index) => add(index, 1),
      leave: (index) => add(index, -1),
      holds: () => satisfies(BigInt(standing.size), is, BigInt),
    })
  },
  columnSql: (leaf, { over, parameters }) => {
    const { value, present } = keyColumn(pathOf(leaf), parameters)
    return over('uniqExact', value, present)
  },
  truthSql: (column, is, { parameters }) => numberSql(column, is, parameters.integer),
  historySql: (asking) => ({ base: `'0'`, held: '0', items: itemsSql(asking) }),
}

/** Indices of the newest item of each value that has entered, no more values than matter, and all that will enter. */
function newestOfEach(leaf: Leaf, { ats, tags }: LeafState, upTo: number): readonly number[] {
  const seen = new Set<string>()
  const kept: number[] = []
  for (let index = upTo - 1; index >= 0 && seen.size < keepOf(leaf); index--) {
    const tag = tags[index] ?? ''
    if (seen.has(tag)) continue
    seen.add(tag)
    kept.push(index)
  }
  kept.reverse()
  for (let index = upTo; index < ats.length; index++) kept.push(index)
  return kept
}

function eachOnce(leaf: Leaf, items: readonly Item[]): readonly Item[] {
  const once = new Map(items.map((item) => [item.tag, item]))
  return [...once.values()].slice(0, keepOf(leaf))
}

function pathOf({ aggregate }: Leaf): string {
  return 'path' in aggregate ? aggregate.path : ''
}
function keepOf({ aggregate }: Leaf): number {
  return 'keep' in aggregate ? aggregate.keep : 0
}

function itemsSql(asking: Asking): string {
  const { leaf, over, parameters, alike, ms, came } = asking
  const { value, present: there } = keyColumn(pathOf(leaf), parameters)
  const keep = keepOf(leaf)
  const stretches = alike.map(({ at, when }) => {
    const tags = over(`groupUniqArray(${keep})`, value, `${when} and ${there}`)
    return `arrayMap(what -> ${itemSql(parameters.integer(at), 'what')}, ${tags})`
  })
  const newest = over('maxMap', `map(${value}, ${ms})`, `${came} and ${there}`)
  const each = `arrayMap((what, at) -> ${itemSql('at', 'what')}, mapKeys(${newest}), mapValues(${newest}))`
  const settled =
    leaf.window.kind === 'rolling'
      ? [`arraySlice(arrayReverseSort(item -> item.1, ${each}), 1, ${keep})`]
      : stretches
  return `arrayConcat(${[...settled, pendingSql(asking, value, there)].join(', ')})`
}
