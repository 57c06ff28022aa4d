import { z } from 'zod'

/** Query of every list: keyset paging, never offsets. `after` is the opaque `next` of the page before. */
export const PageQuery = z.object({
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type PageQuery = z.infer<typeof PageQuery>

/** A page of a list; `next` is null on the last one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** An opaque cursor from the sort keys of the last row of a page. */
export function encodeCursor(keys: readonly (string | number)[]): string {
  return encodeURIComponent(JSON.stringify(keys))
}

/** The sort keys of a cursor, or undefined when it is not one of ours (a refusal for the caller to make). */
export function decodeCursor(cursor: string): readonly (string | number)[] | undefined {
  try {
    const keys: unknown = JSON.parse(decodeURIComponent(cursor))
    if (!Array.isArray(keys)) return undefined
    return keys.every((key) => typeof key === 'string' || typeof key === 'number')
      ? keys
      : undefined
  } catch {
    return undefined
  }
}
