import { z } from 'zod'
import { secondMs } from '../../lib/duration.ts'
import { PlatformTrouble } from '../platform/call.driver.ts'
import type { PlatformAnswer, PlatformSession } from '../platform/call.ts'
import type { Page, PageAsked } from '../platform/platform.ts'
import { wooText, wooTime } from './values.ts'

/** The most rows that a page has. */
export const pageRows = 100

/** The list of an answer; one without it is trouble. */
export function listIn(answer: PlatformAnswer): readonly unknown[] {
  const { body, status } = answer
  if (status === 200 && Array.isArray(body)) return body
  throw new PlatformTrouble('refused', 'The answer is no list of the WooCommerce API.', status)
}

/** Rows of the whole look, which only its first page is asked for. */
export function totalIn(answer: PlatformAnswer, isFirst: boolean): { readonly total?: number } {
  const total = Number(answer.headers['x-wp-total'] ?? Number.NaN)
  return isFirst && Number.isFinite(total) ? { total } : {}
}

/** The object of an answer; undefined: the shop has none. */
export function objectIn<T>(answer: PlatformAnswer, schema: z.ZodType<T>): T | undefined {
  if (answer.status === 404) return undefined
  const read = schema.safeParse(answer.body)
  if (read.success) return read.data
  throw new PlatformTrouble('refused', 'The answer cannot be read.', answer.status)
}

/** Where a look at what changed stands: the last time that was whole, and the page of what lies after it. */
const ChangeCursor = z.object({ list: z.number(), after: z.number(), page: z.number() })

/**
 * One page of what changed, oldest first. Pages go by the time of change instead of by number: what changes meanwhile moves to the end,
 * and would push others over a page's edge. `lists` are looked at one after another (`status=any` leaves the trash out).
 */
export async function changedPage(
  session: PlatformSession,
  asked: PageAsked,
  where: { readonly path: string; readonly lists: readonly string[] },
): Promise<{ readonly told: readonly unknown[]; readonly rest: Pick<Page, 'next' | 'total'> }> {
  const first = { list: 0, after: (asked.window?.from ?? secondMs) - secondMs, page: 1 }
  const at = asked.cursor ? ChangeCursor.parse(JSON.parse(asked.cursor)) : first
  const answer = await session.call({
    method: 'get',
    path: where.path,
    query: {
      status: where.lists[at.list] ?? 'any',
      modified_after: wooText(at.after),
      ...{ dates_are_gmt: 'true', orderby: 'modified', order: 'asc' },
      ...{ per_page: `${pageRows}`, page: `${at.page}` },
    },
  })
  const told = listIn(answer)
  const next = nextOf(at, { told, lists: where.lists.length, first })
  const rest = { next: next ? JSON.stringify(next) : null, ...totalIn(answer, !asked.cursor) }
  return { told, rest }
}

function nextOf(
  at: z.infer<typeof ChangeCursor>,
  how: {
    readonly told: readonly unknown[]
    readonly lists: number
    readonly first: z.infer<typeof ChangeCursor>
  },
): z.infer<typeof ChangeCursor> | undefined {
  const { told, lists, first } = how
  if (told.length < pageRows)
    return at.list + 1 < lists ? { ...first, list: at.list + 1 } : undefined
  const text: unknown = Reflect.get(Object(told.at(-1)), 'date_modified_gmt')
  const last = typeof text === 'string' ? wooTime(text) : null
  // More than a page changed in one second: on with the next page of it.
  if (last === null || last - secondMs <= at.after) return { ...at, page: at.page + 1 }
  return { ...at, after: last - secondMs, page: 1 }
}
