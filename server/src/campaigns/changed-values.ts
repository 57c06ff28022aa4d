import { isJsonObject, type Json } from '../lib/json.ts'

/** A value of a setting or step that is another one now; null: there was none, or there is none any more. */
export type ChangedValue = {
  /** Where it stands, `content.body.blocks.0.text`; '' where the setting is the value. */
  readonly path: string
  readonly was: string | null
  readonly is: string | null
}

/** Most values that one difference tells, and of how many characters. */
const bounds = { values: 8, characters: 300 } as const

/** The single values in which two pieces of a flow differ, in the order of the newer one. */
export function changedValues(before: unknown, after: unknown): readonly ChangedValue[] {
  const [was, is] = [valuesOf(before), valuesOf(after)]
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((path) => was.get(path) !== is.get(path))
    .slice(0, bounds.values)
    .map((path) => ({ path, was: shown(was.get(path)), is: shown(is.get(path)) }))
}

function shown(text: string | undefined): string | null {
  if (text === undefined) return null
  return text.length > bounds.characters ? `${text.slice(0, bounds.characters)}…` : text
}

function valuesOf(piece: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const walk = (value: Json, path: readonly string[]): void => {
    if (value === null) return
    if (Array.isArray(value) || isJsonObject(value)) {
      for (const [key, inner] of Object.entries(value)) walk(inner as Json, [...path, key])
      return
    }
    found.set(path.join('.'), String(value))
  }
  walk((piece ?? null) as Json, [])
  return found
}
