import { day, looks, order, type StoryPerson } from './story-person.contract.ts'

/** Those who bought, look often without buying, or may be reached. */
export const buyers: readonly StoryPerson[] = [
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
