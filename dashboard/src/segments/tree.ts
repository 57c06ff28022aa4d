import type { Condition, Definition } from '../../../server/src/segments/definition.ts'
import type { TraitTest } from '../../../server/src/segments/value-test.ts'
import { type Group, isGroup } from './language.ts'

/** Where a condition stands below the outermost group: `['of', 1, 'of', 0]`. */
export type Path = readonly (string | number)[]

/** The group that the builder edits: a definition of one condition becomes a group of one. */
export function rootOf({ where }: Definition): Group {
  return isGroup(where) ? where : { kind: 'all', of: [where] }
}

/** The condition at a path; undefined when nothing is there. */
export function at(root: Condition, path: Path): Condition | undefined {
  let here: unknown = root
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined
    here = (here as Record<string | number, unknown>)[step]
  }
  return here as Condition | undefined
}

/** The tree with another condition at the path. */
export function put(root: Group, path: Path, next: Condition): Group {
  return set(root, path, next) as Group
}

function set(here: unknown, path: Path, next: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return next
  if (Array.isArray(here))
    return here.map((one, index) => (index === step ? set(one, rest, next) : one))
  const object = here as Record<string, unknown>
  return { ...object, [step]: set(object[step], rest, next) }
}

/** The tree without the condition at the path; a group inside that became empty goes too. */
export function remove(root: Group, path: Path): Group {
  const last = path.at(-1)
  if (typeof last !== 'number') return path.length > 1 ? remove(root, path.slice(0, -1)) : root
  const list = path.slice(0, -1)
  const rest = ((at(root, list) ?? []) as unknown as readonly Condition[]).toSpliced(last, 1)
  const group = list.slice(0, -1)
  if (rest.length === 0 && group.length > 0) return remove(root, group)
  return set(root, list, rest) as Group
}

/** The tree with a condition added at the end of the group at the path. */
export function add(root: Group, group: Path, condition: Condition): Group {
  const list = at(root, group)
  if (!list || !isGroup(list)) return root
  return put(root, group, { ...list, of: [...list.of, condition] })
}

/** The tree with the condition at the path once more behind itself. */
export function duplicate(root: Group, path: Path): Group {
  const last = path.at(-1)
  const one = at(root, path)
  if (typeof last !== 'number' || !one) return root
  const list = path.slice(0, -1)
  const all = at(root, list) as unknown as readonly Condition[]
  return set(root, list, all.toSpliced(last + 1, 0, one)) as Group
}

/** The condition turned into its opposite, and back. */
export function turned(condition: Condition): Condition {
  return condition.kind === 'not' ? condition.of : { kind: 'not', of: condition }
}

/** The tree without what still has blanks; undefined when nothing is left to ask. */
export function asked(root: Group): Definition | undefined {
  const where = filled(root)
  return where && { format: 1, where }
}

function filled(condition: Condition): Condition | undefined {
  if (isGroup(condition)) {
    const of = condition.of.flatMap((one) => filled(one) ?? [])
    return of.length > 0 ? { ...condition, of } : undefined
  }
  if (condition.kind === 'not') {
    const of = filled(condition.of)
    return of && { kind: 'not', of }
  }
  return hasBlank(condition) ? undefined : condition
}

/** How many conditions still wait for a value. */
export function blanksIn(condition: Condition): number {
  if (isGroup(condition))
    return condition.of.length === 0 ? 0 : condition.of.reduce((sum, one) => sum + blanksIn(one), 0)
  if (condition.kind === 'not') return blanksIn(condition.of)
  return hasBlank(condition) ? 1 : 0
}

/** Whether a condition without parts still waits for a value. */
export function hasBlank(condition: Condition): boolean {
  switch (condition.kind) {
    case 'trait':
    case 'fact':
      return condition.path === '' || blankTest(condition.is)
    case 'segment':
      return condition.segment <= 0
    case 'event':
      return condition.event === '' || blankFilter(condition.where) || blankMeasure(condition)
    case 'sequence':
      return [...condition.steps, ...(condition.not ? [condition.not] : [])].some(
        (step) => step.event === '' || blankFilter(step.where),
      )
    case 'random':
    case 'member':
    case 'all':
    case 'any':
    case 'not':
      return false
  }
}

function blankMeasure({ measure }: Extract<Condition, { kind: 'event' }>): boolean {
  return 'path' in measure && measure.path === ''
}

function blankTest(test: TraitTest): boolean {
  if ('value' in test && test.value === '') return true
  return 'values' in test && test.values.length === 0
}

// A filter is small plain data: any empty text or empty list in it is a blank.
function blankFilter(filter: unknown): boolean {
  if (filter === '') return true
  if (Array.isArray(filter)) return filter.length === 0 || filter.some(blankFilter)
  if (typeof filter !== 'object' || filter === null) return false
  // No campaign has the number 0: it is not chosen yet.
  if ('path' in filter && filter.path === 'campaign_id' && 'is' in filter)
    return JSON.stringify(filter.is).includes('"value":0')
  return Object.values(filter).some(blankFilter)
}

/** What was left out of the tree that is sent moves its paths: the path in the full tree of a path in the sent one. */
export function pathInFull(root: Group, sent: Path): Path {
  const full: (string | number)[] = []
  let here: unknown = root
  for (const step of sent) {
    let real = step
    if (typeof step === 'number' && Array.isArray(here)) {
      const kept = here.flatMap((one, index) => (filled(one as Condition) ? [index] : []))
      real = kept[step] ?? step
    }
    full.push(real)
    here = (here as Record<string | number, unknown> | undefined)?.[real]
    const kind = (here as { readonly kind?: string } | undefined)?.kind
    if (kind !== undefined && !['all', 'any', 'not'].includes(kind)) break
  }
  return full
}

/** The path of the condition that a refusal of the server speaks of: `definition.where.of.1.window` -> `['of', 1]`. */
export function placeOf(root: Group, field: string | undefined): Path | undefined {
  if (!field?.startsWith('definition')) return undefined
  const steps = field
    .split('.')
    .slice(2)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  const sent = asked(root)?.where
  if (!sent) return undefined
  const path: (string | number)[] = []
  let here: unknown = sent
  for (const step of steps) {
    const kind = (here as { readonly kind?: string } | undefined)?.kind
    if (kind !== undefined && !['all', 'any', 'not'].includes(kind)) break
    here = (here as Record<string | number, unknown> | undefined)?.[step]
    if (here === undefined) break
    path.push(step)
  }
  return pathInFull(root, path)
}
