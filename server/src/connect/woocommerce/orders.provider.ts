import type { PlatformSession } from '../platform/call.ts'
import type { Page, PageAsked } from '../platform/platform.ts'
import { readRows } from '../platform/read-rows.ts'
import { orderOf, WooOrder, WooRefund } from './order-rows.ts'
import { changedPage, listIn, objectIn, pageRows } from './pages.provider.ts'

/** A page of the orders that changed, with their refunds; those thrown away come after the others. */
export async function ordersOf(session: PlatformSession, asked: PageAsked): Promise<Page> {
  const lists = ['any', 'trash']
  const { told, rest } = await changedPage(session, asked, { path: '/orders', lists })
  const refunds = new Map<string, readonly WooRefund[]>()
  for (const one of told) {
    const read = WooOrder.safeParse(one)
    if (read.success) refunds.set(read.data.id, await refundsOf(session, read.data))
  }
  const row = (read: WooOrder) => orderOf(read, refunds.get(read.id) ?? [])
  return { ...readRows(told, { schema: WooOrder, idKey: 'id', row }), ...rest }
}

export async function oneOrder(session: PlatformSession, id: string) {
  const read = objectIn(await session.call({ method: 'get', path: `/orders/${id}` }), WooOrder)
  const row = read && orderOf(read, await refundsOf(session, read))
  return row === 'none' ? undefined : row
}

/** An order names its refunds; what came back stands in each. Nobody is asked where there are none. */
async function refundsOf(session: PlatformSession, order: WooOrder): Promise<readonly WooRefund[]> {
  if ((order.refunds ?? []).length === 0) return []
  const path = `/orders/${order.id}/refunds`
  const answer = await session.call({ method: 'get', path, query: { per_page: `${pageRows}` } })
  // The order went between the two calls: what changed is looked at again.
  if (answer.status === 404) return []
  return listIn(answer).map((one) => WooRefund.parse(one))
}
