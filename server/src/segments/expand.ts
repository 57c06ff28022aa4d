import { unreachable } from '../lib/assert.ts'
import { type At, refusal } from './check-definition.ts'
import type { Condition, Definition } from './definition.ts'
import { expandedDepthLimit, expandedLeavesLimit } from './limits.ts'

/** A segment that definitions may name. */
export type Named = { readonly id: number; readonly name: string; readonly definition: Definition }
/** The segments of a shop by id. */
export type Lookup = (segment: number) => Named | undefined

/**
 * Puts the conditions of the segments that a definition names in the place of their names, as deep as they go: what comes
 * out asks for no segment. Refuses a segment that does not exist or would contain itself (`own` is the one that is being
 * defined), and a whole that grows beyond its limits, with a sentence that names the segments.
 */
export function expand(
  definition: Definition,
  lookup: Lookup,
  own?: Pick<Named, 'id' | 'name'>,
): Definition {
  const path = own ? [own] : []
  const where = expanded(definition.where, { lookup, at: ['where'], path, inside: false })
  checkWhole(where)
  return where === definition.where ? definition : { format: 1, where }
}

/** Finds segments by id. */
export function lookupIn(segments: readonly Named[]): Lookup {
  const byId = new Map(segments.map((one) => [one.id, one]))
  return (segment) => byId.get(segment)
}

/** The segments that a definition names itself, each once. */
export function segmentsIn({ where }: Definition): ReadonlySet<number> {
  const found = new Set<number>()
  const walk = (condition: Condition): void => {
    if (condition.kind === 'all' || condition.kind === 'any')
      for (const one of condition.of) walk(one)
    else if (condition.kind === 'not') walk(condition.of)
    else if (condition.kind === 'segment') found.add(condition.segment)
  }
  walk(where)
  return found
}

/** The segments that name one of these, directly or through others; they themselves are not among them. */
export function usersOf(segments: readonly Named[], used: ReadonlySet<number>): readonly Named[] {
  const reached = new Set(used)
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const { id, definition } of segments)
      if (!reached.has(id) && [...segmentsIn(definition)].some((one) => reached.has(one)))
        reached.add(id)
  }
  return segments.filter(({ id }) => reached.has(id) && !used.has(id))
}

type Place = {
  readonly lookup: Lookup
  readonly at: At
  /** The segments on the way here, the outermost first. */
  readonly path: readonly Pick<Named, 'id' | 'name'>[]
  /** Within a segment that was named. */
  readonly inside: boolean
}

function expanded(condition: Condition, place: Place): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const of = condition.of.map((one, index) => expanded(one, under(place, 'of', index)))
      return of.every((one, index) => one === condition.of[index])
        ? condition
        : { ...condition, of }
    }
    case 'not': {
      const of = expanded(condition.of, under(place, 'of'))
      return of === condition.of ? condition : { kind: 'not', of }
    }
    case 'segment':
      return expandedSegment(condition.segment, under(place, 'segment'))
    case 'trait':
    case 'fact':
    case 'member':
    case 'random':
    case 'event':
    case 'sequence':
      return condition
    default:
      return unreachable(condition)
  }
}

function expandedSegment(segment: number, place: Place): Condition {
  const { lookup, at, path } = place
  const named = lookup(segment)
  const asking = place.inside ? `, which '${path.at(-1)?.name}' asks for` : ''
  if (!named) throw refusal(at, `there is no segment ${segment}${asking}`)
  const again = path.findIndex(({ id }) => id === segment)
  if (again >= 0) {
    const names = [...path.slice(again), named].map(({ name }) => `'${name}'`)
    throw refusal(at, `segment ${names[0]} would contain itself: ${names.join(' → ')}`)
  }
  return expanded(named.definition.where, {
    ...place,
    path: [...path, { id: named.id, name: named.name }],
    inside: true,
  })
}

/** The part at fault is told as a place of the definition that is read, not of those it names. */
function under(place: Place, ...keys: readonly PropertyKey[]): Place {
  return place.inside ? place : { ...place, at: [...place.at, ...keys] }
}

function checkWhole(where: Condition): void {
  const { leaves, depth } = sizeOf(where, 0)
  const told = 'with the segments it names in their place, it'
  if (leaves > expandedLeavesLimit)
    throw refusal(
      ['where'],
      `${told} has ${leaves} conditions; ${expandedLeavesLimit} are allowed at most`,
    )
  if (depth > expandedDepthLimit)
    throw refusal(
      ['where'],
      `${told} is nested ${depth} deep; ${expandedDepthLimit} are allowed at most`,
    )
}

function sizeOf(
  condition: Condition,
  depth: number,
): { readonly leaves: number; readonly depth: number } {
  if (condition.kind === 'not') return sizeOf(condition.of, depth + 1)
  if (condition.kind !== 'all' && condition.kind !== 'any') return { leaves: 1, depth }
  const sizes = condition.of.map((one) => sizeOf(one, depth + 1))
  return {
    leaves: sizes.reduce((sum, one) => sum + one.leaves, 0),
    depth: Math.max(...sizes.map((one) => one.depth)),
  }
}
