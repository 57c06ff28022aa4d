import { createHmac, randomUUID } from 'node:crypto'
import type { Clock } from '../../lib/clock.ts'

export type Consented = { readonly state: string; readonly at: number | null }
export type ShopCustomer = {
  readonly id: number
  readonly at: number
  updatedAt: number
  readonly first: string
  readonly last: string
  readonly email: string
  readonly phone: string
  mail: Consented
  sms: Consented
}
export type ShopProduct = {
  readonly id: number
  updatedAt: number
  readonly title: string
  readonly price: number
  readonly before: number | null
  readonly stock: number | null
}
export type ShopOrder = {
  readonly id: number
  readonly at: number
  updatedAt: number
  paidAt: number | null
  cancelledAt: number | null
  readonly customer: number | null
  readonly buyer: { readonly name: string; readonly email: string; readonly phone: string }
  readonly lines: readonly {
    readonly product: number
    readonly title: string
    readonly variant: string | null
    readonly quantity: number
    readonly price: number
  }[]
  readonly fee: number
  readonly total: number
  readonly codes: readonly string[]
  readonly refunds: {
    readonly id: number
    readonly at: number
    readonly amount: number
    readonly lines: readonly { readonly line: number; readonly quantity: number }[]
  }[]
}
type ShopRefund = ShopOrder['refunds'][number]

export type ShopCoupon = {
  readonly id: number
  readonly at: number
  readonly title: string
  readonly code: string
  readonly endsAt: string | null
  readonly usageLimit: number
  readonly context: { readonly customers: { readonly add: readonly string[] } }
}

/** A webhook as it is posted; whoever holds it may lose it, repeat it, or bring it late. */
export type Delivery = {
  /** null: to the address in the app itself, where privacy's topics go. */
  readonly url: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The shop's own app, as its owner made it in the Dev Dashboard. */
export const testApp = { clientId: 'shopify-client-id', clientSecret: 'shopify-client-secret' }

/** A shop at Shopify, as far as its Admin API and webhooks show it: what happens in it leaves webhooks to be delivered. */
export function shopifyShop(clock: Pick<Clock, 'now'>) {
  const customers = new Map<number, ShopCustomer>()
  const products = new Map<number, ShopProduct>()
  const orders = new Map<number, ShopOrder>()
  const webhooks: { readonly id: number; readonly topic: string; readonly uri: string }[] = []
  const deliveries: Delivery[] = []
  const coupons: ShopCoupon[] = []
  let made = 1_000

  /** Privacy's topics are set in the app itself: they come whatever is subscribed. */
  function tell(topic: string, told: unknown): void {
    const wanted = webhooks.filter((one) => one.topic === topic.toUpperCase().replace('/', '_'))
    for (const { uri } of wanted) deliveries.push(delivered(topic, told, uri))
    if (topic.endsWith('redact') || topic.endsWith('data_request'))
      deliveries.push(delivered(topic, told, null))
  }
  function changeOrder(id: number, change: (order: ShopOrder) => void): void {
    const order = orders.get(id)
    if (!order) return
    change(order)
    order.updatedAt = clock.now()
    tell('orders/updated', { id, name: `#${id}` })
  }
  function chooses(id: number, what: Partial<Pick<ShopCustomer, 'mail' | 'sms'>>): void {
    const customer = customers.get(id)
    if (!customer) return
    Object.assign(customer, what, { updatedAt: clock.now() })
    if (what.mail)
      tell('customers_email_marketing_consent/update', {
        customer_id: id,
        email_marketing_consent: {},
      })
    if (what.sms)
      tell('customers_marketing_consent/update', { id, phone: '', sms_marketing_consent: {} })
  }

  return {
    ...{ customers, products, orders, webhooks, deliveries, coupons, chooses, tell },
    nextId: (): number => ++made,
    offer: (what: Omit<ShopCoupon, 'id' | 'at'>): ShopCoupon => {
      const coupon = { ...what, id: ++made, at: clock.now() }
      coupons.push(coupon)
      return coupon
    },
    join: (who: Omit<ShopCustomer, 'id' | 'at' | 'updatedAt'> & { readonly at?: number }) => {
      const at = who.at ?? clock.now()
      const customer: ShopCustomer = { ...who, id: ++made, at, updatedAt: at }
      customers.set(customer.id, customer)
      tell('customers/create', { id: customer.id })
      return customer
    },
    leave: (id: number): void => {
      customers.delete(id)
      tell('customers/delete', { id })
    },
    sell: (product: Omit<ShopProduct, 'id' | 'updatedAt'>): ShopProduct => {
      const row = { ...product, id: ++made, updatedAt: clock.now() }
      products.set(row.id, row)
      tell('products/create', { id: row.id })
      return row
    },
    order: (what: Omit<ShopOrder, 'id' | 'updatedAt' | 'refunds' | 'cancelledAt'>): ShopOrder => {
      const updatedAt = what.paidAt ?? what.at
      const order: ShopOrder = { ...what, id: ++made, updatedAt, cancelledAt: null, refunds: [] }
      orders.set(order.id, order)
      tell('orders/create', { id: order.id, name: `#${order.id}` })
      return order
    },
    pay: (id: number): void =>
      changeOrder(id, (order) => {
        order.paidAt = clock.now()
      }),
    cancel: (id: number): void =>
      changeOrder(id, (order) => {
        order.cancelledAt = clock.now()
      }),
    refund: (
      id: number,
      refund: Omit<ShopRefund, 'id' | 'at'> & { readonly at?: number },
    ): void => {
      changeOrder(id, (order) => {
        order.refunds.push({ ...refund, id: ++made, at: refund.at ?? clock.now() })
      })
      tell('refunds/create', { id: made, order_id: id })
    },
  }
}
export type ShopifyShop = ReturnType<typeof shopifyShop>

/** Signed with the app's secret over the body; every delivery has its own id, the same when it comes again. */
function delivered(topic: string, told: unknown, url: string | null): Delivery {
  const body = JSON.stringify(told)
  return {
    url,
    headers: {
      'x-shopify-topic': topic,
      'x-shopify-webhook-id': randomUUID(),
      'x-shopify-shop-domain': 'onshop.myshopify.com',
      'x-shopify-hmac-sha256': createHmac('sha256', testApp.clientSecret)
        .update(body)
        .digest('base64'),
    },
    body,
  }
}
