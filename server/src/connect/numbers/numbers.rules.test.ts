import { describe, expect, test } from 'vitest'
import { hourMs, minuteMs } from '../../lib/duration.ts'
import { compare, type OurOrder, type SideOrder } from './compare.ts'
import { periodOf } from './period.ts'

const period = { from: Date.UTC(2026, 10, 20, 15), to: Date.UTC(2026, 10, 21, 15) }
const noon = Date.UTC(2026, 10, 21, 3)

const their = (id: string, more: Partial<SideOrder> = {}): SideOrder => ({
  ...{ id, number: id, orderedAt: noon, paidAt: noon, isCancelled: false, paid: 100, refunded: 0 },
  ...{ deliveryFee: 0, orderDiscount: 0, channel: null },
  ...more,
})
const our = (id: string, more: Partial<OurOrder> = {}): OurOrder => ({
  ...{ id, orderedAt: noon, paidAt: noon, isCancelled: false, paid: 100, refunded: 0 },
  ...{ source: 'server', customer: 7 },
  ...more,
})

const reasonsOf = (ours: readonly OurOrder[], theirs: readonly SideOrder[]) =>
  compare(ours, theirs, period).differences.map(({ id, reason }) => [id, reason])

describe('our orders beside the shop’s', () => {
  test('that are the same leave nothing to say', () => {
    const both = compare(
      [our('a'), our('1002')],
      [their('a'), their('gid', { number: '1002' })],
      period,
    )
    expect(both).toMatchObject({
      same: 2,
      differences: [],
      ours: { orders: 2, paid: 200 },
      theirs: { orders: 2, paid: 200 },
    })
  })

  test.each<readonly [string, OurOrder | undefined, SideOrder | undefined, string]>([
    ['not yet here', undefined, their('a'), 'missing'],
    ['paid at Naver', undefined, their('a', { channel: 'naver_pay' }), 'naver_pay'],
    ['unpaid there', our('a'), their('a', { paidAt: null }), 'unpaid'],
    ['cancelled there', our('a'), their('a', { isCancelled: true }), 'cancelled_there'],
    ['cancelled here', our('a', { isCancelled: true }), their('a'), 'cancelled_here'],
    ['said by a page alone', our('a', { source: 'browser' }), undefined, 'page_only'],
    ['in no file', our('a', { source: 'import' }), undefined, 'unknown_there'],
    [
      'nine hours off',
      our('a', { paidAt: noon + 9 * hourMs }),
      their('a', { paidAt: noon + 18 * hourMs }),
      'time_zone',
    ],
    [
      'on another day',
      our('a'),
      their('a', { paidAt: noon + 40 * hourMs + 7 * minuteMs }),
      'other_day',
    ],
    ['without delivery', our('a', { paid: 70 }), their('a', { deliveryFee: 30 }), 'delivery_fee'],
    [
      'before the coupon',
      our('a', { paid: 120 }),
      their('a', { orderDiscount: 20 }),
      'order_discount',
    ],
    ['given back there', our('a'), their('a', { refunded: 10 }), 'refund'],
    ['for another amount', our('a', { paid: 99 }), their('a'), 'amount'],
  ])('names what is %s', (_, mine, theirs, reason) => {
    expect(reasonsOf(mine ? [mine] : [], theirs ? [theirs] : [])).toEqual([['a', reason]])
  })

  test('names an order that was told under two names', () => {
    const twice = [our('a'), our('web-a', { paidAt: noon + minuteMs, source: 'browser' })]
    expect(reasonsOf(twice, [their('a')])).toEqual([['web-a', 'doubled']])
  })
})

test('periods are whole days of the shop, none of them today', () => {
  const now = Date.UTC(2026, 10, 22, 20)
  const day = (name: 'yesterday' | 'week' | 'month') => {
    const { from, to } = periodOf(name, now, 'Asia/Seoul')
    return [new Date(from).toISOString(), new Date(to).toISOString()]
  }
  expect(day('yesterday')).toEqual(['2026-11-21T15:00:00.000Z', '2026-11-22T15:00:00.000Z'])
  expect(day('week')).toEqual(['2026-11-15T15:00:00.000Z', '2026-11-22T15:00:00.000Z'])
  expect(day('month')).toEqual(['2026-09-30T15:00:00.000Z', '2026-10-31T15:00:00.000Z'])
})
