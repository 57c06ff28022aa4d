import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type ImportRow = {
  readonly state: 'running' | 'done'
  readonly done: number
  readonly total: number
  readonly startedAt: number
}

/** The import's row; made when the file is new, as it stands when it was begun before. */
export async function beginImport(
  db: Database,
  shop: ShopId,
  made: {
    readonly id: string
    readonly kind: string
    readonly fileName: string
    readonly total: number
    readonly totals: string
    readonly now: number
  },
): Promise<ImportRow> {
  const rows = await db<ImportRow[]>`
    insert into imports (shop, id, kind, file_name, state, total, totals, started_at, updated_at)
    values (${shop}, ${made.id}, ${made.kind}, ${made.fileName}, 'running', ${made.total}, ${made.totals}, ${made.now}, ${made.now})
    on conflict (shop, id) do update set updated_at = excluded.updated_at
    returning state, done, total, started_at as "startedAt"`
  return rows[0] ?? { state: 'running', done: 0, total: made.total, startedAt: made.now }
}

/** How many lines of an import of the command line are done, by `now` (milliseconds). */
export async function noteProgress(
  db: Database,
  shop: ShopId,
  progress: {
    readonly id: string
    readonly done: number
    readonly isDone: boolean
    readonly now: number
  },
): Promise<void> {
  await db`
    update imports set done = ${progress.done}, updated_at = ${progress.now}, state = ${progress.isDone ? 'done' : 'running'}
    where shop = ${shop} and id = ${progress.id}`
}
