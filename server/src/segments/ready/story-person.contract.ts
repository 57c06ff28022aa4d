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

/** Hours of a day. */
export const day = 24
export const mug = { product_id: 'mug', name: '머그', price: 10_000, quantity: 1 }
export const teapot = { product_id: 'teapot', name: '다관', price: 50_000, quantity: 1 }

let orders = 0
export const order = (amount: number, more: JsonObject = {}): JsonObject => ({
  order_id: `o${++orders}`,
  revenue: amount,
  total: amount,
  currency: 'KRW',
  products: [{ ...mug, price: amount }],
  ...more,
})
export const looks = (...days: readonly number[]): readonly Deed[] =>
  days.map((ago) => [ago * day, 'Product Viewed', { product_id: `p${ago}`, price: 1_000 }])

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
