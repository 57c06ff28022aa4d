import type { StoredPerson } from '../customers/stored-person.ts'
import { type Flat, factPaths, flatten, traitPaths } from '../events/flatten.ts'
import type { ShopId } from '../lib/brand.ts'
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { type AnyLeafState, leafStateOf, sequenceStateOf } from './any-leaf-state.ts'
import type { Definition } from './definition.ts'
import type { View } from './evaluate.ts'
import { type HistoryNeeds, readFacts } from './leaf-history.service.ts'
import { emptyLeaf } from './leaf-state.ts'
import { type AnyLeaf, leavesOf } from './leaves.ts'
import { type FactsNeed, factsSection, noFacts } from './person-facts.ts'
import type { Register } from './register.ts'
import { readRemembered } from './remembered.ts'

type Needs = HistoryNeeds & { readonly facts?: FactsNeed }

/** People as definitions see them now, with what history knows of their leaves up to a position. */
export async function viewsFromHistory(
  needs: Needs,
  shop: ShopId,
  of: {
    readonly definition: Definition
    readonly customers: readonly number[]
    readonly position: number
  },
): Promise<ReadonlyMap<number, View>> {
  const { definition, customers, position } = of
  const leaves = leavesOf(definition)
  const asked = leaves.map((leaf, id) => ({ id, leaf, after: 0, upTo: position }))
  const [people, history] = await Promise.all([
    needs.customers.remembered.storedPeople(needs.db, shop, customers),
    readFacts(needs, shop, { customers, asked }),
  ])
  const now = needs.clock.now()
  const numbers = new Map(leaves.map(({ key }, id) => [key, id]))
  return new Map(
    people.map((person) => [
      person.id,
      viewOf(needs, person, ({ key }) => history.stateOf(numbers.get(key) ?? -1, person.id, now)),
    ]),
  )
}

/** A person as the line knows one; undefined while their state is being read from history. */
export function viewFromLine(
  needs: Needs,
  person: StoredPerson,
  register: Register,
): View | undefined {
  const remembered = readRemembered(sectionsOf(person).segments)
  if (remembered.repair !== undefined) return undefined
  return viewOf(needs, person, ({ key }) => {
    const held = register.leafByKey.get(key)
    return (held && remembered.leaves.get(held.id)) ?? emptyLeaf
  })
}

function viewOf(needs: Needs, person: StoredPerson, kept: (leaf: AnyLeaf) => AnyLeafState): View {
  let traits: Flat | undefined
  let facts: Flat | undefined
  const stored = () => (needs.facts ?? noFacts).stored(sectionsOf(person)[factsSection]).facts ?? {}
  return {
    customer: person.id,
    member: person.member,
    internal: person.internal,
    traits: () => (traits ??= flatten(JSON.parse(person.traits) as JsonObject, traitPaths)),
    facts: () => (facts ??= flatten(stored(), factPaths)),
    leaf: (leaf) => leafStateOf(kept(leaf)),
    sequence: (leaf) => sequenceStateOf(kept(leaf)),
  }
}

function sectionsOf({ sections }: StoredPerson): Readonly<Record<string, Json | undefined>> {
  const parsed: unknown = JSON.parse(sections ?? '{}')
  return isJsonObject(parsed) ? parsed : {}
}
