import type { Happening } from '../../events/happening.ts'
import type { JsonObject } from '../../lib/json.ts'

/** Something a person does, so many hours before the end of the story. */
export type Deed = readonly [hoursBefore: number, name: string, properties?: JsonObject]

/** A made-up person, what they do, and the ready segments they must be in at the end; they are in no other. */
export type StoryPerson = {
  readonly who: string
  /** Known to the shop by an id of its own: a member. */
  readonly member?: boolean
  readonly does: readonly Deed[]
  readonly in: readonly string[]
}

const day = 24
const mug = { product_id: 'mug', name: '머그', price: 10_000, quantity: 1 }
const teapot = { product_id: 'teapot', name: '다관', price: 50_000, quantity: 1 }

let orders = 0
const order = (amount: number, more: JsonObject = {}): JsonObject => ({
  order_id: `o${++orders}`,
  revenue: amount,
  total: amount,
  currency: 'KRW',
  products: [{ ...mug, price: amount }],
  ...more,
})
const looks = (...days: readonly number[]): readonly Deed[] =>
  days.map((ago) => [ago * day, 'Product Viewed', { product_id: `p${ago}`, price: 1_000 }])

/** People for whom each ready segment was made, beside people who only just are not. */
export const story: readonly StoryPerson[] = [
  // Visited, did not join.
  {
    who: 'saw two pages',
    does: [
      [121, 'Page Viewed'],
      [120.8, 'Page Viewed'],
    ],
    in: ['visit_no_signup'],
  },
  {
    who: 'came on two days',
    does: [
      [240, 'Page Viewed'],
      [72, 'Page Viewed'],
    ],
    in: ['visit_no_signup'],
  },
  { who: 'saw one page', does: [[121, 'Page Viewed']], in: [] },
  {
    who: 'came long ago',
    does: [
      [31 * day, 'Page Viewed'],
      [31 * day - 0.1, 'Page Viewed'],
    ],
    in: [],
  },
  {
    who: 'is a member of old',
    member: true,
    does: [
      [40 * day, 'Signed Up'],
      [121, 'Page Viewed'],
      [120.8, 'Page Viewed'],
    ],
    in: ['active'],
  },
  // Searched.
  {
    who: 'searched',
    does: [[48, 'Products Searched', { query: '머그' }]],
    in: ['search_no_purchase'],
  },
  { who: 'searched for nothing', does: [[48, 'Products Searched']], in: [] },
  {
    who: 'searched last week',
    does: [[7 * day + 1, 'Products Searched', { query: '머그' }]],
    in: [],
  },
  {
    who: 'searched and bought',
    does: [
      [72, 'Products Searched', { query: '머그' }],
      [48, 'Order Completed', order(10_000)],
    ],
    in: ['one_time_buyer'],
  },
  {
    who: 'searched and carted',
    does: [
      [48, 'Products Searched', { query: '머그' }],
      [24, 'Product Added', mug],
    ],
    in: ['cart_abandonment', 'cart_holder'],
  },
  // Viewed a product again.
  {
    who: 'looked twice',
    does: [
      [72, 'Product Viewed', mug],
      [60, 'Product Viewed', mug],
    ],
    in: ['product_view_no_purchase'],
  },
  {
    who: 'looked twice just now',
    does: [
      [72, 'Product Viewed', mug],
      [3, 'Product Viewed', mug],
    ],
    in: [],
  },
  {
    who: 'looked at two things',
    does: [
      [72, 'Product Viewed', mug],
      [60, 'Product Viewed', teapot],
    ],
    in: [],
  },
  {
    who: 'looked twice and carted it',
    does: [
      [72, 'Product Viewed', mug],
      [60, 'Product Viewed', mug],
      [50, 'Product Added', mug],
    ],
    in: ['cart_abandonment', 'cart_holder'],
  },
  {
    who: 'looked twice and bought yesterday',
    does: [
      [72, 'Product Viewed', mug],
      [60, 'Product Viewed', mug],
      [20, 'Order Completed', order(9_000)],
    ],
    in: ['one_time_buyer'],
  },
  // Carted.
  { who: 'carted', does: [[2, 'Product Added', mug]], in: ['cart_abandonment', 'cart_holder'] },
  { who: 'carted just now', does: [[0.2, 'Product Added', mug]], in: ['cart_holder'] },
  { who: 'carted last week', does: [[5 * day, 'Product Added', mug]], in: ['cart_holder'] },
  {
    who: 'emptied the cart',
    does: [
      [5, 'Product Added', mug],
      [4, 'Product Removed', mug],
    ],
    in: [],
  },
  {
    who: 'bought the cart',
    does: [
      [5, 'Product Added', mug],
      [4, 'Order Completed', order(10_000)],
    ],
    in: ['one_time_buyer'],
  },
  {
    who: 'joined and carted',
    member: true,
    does: [
      [48, 'Signed Up'],
      [3, 'Product Added', mug],
    ],
    in: ['cart_abandonment', 'cart_holder', 'first_cart_limited_coupon', 'new_member'],
  },
  {
    who: 'bought once and carted again',
    member: true,
    does: [
      [40 * day, 'Signed Up'],
      [10 * day, 'Order Completed', order(10_000)],
      [3, 'Product Added', mug],
    ],
    in: ['cart_abandonment', 'cart_holder', 'one_time_buyer', 'active'],
  },
  // Left during payment.
  {
    who: 'left while paying',
    does: [
      [2.5, 'Product Added', mug],
      [2, 'Checkout Started', { value: 10_000 }],
    ],
    in: ['checkout_abandonment', 'cart_holder'],
  },
  {
    who: 'left at the card',
    does: [[2, 'Payment Info Entered', {}]],
    in: ['checkout_abandonment'],
  },
  { who: 'is paying', does: [[0.2, 'Checkout Started', { value: 10_000 }]], in: [] },
  {
    who: 'paid in the end',
    does: [
      [2, 'Checkout Started', { value: 10_000 }],
      [1, 'Order Completed', order(10_000)],
    ],
    in: ['one_time_buyer'],
  },
  { who: 'left three days ago', does: [[3 * day, 'Checkout Started', { value: 10_000 }]], in: [] },
  // Bought.
  {
    who: 'bought last week',
    does: [[7 * day, 'Order Completed', order(20_000)]],
    in: ['one_time_buyer'],
  },
  {
    who: 'is due',
    does: [[40 * day, 'Order Completed', order(20_000)]],
    in: ['one_time_buyer', 'repurchase_due'],
  },
  {
    who: 'slips away',
    does: [[60 * day, 'Order Completed', order(20_000)]],
    in: ['one_time_buyer', 'repurchase_due', 'at_risk'],
  },
  {
    who: 'is gone',
    does: [[100 * day, 'Order Completed', order(20_000)]],
    in: ['one_time_buyer', 'repurchase_due', 'lapsed'],
  },
  {
    who: 'spent much',
    does: [[20 * day, 'Order Completed', order(500_000)]],
    in: ['one_time_buyer', 'vip'],
  },
  {
    who: 'comes again and again',
    member: true,
    does: [60, 35, 10].map((ago) => [ago * day, 'Order Completed', order(20_000)] as const),
    in: ['regular', 'active'],
  },
  {
    who: 'waits for coupons',
    member: true,
    does: [50, 20].map(
      (ago) => [ago * day, 'Order Completed', order(20_000, { coupon: 'AUTUMN' })] as const,
    ),
    in: ['coupon_lover', 'active'],
  },
  {
    who: 'used one coupon',
    does: [[9 * day, 'Order Completed', order(9_000, { coupon: 'AUTUMN' })]],
    in: ['one_time_buyer'],
  },
  { who: 'only looks', does: looks(20, 15, 10, 6, 4), in: ['window_shopper'] },
  { who: 'looks a little', does: looks(20, 15, 10, 6), in: [] },
  {
    who: 'praises',
    member: true,
    does: [
      [50 * day, 'Order Completed', order(20_000)],
      [20 * day, 'Order Completed', order(20_000)],
      [10 * day, 'Product Reviewed', { product_id: 'mug', rating: 5 }],
    ],
    in: ['advocate', 'active'],
  },
  {
    who: 'grumbles',
    member: true,
    does: [
      [50 * day, 'Order Completed', order(20_000)],
      [20 * day, 'Order Completed', order(20_000)],
      [10 * day, 'Product Reviewed', { product_id: 'mug', rating: 2 }],
    ],
    in: ['active'],
  },
  {
    who: 'may be texted',
    member: true,
    does: [[40 * day, 'consent:grant']],
    in: ['sms_reachable'],
  },
  {
    who: 'may be texted no more',
    member: true,
    does: [
      [40 * day, 'consent:grant'],
      [10 * day, 'consent:withdraw'],
    ],
    in: [],
  },
]

/** What a deed is in the log. */
export function happeningsOf(
  person: StoryPerson,
  [, name, properties = {}]: Deed,
): readonly Partial<Happening>[] {
  const phone = Buffer.from(`+8210${person.who}`).toString('base64url')
  const ids = {
    anonymous: `device ${person.who}`,
    verified: true,
    ...(person.member ? { user: `user ${person.who}` } : {}),
  }
  if (!name.startsWith('consent:')) return [{ name, ids, body: { properties } }]
  const kind = name.slice('consent:'.length)
  const key = { hash: phone, sealed: phone, masked: phone }
  return [
    { kind: 'identify', name: 'Identified', ids: { ...ids, phone: key }, body: { traits: {} } },
    {
      kind: 'consent',
      name: 'Consent Changed',
      ids,
      body: { properties: { channel: 'sms', kind, scope: 'ad_day', source: 'api' } },
    },
  ]
}
