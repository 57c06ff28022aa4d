import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { seenOnPages } from './seen.store.ts'

/** What pages told of campaigns' messages, for those who report on them. */
export function seenReports({ warehouse }: { readonly warehouse: Warehouse }) {
  return {
    seen: (shop: ShopId, campaign: number) => seenOnPages(warehouse, shop, campaign),
  }
}
export type SeenReports = ReturnType<typeof seenReports>
