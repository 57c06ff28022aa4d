import type { Placed } from '../events/happening.ts'
import { type FactColumns, factColumns } from '../events/mirror.ts'
import { assert } from '../lib/assert.ts'
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { cartFacts, foldCart, type KnownCart, mergeKnownCarts, type Shelf } from './cart-facts.ts'
import { favouriteFacts } from './favourites.ts'
import { foldInflow, type Inflow, inflowFacts, mergeInflow } from './inflow.ts'
import { foldLists, mergeLists, type OnLists } from './lists.ts'
import { foldMembership, type Membership, memberFacts, mergeMemberships } from './member-state.ts'
import { type Bought, orderFacts } from './orders-summary.ts'
import { type Reach, reachFacts } from './reach.ts'
import { foldScores, mergeScores, type Scores, scoreFacts } from './scores.ts'
import { foldSearches, mergeSearched, type Searched, searchFacts } from './searches.ts'
import { foldSeen, mergeSeen, type Seen } from './seen.ts'
import { foldJourney, type Journey, mergeJourneys, stageFacts } from './stage.ts'
import { foldVisits, mergeVisited, type Visited, visitFacts } from './visits-summary.ts'

/**
 * What the room remembers of one person (customer_state, section `facts`). Orders and reach are read from their tables when
 * something changed them; everything else is folded from the person's happenings.
 */
export type Known = {
  /** Another number each time a fact changed. */
  readonly revision: number
  readonly isMember: boolean
  /** Just built from history: the line reads orders, reach and products, and tells everybody, when it meets the person. */
  readonly isBuilt?: boolean | undefined
  readonly membership?: Membership | undefined
  readonly journey?: Journey | undefined
  readonly cart?: KnownCart | undefined
  readonly bought?: Bought | undefined
  readonly inflow?: Inflow | undefined
  readonly visited?: Visited | undefined
  readonly searched?: Searched | undefined
  /** Nobody is chosen by it: recommendations begin with it. */
  readonly seen?: Seen | undefined
  readonly reach?: Reach | undefined
  readonly lists?: OnLists | undefined
  readonly scores?: Scores | undefined
}

/** Nobody knows anything of this person yet. */
export const stranger: Known = { revision: 0, isMember: false }

/** The section of customer_state in which the room keeps what it knows. */
export const factsSection = 'facts'

/** Of the section; facts of another format are built anew from history. */
export const factsFormat = 1

/** Reads a stored section; what this version did not write is a stranger's. */
export function readKnown(section: Json | undefined): Known {
  if (!isJsonObject(section) || section.format !== factsFormat) return stranger
  assert(typeof section.revision === 'number', 'the section of facts is one that facts wrote')
  return section as unknown as Known
}

/** The section to store: the same value as JSON. */
export function writeKnown(known: Known): Json {
  return { format: factsFormat, ...known } as unknown as Json
}

/** What one happening adds; the same object when it adds nothing. */
export function foldKnown(known: Known, happening: Placed, shelf: Shelf): Known {
  switch (happening.kind) {
    case 'event':
      return changed(known, {
        membership: foldMembership(known.membership, happening),
        journey: foldJourney(known.journey, happening, lastOrderAt(known)),
        cart: foldCart(known.cart, happening, shelf),
        searched: foldSearches(known.searched, happening),
        seen: foldSeen(known.seen, happening),
      })
    case 'derived':
      return changed(known, {
        inflow: foldInflow(known.inflow, happening),
        visited: foldVisits(known.visited, happening),
        lists: foldLists(known.lists, happening),
      })
    case 'identify':
      return changed(known, { membership: foldMembership(known.membership, happening) })
    case 'edit':
      return changed(known, {
        membership: foldMembership(known.membership, happening),
        lists: foldLists(known.lists, happening),
        scores: foldScores(known.scores, happening),
      })
    default:
      return known
  }
}

