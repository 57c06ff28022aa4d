import { buyers } from './ready-buyers.contract.ts'
import { day, mug, order, type StoryPerson, teapot } from './story-person.contract.ts'

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
    who: 'stayed a minute with one thing',
    does: [
      [60, 'Product Viewed', mug],
      [60, 'Page Left', { ...mug, engaged_seconds: 75 }],
    ],
    in: ['product_view_no_purchase'],
  },
  {
    who: 'stayed a minute with one thing and carted it',
    does: [
      [60, 'Product Viewed', mug],
      [60, 'Page Left', { ...mug, engaged_seconds: 75 }],
      [50, 'Product Added', mug],
    ],
    in: ['cart_abandonment', 'cart_holder'],
  },
  {
    who: 'stayed a minute on a page of several things',
    does: [
      [60, 'Product Viewed', mug],
      [60, 'Page Left', { engaged_seconds: 75 }],
    ],
    in: [],
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
  ...buyers,
]
