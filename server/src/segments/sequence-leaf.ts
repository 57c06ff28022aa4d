import { spanMs } from './comparison.ts'
import { type Facts, type Filter, passes } from './filter.ts'
import type { SequenceCondition } from './sequence.ts'

/** What the line watches for one sequence; its meaning stands in sequence.ts. Spans are in milliseconds. */
export type SequenceLeaf = {
  readonly key: string
  /** Every name that some part of it waits for, each once. */
  readonly events: readonly string[]
  readonly steps: readonly SequenceStep[]
  readonly not: (Pattern & { readonly withinMs: number }) | undefined
  readonly sameProduct: boolean
  readonly windowMs: number
}
export type Pattern = { readonly event: string; readonly where: Filter | undefined }
/** withinMs: how long after the step before it; 0 for the first. */
export type SequenceStep = Pattern & {
  readonly withinMs: number
  readonly without: Pattern | undefined
}

/**
 * What a happening can be in a sequence, as bits: step i is bit i, what may not stand before step i is bit 5 + i, the last
 * negative is bit 10. Bits 11 and up are set by the state alone: a step known to be reached by happenings it let go.
 */
export const stepRole = (step: number): number => 1 << step
export const withoutRole = (step: number): number => 1 << (5 + step)
export const notRole = 1 << 10
export const reachedRole = (step: number): number => 1 << (11 + step)

/** A pattern with the role it gives, and how long after it a run that it belongs to can end. */
export type Role = { readonly role: number; readonly pattern: Pattern; readonly reachMs: number }

/** The leaf of a sequence, all but its key. */
export function sequenceShape(condition: SequenceCondition): Omit<SequenceLeaf, 'key' | 'events'> {
  const { steps, not, sameProduct, window } = condition
  return {
    steps: steps.map(({ event, where, within, without }) => ({
      event,
      where,
      withinMs: within ? spanMs(within) : 0,
      without: without && { event: without.event, where: without.where },
    })),
    not: not && { event: not.event, where: not.where, withinMs: spanMs(not.within) },
    sameProduct: sameProduct === true,
    windowMs: spanMs(window.span),
  }
}

const rolesByShape = new WeakMap<object, readonly Role[]>()
/** All roles of a sequence, in the order of their bits. */
export function rolesOf(leaf: Omit<SequenceLeaf, 'key' | 'events'>): readonly Role[] {
  const known = rolesByShape.get(leaf)
  if (known) return known
  const { steps, not } = leaf
  const reachOf = (step: number) =>
    steps.slice(step + 1).reduce((sum, { withinMs }) => sum + withinMs, 0)
  const roles = [
    ...steps.map((pattern, step) => ({ role: stepRole(step), pattern, reachMs: reachOf(step) })),
    // It stands after the step before, so no run through it ends later than one from there.
    ...steps.flatMap(({ without }, step) =>
      without ? [{ role: withoutRole(step), pattern: without, reachMs: reachOf(step - 1) }] : [],
    ),
    ...(not ? [{ role: notRole, pattern: not, reachMs: 0 }] : []),
  ]
  rolesByShape.set(leaf, roles)
  return roles
}

/** The roles of a happening of this name; 0 when it has none. */
export function rolesFor(leaf: SequenceLeaf, name: string, facts: Facts): number {
  let found = 0
  for (const { role, pattern } of rolesOf(leaf))
    if (pattern.event === name && (!pattern.where || passes(pattern.where, facts))) found |= role
  return found
}

const nothing: readonly string[] = ['']
/** For which products a happening stands: those it names, each once, with `sameProduct`; else the one that has no name. */
export function productsFor(leaf: SequenceLeaf, facts: Facts): readonly string[] {
  if (!leaf.sameProduct) return nothing
  const { product_id, products } = facts.typed()
  const named = new Set(products.map((line) => line.product_id))
  named.add(product_id)
  named.delete('')
  return [...named]
}

/** Whether something may undo a run that is whole: then no run makes earlier happenings needless. */
export function hasNegatives({ steps, not }: SequenceLeaf): boolean {
  return not !== undefined || steps.some(({ without }) => without !== undefined)
}
