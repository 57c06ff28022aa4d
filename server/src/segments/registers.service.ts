import type { Database, Tx } from '../database/connection.store.ts'
import { assert } from '../lib/assert.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Definition } from './definition.ts'
import { expand, lookupIn, type Named, segmentsIn } from './expand.ts'
import { type AnyLeaf, leavesOf } from './leaves.ts'
import { readDefinition } from './read-definition.ts'
import { type HeldLeaf, type HeldSegment, type Register, registerOf } from './register.ts'
import { type HeadRow, readDefinitions, readHeads, readLeaves } from './segments.store.ts'

/** Definitions of each shop, read again when their heads change: one small query a turn. */
export function registers() {
  const known = new Map<ShopId, { readonly print: string; readonly register: Register }>()
  const definitions = new Map<string, Definition>()

  async function definitionsOf(tx: Tx | Database, shop: ShopId, heads: readonly HeadRow[]) {
    const missing = heads.filter(({ id, version }) => !definitions.has(name(shop, id, version)))
    const rows = await readDefinitions(
      tx,
      shop,
      missing.map(({ id }) => id),
    )
    for (const { id, version, definition } of rows)
      definitions.set(name(shop, id, version), readDefinition(JSON.parse(definition)))
    const current = new Set(heads.map(({ id, version }) => name(shop, id, version)))
    for (const key of definitions.keys())
      if (key.startsWith(`${shop}:`) && !current.has(key)) definitions.delete(key)
  }

  async function namedOf(
    tx: Tx | Database,
    shop: ShopId,
    heads: readonly HeadRow[],
  ): Promise<readonly Named[]> {
    await definitionsOf(tx, shop, heads)
    return heads.map(({ id, name: called, version }) => {
      const definition = definitions.get(name(shop, id, version))
      assert(definition !== undefined, 'every segment has a definition')
      return { id, name: called, definition }
    })
  }

  /** What the line works for, as this transaction sees it: definitions with those they name in their place. */
  async function load(tx: Tx | Database, shop: ShopId): Promise<Register> {
    const heads = await readHeads(tx, shop)
    const print = JSON.stringify(heads)
    const cached = known.get(shop)
    if (cached?.print === print) return cached.register
    const lookup = lookupIn(await namedOf(tx, shop, heads))
    const rows = new Map((await readLeaves(tx, shop)).map((row) => [row.key, row]))
    const held = new Map<string, HeldLeaf>()
    const hold = (leaf: AnyLeaf): HeldLeaf => {
      const existing = held.get(leaf.key)
      if (existing) return existing
      const row = rows.get(leaf.key)
      assert(row !== undefined, 'every leaf of a definition has its row')
      const { id, position, complete, built_to: builtTo, max_customer: maxCustomer } = row
      const made = { id, leaf, position, complete, builtTo, maxCustomer }
      held.set(leaf.key, made)
      return made
    }
    const segments = heads.map((head): HeldSegment => {
      const written = lookup(head.id)
      assert(written !== undefined, 'every segment has a definition')
      const definition = expand(written.definition, lookup, written)
      return {
        id: head.id,
        name: head.name,
        version: head.version,
        complete: head.state === 'live',
        builtTo: head.built_to,
        maxCustomer: head.max_customer,
        definition,
        leaves: leavesOf(definition).map(hold),
      }
    })
    const register = registerOf(segments, [...held.values()])
    known.set(shop, { print, register })
    return register
  }

  /** The segments of a shop as they were written: they may name each other. */
  const named = async (tx: Tx | Database, shop: ShopId) =>
    namedOf(tx, shop, await readHeads(tx, shop))

  return {
    load,
    named,
    /** A definition with the segments that it names in their place. */
    expanded: async (tx: Tx | Database, shop: ShopId, definition: Definition) =>
      segmentsIn(definition).size === 0
        ? definition
        : expand(definition, lookupIn(await named(tx, shop))),
  }
}
export type Registers = ReturnType<typeof registers>

function name(shop: ShopId, id: number, version: number): string {
  return `${shop}:${id}:${version}`
}
