import { cafe24Routes } from '../connect/cafe24/cafe24.routes.ts'
import type { Cafe24 } from '../connect/cafe24/cafe24.service.ts'
import { connectionsRoutes } from '../connect/platform/connections.routes.ts'
import type { Connections } from '../connect/platform/connections.service.ts'
import { shopifyRoutes } from '../connect/shopify/shopify.routes.ts'
import type { Shopify } from '../connect/shopify/shopify.service.ts'
import { woocommerceRoutes } from '../connect/woocommerce/woocommerce.routes.ts'
import type { WooCommerce } from '../connect/woocommerce/woocommerce.service.ts'
import type { Route } from '../web/route.ts'

export type PlatformRoutesNeeds = {
  readonly connections: Connections
  readonly cafe24: Cafe24
  readonly shopify: Shopify
  readonly woocommerce: WooCommerce
}

/** Shops on platforms: each one's way in, then the connections, by id: a platform's name is none. */
export function platformRoutes(needs: PlatformRoutesNeeds): readonly Route[] {
  return [
    ...cafe24Routes(needs.cafe24),
    ...shopifyRoutes(needs.shopify),
    ...woocommerceRoutes(needs.woocommerce),
    ...connectionsRoutes(needs.connections),
  ]
}
