import {
  AssignTag,
  analyzeSync,
  EchoTag,
  type Template as LiquidTemplate,
  Output,
  toValueSync,
  Value,
} from 'liquidjs'
import { factAt, facts } from '../facts/catalogue.ts'
import type { JsonObject } from '../lib/json.ts'
import { isJsonObject, type Json } from '../lib/json.ts'
import type { Template, TemplateFault } from './template.ts'

/** What is known of the person and stands under `customer` beside the facts. */
const profile: ReadonlySet<string> = new Set(['name'])
/** `visit` is where the newest visit came from. */
const visitPath = 'inflow.last'
/** What Liquid itself knows of a list or text. */
const ofLists: ReadonlySet<string> = new Set(['size', 'first', 'last'])

/** Something a template says of facts that would not do: a fact there is none of, or one without a fallback. */
export type FactFault = TemplateFault & {
  readonly kind: 'unknown' | 'no-fallback'
  /** The fact as it is shown to whoever wrote the template. */
  readonly shown: string
}

/**
 * Facts a template asks for, as paths of the catalogue: `{{ customer.favorite.category }}`, `{{ visit.source }}`. A path that
 * is only known when the message is drawn (`customer[name]`) asks for all of them.
 */
export function factsUsed(template: Template): readonly string[] {
  const used = new Set<string>()
  for (const { path } of mentions(template)) {
    if (path === undefined) return facts.map((fact) => fact.path)
    const known = factIn(path)
    if (known !== undefined) used.add(known)
  }
  return [...used]
}

/**
 * What is wrong with a template's facts. Each value that is written out needs `default`: most facts are missing for most
 * people, and a sentence with a hole is worse than none.
 */
export function factFaults(template: Template): readonly FactFault[] {
  const faults: FactFault[] = []
  for (const { path, line, column } of mentions(template)) {
    if (path === undefined || factIn(path) !== undefined) continue
    const message = `there is no fact "${path}"; the list of facts is in the guide`
    faults.push({ kind: 'unknown', shown: path, line, column, message })
  }
  for (const { path, line, column } of written(template.parsed)) {
    if (path !== undefined && factIn(path) === undefined) continue
    const shown = path ?? 'customer[...]'
    const message = `"${shown}" needs a fallback for people of whom it is not known: | default: '...'`
    faults.push({ kind: 'no-fallback', shown, line, column, message })
  }
  return faults
}

/** Only these paths of the facts: what a message keeps of a person is what it says. */
export function pickFacts(all: JsonObject, paths: readonly string[]): JsonObject {
  const picked: { [key: string]: Json } = {}
  for (const path of paths) {
    const keys = path.split('.')
    let from: Json | undefined = all
    for (const key of keys) from = isJsonObject(from) ? from[key] : undefined
    if (from === undefined) continue
    let to = picked
    for (const key of keys.slice(0, -1)) {
      const next = (to[key] ?? {}) as { [key: string]: Json }
      to[key] = next
      to = next
    }
    to[keys.at(-1) ?? ''] = from
  }
  return picked
}

/** What templates see of facts: under `customer` beside the name, and the newest visit's origin as `visit`. */
export function factScope(known: JsonObject): {
  readonly customer: JsonObject
  readonly visit: JsonObject
} {
  const inflow = known.inflow
  const last = isJsonObject(inflow) ? inflow.last : undefined
  return { customer: known, visit: isJsonObject(last) ? last : {} }
}

/** A place where a template speaks of the person; `path` is undefined when only drawing it tells which fact is meant. */
type Mention = TemplateFault & { readonly path: string | undefined }

function mentions({ parsed }: Template): readonly Omit<Mention, 'message'>[] {
  const { globals } = analyzeSync([...parsed] as LiquidTemplate[], { partials: false })
  return Object.values(globals)
    .flat()
    .flatMap((variable) => {
      const path = pathOf(variable.segments)
      return path === 'none'
        ? []
        : [{ path: path.path, line: variable.location.row, column: variable.location.col }]
    })
}

function pathOf(segments: readonly unknown[]): 'none' | { readonly path: string | undefined } {
  const [root, ...rest] = segments
  if (root !== 'customer' && root !== 'visit') return 'none'
  if (root === 'customer' && typeof rest[0] === 'string' && profile.has(rest[0])) return 'none'
  const keys = rest.slice(0, 3)
  if (keys.length === 0) return 'none'
  const named: string[] = []
  for (const key of keys) {
    if (typeof key === 'number' || (named.length > 0 && ofLists.has(String(key)))) {
      // `inflow.last` and `search.last` are facts, `cart.products.last` is the last of a list.
      if (typeof key === 'number' || factAt(named.join('.')) !== undefined) break
    }
    if (typeof key !== 'string') return { path: undefined }
    named.push(key)
  }
  return { path: [...(root === 'visit' ? [visitPath] : []), ...named].join('.') }
}

function factIn(path: string): string | undefined {
  return factAt(path)?.path
}

/** Facts that are written out, or kept under another name, without `default`. */
function written(templates: readonly LiquidTemplate[]): readonly Omit<Mention, 'message'>[] {
  return templates.flatMap((one) => {
    const own =
      one instanceof Output || one instanceof AssignTag || one instanceof EchoTag
        ? bareValues(one)
        : []
    const inside = one.children ? toValueSync(one.children(false, true)) : []
    return [...own, ...written(inside as LiquidTemplate[])]
  })
}

function bareValues(one: LiquidTemplate): readonly Omit<Mention, 'message'>[] {
  return [...(one.arguments?.() ?? [])].flatMap((argument) => {
    if (!(argument instanceof Value)) return []
    if (argument.filters.some((filter) => filter.name === 'default')) return []
    const bare = { ...one, arguments: () => argument.initial.postfix as never }
    return mentions({ parsed: [bare as unknown as LiquidTemplate], medium: 'text' })
  })
}