/** Two people who turned out to be one; orders and reach are read again by the room. */
export function mergeKnown(to: Known, from: Known): Known {
  return changed(to, {
    revision: Math.max(to.revision, from.revision),
    membership: mergeMemberships(to.membership, from.membership),
    journey: mergeJourneys(to.journey, from.journey, lastOrderAt(to)),
    cart: mergeKnownCarts(to.cart, from.cart),
    inflow: mergeInflow(to.inflow, from.inflow),
    visited: mergeVisited(to.visited, from.visited),
    searched: mergeSearched(to.searched, from.searched),
    seen: mergeSeen(to.seen, from.seen),
    lists: mergeLists(to.lists, from.lists),
    scores: mergeScores(to.scores, from.scores),
  })
}

/** With these parts in the place of its own; the same object when they are its own. */
export function changed(known: Known, parts: Partial<Known>): Known {
  for (const part of Object.keys(parts) as (keyof Known)[])
    if (parts[part] !== known[part]) return { ...known, ...parts }
  return known
}

/** Groups of facts and what each is made of: facts changed only when what they are made of did. */
const groups: readonly {
  readonly made: readonly (keyof Known)[]
  readonly facts: (known: Known) => JsonObject
}[] = [
  {
    made: ['membership', 'isMember'],
    facts: (known) => ({ member: memberFacts(known.membership, known.isMember) }),
  },
  {
    made: ['journey', 'bought'],
    facts: (known) => ({ stage: stageFacts(known.journey, lastOrderAt(known)) }),
  },
  { made: ['cart'], facts: (known) => ({ cart: cartFacts(known.cart) }) },
  {
    made: ['bought'],
    facts: (known) => ({
      orders: orderFacts(known.bought),
      favorite: favouriteFacts(known.bought?.favourites),
    }),
  },
  { made: ['inflow'], facts: (known) => ({ inflow: inflowFacts(known.inflow) }) },
  { made: ['visited'], facts: (known) => ({ visits: visitFacts(known.visited) }) },
  { made: ['searched'], facts: (known) => ({ search: searchFacts(known.searched) }) },
  { made: ['reach'], facts: (known) => reachFacts(known.reach) },
  { made: ['lists'], facts: (known) => ({ lists: known.lists ?? [] }) },
  { made: ['scores'], facts: (known) => scoreFacts(known.scores) },
]

/** The facts as conditions and templates see them: nested by the dots of the catalogue's paths. */
export function factsOf(known: Known): JsonObject {
  return Object.assign({}, ...groups.map(({ facts }) => facts(known)))
}

/** The facts as the mirror holds them. Groups of which nothing is known are the same for everybody and made once. */
export function columnsOf(known: Known): FactColumns {
  const columns = groups.map((group) =>
    group.made.every((part) => known[part] === stranger[part])
      ? strangerColumns(group)
      : factColumns(group.facts(known)),
  )
  const joined = (column: keyof FactColumns) =>
    Object.assign({}, ...columns.map((one) => one[column])) as FactColumns[typeof column]
  return {
    fact_texts: joined('fact_texts'),
    fact_folded: joined('fact_folded'),
    fact_numbers: joined('fact_numbers'),
    fact_flags: joined('fact_flags'),
    fact_times: joined('fact_times'),
    fact_lists: joined('fact_lists'),
  }
}

const ofStrangers = new Map<object, FactColumns>()
function strangerColumns(group: (typeof groups)[number]): FactColumns {
  const known = ofStrangers.get(group) ?? factColumns(group.facts(stranger))
  ofStrangers.set(group, known)
  return known
}

/** The facts in a stored section; somebody without one has those of a stranger. */
export function factsIn(section: Json | undefined): JsonObject {
  const known = readKnown(section)
  return known === stranger ? strangerFacts : factsOf(known)
}

/** Whether some fact differs. What did not change is not looked at. */
export function factsDiffer(before: Known, after: Known): boolean {
  return groups.some(
    ({ made, facts }) =>
      made.some((part) => before[part] !== after[part]) &&
      JSON.stringify(facts(before)) !== JSON.stringify(facts(after)),
  )
}

/** When time alone may change the facts, UTC ms; Infinity for never. */
export function factsDue({ bought }: Known): number {
  return bought?.favourites.due ?? Infinity
}

function lastOrderAt({ bought }: Known): number | null {
  return bought?.lastAt ?? null
}

const strangerFacts = factsOf(stranger)
