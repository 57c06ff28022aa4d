import type { Catalog } from '../catalog/catalog.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { readShelf } from './shelf.store.ts'
import type { Shelved } from './tables.ts'

/** Products of a shop that are recommended; of more, those that came last. */
const shelfLimit = 20_000

/** The shop's products as they are now. */
export async function readWholeShelf(
  { db, catalog }: { readonly db: Database; readonly catalog: Pick<Catalog, 'sensitiveOf'> },
  shop: ShopId,
): Promise<readonly Shelved[]> {
  const rows = await readShelf(db, shop, shelfLimit)
  const ids = rows.map((row) => row.id)
  const sensitive = await catalog.sensitiveOf(db, shop, ids)
  return rows.map((row) => ({ ...row, isSensitive: sensitive.has(row.id) }))
}
