import { createHash, createHmac } from 'node:crypto'
import type { Clock } from '../../lib/clock.ts'
import {
  customerRow,
  orderRow,
  productRow,
  type ShopCustomer,
  type ShopOrder,
  type ShopProduct,
  type ShopRefund,
} from './woo-rows.contract.ts'

export type ShopWebhook = {
  readonly id: number
  readonly topic: string
  delivery_url: string
  secret: string
  status: 'active' | 'paused' | 'disabled'
  failures: number
}
/** A webhook as it is posted; whoever holds it may lose it, repeat it, or bring it late. */
export type Delivery = {
  readonly webhook: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
export type ShopCoupon = {
  readonly id: number
  readonly code: string
  readonly description: string
  readonly date_expires_gmt: string | null
} & Readonly<Record<string, unknown>>

/** A shop with WooCommerce, as far as its REST API and webhooks show it: what happens in it leaves webhooks to be delivered. */
export function wooShop(clock: Pick<Clock, 'now'>) {
  const customers = new Map<number, ShopCustomer>()
  const products = new Map<number, ShopProduct>()
  const orders = new Map<number, ShopOrder>()
  const coupons = new Map<number, ShopCoupon>()
  const webhooks: ShopWebhook[] = []
  const deliveries: Delivery[] = []
  let made = 100

  const tell = telling({ clock, webhooks, deliveries })
  const tellOrder = (event: string, order: ShopOrder): void =>
    tell(`order.${event}`, orderRow(order))
  function changeOrder(id: number, change: (order: ShopOrder) => void, event = 'updated'): void {
    const order = orders.get(id)
    if (!order) return
    change(order)
    order.modifiedAt = clock.now()
    tellOrder(event, order)
  }

  return {
    ...{ customers, products, orders, coupons, webhooks, deliveries },
    nextId: (): number => ++made,
    join: (who: Omit<ShopCustomer, 'id' | 'modifiedAt' | 'at'> & { readonly at?: number }) => {
      const at = who.at ?? clock.now()
      const customer: ShopCustomer = { ...who, id: ++made, at, modifiedAt: at }
      customers.set(customer.id, customer)
      tell('customer.created', customerRow(customer))
      return customer
    },
    change: (id: number, change: Partial<ShopCustomer>): void => {
      const before = customers.get(id)
      if (!before) return
      const after = { ...before, ...change, modifiedAt: clock.now() }
      customers.set(id, after)
      tell('customer.updated', customerRow(after))
    },
    leave: (id: number): void => {
      customers.delete(id)
      // WordPress makes the orders of an account that is deleted a guest's.
      for (const order of orders.values()) if (order.customer === id) order.customer = 0
      tell('customer.deleted', { id })
    },
    sell: (product: Omit<ShopProduct, 'id' | 'modifiedAt'>): ShopProduct => {
      const row = { ...product, id: ++made, modifiedAt: clock.now() }
      products.set(row.id, row)
      tell('product.created', productRow(row))
      return row
    },
    order: (what: Omit<ShopOrder, 'id' | 'modifiedAt' | 'refunds'>): ShopOrder => {
      const order: ShopOrder = {
        ...what,
        id: ++made,
        modifiedAt: what.paidAt ?? what.at,
        refunds: [],
      }
      orders.set(order.id, order)
      tellOrder('created', order)
      return order
    },
    pay: (id: number): void =>
      changeOrder(id, (order) => {
        order.paidAt = clock.now()
        order.status = 'processing'
      }),
    cancel: (id: number): void =>
      changeOrder(id, (order) => {
        order.status = 'cancelled'
      }),
    refund: (id: number, refund: Omit<ShopRefund, 'id' | 'at'> & { readonly at?: number }): void =>
      changeOrder(id, (order) => {
        order.refunds.push({ ...refund, id: ++made, at: refund.at ?? clock.now() })
        const back = order.refunds.reduce((sum, { amount }) => sum + amount, 0)
        if (back >= order.total) order.status = 'refunded'
      }),
    trash: (id: number): void =>
      changeOrder(
        id,
        (order) => {
          order.status = 'trash'
        },
        'deleted',
      ),
    answered: (one: Delivery, status: number): void => heard(webhooks, one, status),
  }
}
export type WooShop = ReturnType<typeof wooShop>

/** Signed over the body; the delivery's id is made of the webhook and the second, as WooCommerce does. */
function telling(of: {
  readonly clock: Pick<Clock, 'now'>
  readonly webhooks: readonly ShopWebhook[]
  readonly deliveries: Delivery[]
}) {
  return (topic: string, told: unknown): void => {
    const body = JSON.stringify(told)
    for (const { id, secret, ...webhook } of of.webhooks) {
      if (webhook.topic !== topic || webhook.status !== 'active') continue
      const headers = {
        'x-wc-webhook-topic': topic,
        'x-wc-webhook-id': String(id),
        'x-wc-webhook-delivery-id': createHash('md5')
          .update(`${id}${Math.floor(of.clock.now() / 1_000)}`)
          .digest('hex'),
        'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
      }
      of.deliveries.push({ webhook: id, headers, body })
    }
  }
}

/** What the receiver answered: after more than five failures in a row the webhook is switched off, and nobody is told. */
function heard(webhooks: readonly ShopWebhook[], { webhook: id }: Delivery, status: number): void {
  const webhook = webhooks.find((one) => one.id === id)
  if (!webhook) return
  if (status < 303) webhook.failures = 0
  else if (webhook.failures > 5) webhook.status = 'disabled'
  else webhook.failures++
}
