import type { z } from 'zod'
import type { Page } from './platform.ts'
import type { PlatformRow } from './rows.ts'

/** How objects of one kind are read. */
export type Reading<T> = {
  readonly schema: z.ZodType<T>
  /** Names an object that could not be read: `id`. */
  readonly idKey: string
  /** undefined: it cannot be read. `none`: it is nothing that is brought over. */
  readonly row: (read: T) => PlatformRow | undefined | 'none'
}

/** The rows of an answer, and those that could not be read with why. */
export function readRows<T>(
  told: readonly unknown[],
  { schema, idKey, row }: Reading<T>,
): Required<Pick<Page, 'rows' | 'refused'>> {
  const read = told.map((one) => {
    const parsed = schema.safeParse(one)
    if (parsed.success) return { one, row: row(parsed.data), why: 'A time or amount is missing.' }
    const [issue] = parsed.error.issues
    return { one, row: undefined, why: `${issue?.path.join('.')}: ${issue?.message}`.slice(0, 200) }
  })
  return {
    rows: read.flatMap((each) => (each.row && each.row !== 'none' ? [each.row] : [])),
    refused: read.flatMap((each) =>
      each.row === undefined
        ? [{ id: String(Reflect.get(Object(each.one), idKey) ?? '').slice(0, 200), why: each.why }]
        : [],
    ),
  }
}
