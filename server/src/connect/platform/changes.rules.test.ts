import { describe, expect, test } from 'vitest'
import type { ContactKey } from '../../customers/identity.ts'
import { dayMs, hourMs } from '../../lib/duration.ts'
import { changesOf, departed } from './changes.ts'
import type { PlatformMember, PlatformOrder } from './rows.ts'

const now = Date.UTC(2026, 2, 2)
const protect = (kind: 'email' | 'phone', value: string): ContactKey => ({
  hash: `${kind}:${value}`,
  sealed: value,
  masked: value,
})
const teller = {
  kind: 'cafe24',
  connection: 3,
  version: 1,
  now,
  isHistory: false,
  seenBefore: null,
  protect,
} as const
const later = { ...teller, version: 2, seenBefore: now - dayMs }

const member: PlatformMember = {
  resource: 'members',
  id: 'haneul',
  name: '김하늘',
  email: 'haneul@customer.example',
  phone: '010-1234-5678',
  joinedAt: now - hourMs,
  updatedAt: null,
  consents: [
    { channel: 'sms', granted: true, at: null },
    { channel: 'email', granted: false, at: null },
  ],
  traits: { grade: 'VIP' },
}

const order: PlatformOrder = {
  resource: 'orders',
  id: '20260302-1',
  number: '20260302-1',
  orderedAt: now - hourMs,
  updatedAt: null,
  paidAt: null,
  cancelledAt: null,
  memberId: null,
  buyer: { name: '박비회원', email: null, phone: '010-9999-8888' },
  lines: [
    {
      productId: 'A',
      variant: null,
      name: '셔츠',
      quantity: 2,
      unitPrice: 100_000_000,
      discount: 0,
    },
  ],
  itemsAmount: 200_000_000,
  orderDiscount: 0,
  deliveryFee: 30_000_000,
  paidAmount: 230_000_000,
  refunds: [],
  currency: 'KRW',
  couponCodes: [],
  channel: null,
}

const names = (told: readonly { readonly name: string }[]) => told.map(({ name }) => name)

describe('a member', () => {
  test('of whom nothing was known is told with who they are, that they joined and what they agreed to', () => {
    const told = changesOf(undefined, member, teller)
    expect(names(told)).toEqual(['Identified', 'Signed Up', 'Consent Changed'])
    expect(told[0]?.ids).toMatchObject({ user: 'haneul', verified: true })
    expect(told[0]?.ids.phone?.hash).toBe('phone:+821012345678')
    expect(JSON.stringify(told.map(({ body }) => body))).not.toContain('010-1234')
    expect(told[2]).toMatchObject({ at: member.joinedAt })
  })

  test('brought over from long ago sets off no messages', () => {
    const long = { ...member, joinedAt: now - 30 * dayMs }
    expect(changesOf(undefined, long, teller).every((one) => one.importId === 'cafe24:3')).toBe(
      true,
    )
    const history = changesOf(undefined, member, { ...teller, isHistory: true })
    expect(history.every((one) => one.importId !== undefined)).toBe(true)
  })

  test('that did not change is no news', () => {
    expect(changesOf(member, member, later)).toEqual([])
  })

  test('who agrees later agreed at the earliest since last seen, and refuses as of now', () => {
    const other = {
      ...member,
      consents: [
        { channel: 'sms', granted: false, at: null },
        { channel: 'email', granted: true, at: null },
      ],
    } as const
    const told = changesOf(member, other, later)
    expect(told.map(({ at, body }) => [body.properties?.kind, at])).toEqual([
      ['withdraw', now],
      ['grant', now - dayMs],
    ])
  })

  test('who withdrew is forgotten', () => {
    expect(names(departed(member, later))).toEqual(['Customer Erased'])
  })

  test("whose number is lent by a marketplace is not found by it, for it will be somebody else's", () => {
    const [told] = changesOf(undefined, { ...member, phone: '0504-1234-5678' }, teller)
    expect(told?.ids.phone).toBeUndefined()
  })
})

describe('an order', () => {
  const paid = { ...order, paidAt: now }
  const refund = { id: 'R1', at: now, amount: 100_000_000, lines: [] }

  test('told whole or step by step makes the same message ids', () => {
    const whole = changesOf(undefined, { ...paid, refunds: [refund] }, teller)
    const steps = [
      ...changesOf(undefined, order, teller),
      ...changesOf(order, paid, later),
      ...changesOf(paid, { ...paid, refunds: [refund] }, { ...later, version: 3 }),
    ]
    expect(names(whole)).toEqual(['Order Created', 'Order Completed', 'Order Refunded'])
    expect(steps.map(({ messageId }) => messageId)).toEqual(whole.map(({ messageId }) => messageId))
  })

  test('of a guest names them by phone, of a member by the member alone', () => {
    expect(changesOf(undefined, order, teller)[0]?.ids).toMatchObject({
      verified: true,
      phone: { hash: 'phone:+821099998888' },
    })
    const own = changesOf(undefined, { ...order, memberId: 'haneul' }, teller)
    expect(own[0]?.ids).toEqual({ user: 'haneul', verified: true })
  })

  test('whose lines add up to what was paid, the delivery fee being no goods', () => {
    const products = changesOf(undefined, paid, teller)[1]?.body.properties?.products
    expect(products).toMatchObject([
      { price: 10_000, quantity: 2 },
      { price: 3_000, is_goods: false },
    ])
  })

  test('of which something was taken back is told anew as a whole', () => {
    const [undone] = changesOf({ ...paid, refunds: [refund] }, paid, later)
    expect(undone).toMatchObject({
      name: 'Order Updated',
      messageId: 'cafe24:3:orders:20260302-1:restated:2',
    })
    expect(undone?.body.properties).toMatchObject({ restated: true, paid_at: now, refunds: [] })
    const unpaid = changesOf(paid, order, later)
    expect(names(unpaid)).toEqual(['Order Updated'])
  })
})

describe('an order that a file told of before its platform', () => {
  const refund = { id: 'R1', at: now, amount: 100_000_000, lines: [] }

  test('has its refunds told as they stand, and not as happening again', () => {
    const elsewhere = { ...teller, isToldElsewhere: true }
    const told = changesOf(undefined, { ...order, paidAt: now, refunds: [refund] }, elsewhere)
    expect(told.map(({ name }) => name)).toEqual([
      'Order Created',
      'Order Completed',
      'Order Updated',
    ])
    expect(told.at(-1)?.body.properties).toMatchObject({
      restated: true,
      refunds: [{ return_id: 'R1', refund_amount: 10_000 }],
    })
  })
})
