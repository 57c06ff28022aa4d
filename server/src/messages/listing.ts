import { z } from 'zod'
import { maskName } from '../customers/mask-name.ts'
import { Refusal } from '../lib/refusal.ts'
import { decodeCursor, encodeCursor, PageQuery } from '../web/page.ts'
import type { Actor } from '../web/route.ts'

/** Roles that may look at lists; names are masked for those who need not know them. */
export const readers = ['marketer', 'developer', 'viewer'] as const

/** The id in a path. */
export const IdParams = z.object({ id: z.coerce.number().int().positive() })

const Words = z.object({ ko: z.string(), en: z.string() })

/** The rule of law or of a channel behind a refusal (law.ts). */
export const ShownRule = z.object({ article: Words, text: Words, reviewed: z.string() })

/** What every list of this room can be narrowed by. */
export const Filter = PageQuery.extend({
  campaign: z.coerce.number().int().positive().optional(),
  customer: z.coerce.number().int().positive().optional(),
})
/** Shows a name, or masks it, by who asks. */
export function nameFor(actor: Actor): (name: string | null) => string | null {
  return actor.role === 'owner' || actor.role === 'marketer' ? (name) => name : maskName
}

/** The id a page begins before; refuses a cursor that is not ours. */
export function beforeOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const [id] = decodeCursor(cursor) ?? []
  if (typeof id !== 'number') {
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  }
  return id
}

/** The cursor of the next page; null after the last. */
export function nextOf(rows: readonly { readonly id: number }[], limit: number): string | null {
  const last = rows.at(-1)
  return rows.length === limit && last ? encodeCursor([last.id]) : null
}
