import { catalogRoutes } from '../catalog/catalog.routes.ts'
import type { Catalog } from '../catalog/catalog.service.ts'
import { catalogDeskRoutes } from '../catalog/desk.routes.ts'
import { feedsRoutes } from '../connect/feeds/feeds.routes.ts'
import type { Feeds } from '../connect/feeds/feeds.service.ts'
import type { ProductWords } from '../events/product-words.service.ts'
import type { Clock } from '../lib/clock.ts'
import { seenRoutes } from '../onsite/seen.routes.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Route } from '../web/route.ts'

export type CatalogueRoutesNeeds = {
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly tenants: Shops
  readonly products: Catalog
  readonly catalogue: {
    readonly words: ProductWords
    readonly feeds: Feeds
    readonly news: { readonly wake: () => void }
  }
}

/** Products, what is known around them, the feeds they come from, and who saw them in messages on pages. */
export function catalogueRoutes(needs: CatalogueRoutesNeeds): readonly Route[] {
  const { warehouse, clock, tenants, products, catalogue } = needs
  const tell = catalogue.words.tellAndWait
  return [
    ...catalogRoutes({ catalog: products, clock, audit: tenants.audit, tell }),
    ...catalogDeskRoutes({
      catalog: products,
      warehouse,
      clock,
      shops: tenants,
      onTold: catalogue.news.wake,
    }),
    ...feedsRoutes(catalogue.feeds),
    ...seenRoutes({ warehouse, catalog: products }),
  ]
}
