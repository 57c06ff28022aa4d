import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Definition } from './definition.ts'
import { newestCustomer, syncLeaves } from './edit.store.ts'
import { expand, lookupIn, type Named, segmentsIn, usersOf } from './expand.ts'
import { leavesOf } from './leaves.ts'
import { readDefinition } from './read-definition.ts'
import { segmentsLimit, shopLeavesLimit } from './segment.ts'
import { holdLine, readDefinitions, readHeads } from './segments.store.ts'

/** Where a new definition begins, and who else begins with it. */
export type Begun = {
  readonly position: number
  readonly maxCustomer: number
  /** Segments that ask for this one, directly or through others: what they mean has changed too. */
  readonly users: readonly Named[]
}

/**
 * Stops the line for this transaction and makes the kept leaves those of all definitions, with `definition` in the place
 * of segment `id`. The position is where the line begins to keep the new ones: nothing is missed, nothing twice. Refuses
 * what no longer makes sense together with the segments that name each other.
 */
export async function beginBuild(
  tx: Tx,
  shop: ShopId,
  one: { readonly id: number | undefined; readonly name: string; readonly definition: Definition },
): Promise<Begun> {
  const { id = 0, name, definition } = one
  const { position } = await holdLine(tx, shop)
  const others = (await namedSegments(tx, shop)).filter((other) => other.id !== id)
  if (others.length >= segmentsLimit)
    throw new Refusal(
      'too-many',
      `A shop may have ${segmentsLimit} segments. Delete one you no longer use.`,
    )
  const all = [...others, { id, name, definition }]
  const lookup = lookupIn(all)
  const own = expand(definition, lookup, { id, name })
  const users = usersOf(others, new Set([id]))
  const wholes = others.map((other) => {
    const isUser = users.some((user) => user.id === other.id)
    return isUser ? userExpanded(other, lookup) : expand(other.definition, lookup, other)
  })
  const maxCustomer = await keepLeaves(tx, shop, { definitions: [own, ...wholes], position })
  return { position, maxCustomer, users }
}

/** Makes the kept leaves those of all segments but this one. Refuses while others ask for it, naming them. */
export async function endSegment(tx: Tx, shop: ShopId, id: number): Promise<void> {
  const { position } = await holdLine(tx, shop)
  const all = await namedSegments(tx, shop)
  const users = all.filter(({ definition }) => segmentsIn(definition).has(id))
  if (users.length > 0) {
    const names = users.map(({ name }) => `'${name}'`).join(', ')
    throw new Refusal('conflict', `Other segments ask for this one: ${names}. Change them first.`)
  }
  const lookup = lookupIn(all)
  const definitions = all.flatMap((one) =>
    one.id === id ? [] : [expand(one.definition, lookup, one)],
  )
  await keepLeaves(tx, shop, { definitions, position })
}

/** The segments of a shop as they were written. */
export async function namedSegments(tx: Tx | Database, shop: ShopId): Promise<readonly Named[]> {
  const heads = await readHeads(tx, shop)
  const names = new Map(heads.map(({ id, name }) => [id, name]))
  const rows = await readDefinitions(tx, shop, [...names.keys()])
  return rows.map(({ id, definition }) => ({
    id,
    name: names.get(id) ?? '',
    definition: readDefinition(JSON.parse(definition)),
  }))
}

/** What is wrong with a user of the segment is told as such: its own definition has not changed. */
function userExpanded(user: Named, lookup: (segment: number) => Named | undefined): Definition {
  try {
    return expand(user.definition, lookup, user)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(
      error.code,
      `The segment '${user.name}' asks for this one, and then ${error.message}`,
      'definition.where',
    )
  }
}

async function keepLeaves(
  tx: Tx,
  shop: ShopId,
  need: { readonly definitions: readonly Definition[]; readonly position: number },
): Promise<number> {
  const keys = new Set(need.definitions.flatMap(leavesOf).map(({ key }) => key))
  if (keys.size > shopLeavesLimit)
    throw new Refusal(
      'too-many',
      `All segments together may ask ${shopLeavesLimit} different questions about events; this would make ${keys.size}. Use the same conditions again or delete a segment.`,
      'definition.where',
    )
  const maxCustomer = await newestCustomer(tx, shop)
  await syncLeaves(tx, shop, { keys: [...keys], position: need.position, maxCustomer })
  return maxCustomer
}
