import type { JsonObject } from '../../lib/json.ts'
import { PlatformTrouble } from '../platform/call.driver.ts'
import type { PlatformAnswer } from '../platform/call.ts'
import type { Page } from '../platform/platform.ts'
import type { PlatformRow } from '../platform/rows.ts'

/** 404 says that there is none; an answer that cannot be read says nothing of the kind. */
export function gone(answer: PlatformAnswer): undefined {
  if (answer.status === 404) return undefined
  throw new PlatformTrouble('refused', 'The answer cannot be read.', answer.status)
}

/** What stands under this name; the first where it is a list. */
export function inside(answer: PlatformAnswer, key: string): unknown {
  const body = answer.body as JsonObject | undefined
  const value = body?.[key]
  return Array.isArray(value) ? value[0] : value
}

/** The list under this name; an answer without it is trouble. */
export function rowsIn(answer: PlatformAnswer, key: string): readonly unknown[] {
  const value = (answer.body as JsonObject | undefined)?.[key]
  if (answer.status !== 200 || !Array.isArray(value)) {
    throw new PlatformTrouble('refused', `The answer has no ${key}.`, answer.status)
  }
  return value
}

const idKeys = ['order_id', 'member_id', 'product_no'] as const

/** The rows of a page, and those that could not be read. */
export function each(
  told: readonly unknown[],
  read: (one: unknown) => PlatformRow | undefined,
): Pick<Page, 'rows' | 'refused'> {
  const rows: PlatformRow[] = []
  const refused: { id: string; why: string }[] = []
  for (const one of told) {
    const row = read(one)
    if (row) rows.push(row)
    else refused.push({ id: idOf(one), why: 'It is written in a way that is not known here.' })
  }
  return { rows, refused }
}

function idOf(one: unknown): string {
  const object = one as JsonObject | null
  const key = idKeys.find((name) => object?.[name] !== undefined)
  return key ? String(object?.[key]).slice(0, 200) : ''
}
