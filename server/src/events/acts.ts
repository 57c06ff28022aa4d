import type { Placed } from './happening.ts'

/** What the shop does to a customer: nobody has to be there for it. */
const doneByShop: ReadonlySet<string> = new Set([
  'Coupon Issued',
  'Order Delivered',
  'Order Refunded',
  'Order Shipped',
  'Order Updated',
  'Points Changed',
])

/**
 * Whether its person did it: an event, unless it is what the shop does to them, and who they said they are on a device. What a server
 * or a platform knows of somebody (`Identified` without a device) is no sign of life.
 */
export function isOwnAct(happening: Pick<Placed, 'kind' | 'name' | 'ids'>): boolean {
  if (happening.kind === 'event') return !doneByShop.has(happening.name)
  return happening.kind === 'identify' && happening.ids.anonymous !== undefined
}
