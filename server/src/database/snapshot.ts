import { z } from 'zod'

/** What a backup knows about PostgreSQL beside the rows: enough to lay them out again in an empty database. */
export const DatabaseSnapshot = z.object({
  /** Migrations the rows were written under; restore runs these before loading, and newer ones after. */
  migrations: z.array(z.string()),
  /** In an order in which every row finds what it refers to. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number() })),
  /** Partitions made while running (days, months): rows of a day go where that day lived. */
  partitions: z.array(z.object({ name: z.string(), parent: z.string(), bound: z.string() })),
  sequences: z.array(z.object({ name: z.string(), lastValue: z.number(), isCalled: z.boolean() })),
  /** By shop: the newest log position, how far the line got, and how far history is complete. */
  positions: z.array(
    z.object({ shop: z.number(), head: z.number(), line: z.number(), history: z.number() }),
  ),
})
export type DatabaseSnapshot = z.infer<typeof DatabaseSnapshot>

/**
 * Orders names so that each comes after all it refers to (a table after those its foreign keys name; a reference to itself
 * does not count). Throws when names refer to each other in a ring: no order of loading exists then.
 */
export function inOrderOfReference(
  names: readonly string[],
  references: readonly { readonly from: string; readonly to: string }[],
): readonly string[] {
  const ordered: string[] = []
  let left = [...names]
  while (left.length > 0) {
    const free = left.filter(
      (name) =>
        !references.some((one) => one.from === name && one.to !== name && left.includes(one.to)),
    )
    if (free.length === 0)
      throw new Error(`tables refer to each other in a ring: ${left.join(', ')}`)
    ordered.push(...free)
    left = left.filter((name) => !free.includes(name))
  }
  return ordered
}
