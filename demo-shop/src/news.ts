import { categoryOf, type Product, products } from './catalog.ts'
import type { Message } from './danggol.provider.ts'
import { asProducts, linesOf } from './pages/buying.ts'
import { type Consents, consentWording, type Member, type Order } from './session.ts'

/** Whom the shop's server speaks about: its member, and the device the SDK named in its cookie. */
export type Who = { readonly userId?: string; readonly anonymousId?: string }

/** What a new member means to Danggol: who they are, that they joined, and what they agreed to. */
export function joined(member: Member, who: Who): readonly Message[] {
  const timestamp = new Date(member.joinedAt).toISOString()
  const traits = { name: member.name, email: member.email, joined_at: timestamp }
  return [
    {
      type: 'identify',
      messageId: `${member.id}:identify`,
      timestamp,
      ...who,
      userId: member.id,
      traits,
    },
    {
      type: 'track',
      messageId: `${member.id}:joined`,
      timestamp,
      ...who,
      userId: member.id,
      event: 'Signed Up',
      properties: { method: 'email' },
    },
    ...consentChanges(member, { given: member.consents, cause: 'join' }),
  ]
}

/** The `Consent Changed` scope of each box. */
export const consentScopes = {
  personalData: 'personal_data_marketing',
  emailAds: 'ad_day',
  nightAds: 'ad_night',
} as const

type ConsentForm = {
  readonly given: Consents
  /** Makes the messageIds: the same form sent twice changes once. */
  readonly cause: string
  readonly before?: Consents
}

/** `Consent Changed` for each box that differs from before. A box left unticked says nothing. */
export function consentChanges(member: Member, change: ConsentForm): readonly Message[] {
  const { given, cause, before } = change
  return (Object.keys(consentScopes) as readonly (keyof Consents)[]).flatMap((box) => {
    if ((before?.[box] ?? false) === given[box]) return []
    return [
      {
        type: 'track',
        messageId: `${member.id}:${cause}:${consentScopes[box]}`,
        userId: member.id,
        event: 'Consent Changed',
        properties: {
          channel: 'email',
          kind: given[box] ? 'grant' : 'withdraw',
          scope: consentScopes[box],
          wording: consentWording,
          evidence: { form: before ? '/me' : '/join' },
        },
      },
    ]
  })
}

export function ordered(order: Order, who: Who): Message {
  return {
    type: 'track',
    messageId: `order:${order.id}`,
    timestamp: new Date(order.at).toISOString(),
    ...who,
    event: 'Order Completed',
    properties: {
      order_id: order.id,
      revenue: order.goods,
      shipping: order.shipping,
      total: order.goods + order.shipping,
      currency: 'KRW',
      payment_method: order.payment,
      products: asProducts(linesOf(order.lines)),
    },
  }
}

/** The catalogue as `Product Updated`; `edition` names the state, so that an unchanged one is told once. */
export function catalogue(shopUrl: string, edition: string): readonly Message[] {
  return products.map((product: Product) => ({
    type: 'track',
    messageId: `product:${product.id}:${edition}`,
    userId: 'catalogue',
    event: 'Product Updated',
    properties: {
      product_id: product.id,
      name: product.name,
      category: categoryOf(product.category)?.name,
      price: product.price,
      currency: 'KRW',
      stock: product.stock,
      url: `${shopUrl}/products/${product.id}`,
      image_url: `${shopUrl}/pictures/${product.picture}.svg`,
    },
  }))
}
