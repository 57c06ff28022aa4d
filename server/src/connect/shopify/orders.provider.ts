import { z } from 'zod'
import type { PlatformSession } from '../platform/call.ts'
import type { Page, PageAsked } from '../platform/platform.ts'
import { readRows } from '../platform/read-rows.ts'
import { gid, graph, Nodes } from './graph.provider.ts'
import {
  orderOf,
  ShopifyLine,
  ShopifyOrder,
  ShopifyRefund,
  ShopifyRefundLine,
} from './order-rows.ts'
import {
  costs,
  linesQuery,
  orderQuery,
  ordersQuery,
  refundLinesQuery,
  refundsQuery,
} from './queries.ts'

/** A page of the orders that changed. Lines beyond the tenth, refunds and what came back with each are asked for where there are some. */
export async function ordersOf(session: PlatformSession, asked: PageAsked): Promise<Page> {
  const { window, cursor: after } = asked
  const query = window ? `updated_at:>='${new Date(window.from).toISOString()}'` : null
  const answer = await graph(
    session,
    { query: ordersQuery, variables: { after, query }, cost: costs.orders },
    z.object({ orders: Nodes }),
  )
  const { nodes, pageInfo } = answer.orders
  const more = new Map<string, Awaited<ReturnType<typeof restOf>>>()
  for (const one of nodes) {
    const read = ShopifyOrder.safeParse(one)
    if (read.success) more.set(read.data.id, await restOf(session, read.data))
  }
  const row = (read: ShopifyOrder) => orderOf(read, more.get(read.id) ?? { lines: [], refunds: [] })
  return {
    ...readRows(nodes, { schema: ShopifyOrder, idKey: 'id', row }),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  }
}

export async function oneOrder(session: PlatformSession, id: string) {
  const asked = { query: orderQuery, variables: { id: gid('Order', id) }, cost: costs.order }
  const { order } = await graph(session, asked, z.object({ order: ShopifyOrder.nullable() }))
  const row = order && orderOf(order, await restOf(session, order))
  return row === null || row === 'none' ? undefined : row
}

async function restOf(session: PlatformSession, order: ShopifyOrder) {
  return {
    lines: await linesAfter(session, order),
    refunds: (order.refunds ?? []).length === 0 ? [] : await refundsOf(session, order.id),
  }
}

async function linesAfter(
  session: PlatformSession,
  order: ShopifyOrder,
): Promise<readonly ShopifyLine[]> {
  const found: ShopifyLine[] = []
  let { pageInfo } = order.lineItems
  while (pageInfo.hasNextPage) {
    const variables = { id: gid('Order', order.id), after: pageInfo.endCursor }
    const page = await graph(
      session,
      { query: linesQuery, variables, cost: costs.lines },
      z.object({ order: z.object({ lineItems: Nodes }).nullable() }),
    )
    // The order was deleted between the two calls: that is told by its webhook.
    if (!page.order) return found
    found.push(...page.order.lineItems.nodes.map((one) => ShopifyLine.parse(one)))
    pageInfo = page.order.lineItems.pageInfo
  }
  return found
}

async function refundsOf(session: PlatformSession, id: string): Promise<readonly ShopifyRefund[]> {
  const answer = await graph(
    session,
    { query: refundsQuery, variables: { id: gid('Order', id) }, cost: costs.refunds },
    z.object({ order: z.object({ refunds: z.array(ShopifyRefund) }).nullable() }),
  )
  const found: ShopifyRefund[] = []
  for (const refund of answer.order?.refunds ?? [])
    found.push({ ...refund, lines: await refundLinesOf(session, refund.id) })
  return found
}

async function refundLinesOf(
  session: PlatformSession,
  id: string,
): Promise<ShopifyRefund['lines']> {
  const found: z.output<typeof ShopifyRefundLine>[] = []
  for (let after: string | null = null; ; ) {
    const page: z.output<typeof RefundPage> = await graph(
      session,
      { query: refundLinesQuery, variables: { id: gid('Refund', id), after }, cost: costs.small },
      RefundPage,
    )
    // It was deleted between the two calls.
    if (!page.refund) return found
    const { nodes, pageInfo } = page.refund.refundLineItems
    found.push(...nodes.map((one) => ShopifyRefundLine.parse(one)))
    if (!pageInfo.hasNextPage) return found
    after = pageInfo.endCursor
  }
}
const RefundPage = z.object({ refund: z.object({ refundLineItems: Nodes }).nullable() })
