import { randomUUID } from 'node:crypto'
import type { Api } from './api.ts'
import { messageId } from './load.ts'

// A shop that works: what its shoppers do, whom its marketer looks at and what its campaigns wait for.

const products = 500
const categories = ['원피스', '니트', '신발', '가방', '향수'] as const
const cities = ['서울', '부산', '대구', '인천', '광주', '대전', '제주'] as const
const grades = ['새싹', '단골', 'VIP'] as const
const eventsOfSession = 5
const run = randomUUID().slice(0, 8)

const categoryOf = (product: number) => categories[product % categories.length] ?? ''
const priceOf = (product: number) => 5_900 + (product % 50) * 2_000

/** What the shop's server says of each of its members. */
export function memberOf(person: number): Record<string, unknown> {
  return {
    type: 'identify',
    messageId: messageId(),
    userId: `u${person}`,
    timestamp: new Date().toISOString(),
    traits: {
      grade: grades[person % 17 === 0 ? 2 : person % 3 === 0 ? 1 : 0],
      city: cities[person % cities.length],
      points: (person * 37) % 10_000,
    },
  }
}

/** The n-th event of the shop: sessions of five, looking and looking again; 3 in 10 put in the cart, 3 in 100 buy. */
export function shoppingEvent(number: number, people: number): Record<string, unknown> {
  const session = Math.floor(number / eventsOfSession)
  const step = number % eventsOfSession
  const product = (session * 31 + step * 7) % products
  const carts = session % 10 < 3
  const buys = session % 100 < 3
  return {
    type: 'track',
    messageId: messageId(),
    userId: `u${session % people}`,
    timestamp: new Date().toISOString(),
    ...(step === 0
      ? { event: 'Product List Viewed', properties: { category: categoryOf(product) } }
      : step === 3 && carts
        ? { event: 'Product Added', properties: productOf(product) }
        : step === 4 && buys
          ? { event: 'Order Completed', properties: orderOf(session, product) }
          : { event: 'Product Viewed', properties: productOf(product) }),
  }
}

function productOf(product: number) {
  return {
    product_id: `p${product}`,
    name: `${categoryOf(product)} ${product}`,
    category: categoryOf(product),
    price: priceOf(product),
    quantity: 1,
  }
}

function orderOf(session: number, product: number) {
  return {
    order_id: `o-${run}-${session}`,
    revenue: priceOf(product),
    currency: 'KRW',
    products: [productOf(product)],
  }
}

const text = (path: string, value: string) => ({
  kind: 'property',
  path,
  is: { type: 'text', op: 'equals', value },
})
const atLeast = (path: string, value: number) => ({
  kind: 'property',
  path,
  is: { type: 'number', op: 'is', than: { op: '>=', value } },
})
const both = (...of: readonly unknown[]) => ({ kind: 'all', of })
const ever = { kind: 'ever' }
const days = (amount: number) => ({ kind: 'rolling', span: { amount, unit: 'days' } })
const times = (op: string, value: number) => ({ of: 'count', is: { op, value } })
const spent = (value: number) => ({
  of: 'sum',
  path: 'value',
  currency: 'KRW',
  is: { op: '>=', value },
})
const event = (name: string, window: unknown, measure: unknown, where?: unknown) => ({
  kind: 'event',
  event: name,
  window,
  measure,
  ...(where === undefined ? {} : { where }),
})
const trait = (path: string, value: string) => ({
  kind: 'trait',
  path,
  is: { type: 'text', op: 'equals', value },
})

/** Twenty different conditions: counts, sums, first and last times, filters, traits, all, any and not. */
export const segmentConditions: readonly unknown[] = [
  event('Product Viewed', days(7), times('>=', 3)),
  event('Product Viewed', days(30), times('>=', 10)),
  event('Product Viewed', days(1), times('=', 0)),
  event('Product Viewed', days(14), times('>=', 2), text('category', '니트')),
  event('Product Viewed', days(14), times('>=', 2), text('category', '신발')),
  event('Product Viewed', ever, times('>=', 1), both(atLeast('price', 90_000))),
  event('Product List Viewed', days(3), times('>=', 2)),
  event('Product List Viewed', ever, times('>=', 5), text('category', '가방')),
  event('Product Added', days(7), times('>=', 1)),
  event('Product Added', days(30), { of: 'count', is: { op: 'between', from: 2, to: 5 } }),
  both(
    event('Product Added', days(7), times('>=', 1)),
    event('Order Completed', days(7), times('=', 0)),
  ),
  event('Order Completed', ever, times('=', 0)),
  event('Order Completed', ever, times('=', 1)),
  event('Order Completed', days(90), times('>=', 2)),
  event('Order Completed', days(365), spent(300_000)),
  event('Order Completed', ever, {
    of: 'last',
    is: { op: 'at-least-ago', span: { amount: 30, unit: 'days' } },
  }),
  event('Product Viewed', ever, {
    of: 'first',
    is: { op: 'within-last', span: { amount: 1, unit: 'days' } },
  }),
  both(trait('grade', 'VIP'), event('Product Viewed', days(30), times('>=', 1))),
  both({ kind: 'member', is: 'member' }, trait('city', '서울')),
  {
    kind: 'any',
    of: [
      event('Order Completed', days(30), spent(100_000)),
      { kind: 'not', of: event('Product List Viewed', ever, times('>=', 1)) },
    ],
  },
]

/** Makes the segments and waits until each has judged everybody. */
export async function makeSegments(api: Api): Promise<void> {
  const made: number[] = []
  for (const [index, where] of segmentConditions.entries()) {
    const { id } = await api<{ id: number }>('POST', '/api/segments', {
      name: `조건 ${index + 1}`,
      definition: { format: 1, where },
    })
    made.push(id)
  }
  for (const id of made) {
    for (;;) {
      const { state } = await api<{ state: string }>('GET', `/api/segments/${id}`)
      if (state === 'failed') throw new Error(`segment ${id} could not be built`)
      if (state === 'live') break
      await new Promise((done) => setTimeout(done, 200))
    }
  }
}

/** Says who the shop is, without which no advertisement may go. */
export async function introduceShop(api: Api): Promise<void> {
  await api('PATCH', '/api/shop', {
    url: 'https://shop.example',
    sender: {
      legalName: '벤치 상점',
      fromEmail: 'hello@shop.example',
      contactEmail: 'hello@shop.example',
      phone: '02-000-0000',
      address: '서울',
    },
  })
  // Nothing leaves by a provider before somebody has answered for what was refused elsewhere.
  for (const task of ['optOut080', 'oldTool', 'consents']) {
    const signed = { name: '벤치', sentence: '옮겨 올 목록이 없습니다.' }
    await api('POST', `/api/consents/first-send/${task}`, signed)
  }
  // The results of consents are told by the shop's own system: the lines measure campaigns.
  await api('PUT', '/api/consents/settings', { resultNotices: false, reconfirms: false })
}

/** The cart reminder and 49 campaigns of their own triggers, all live; each waits a month, so that no mail goes. */
export async function makeCampaigns(api: Api): Promise<void> {
  await introduceShop(api)
  const reminder = await api<{ id: number }>('POST', '/api/campaigns', {
    playbook: 'cart_abandonment',
  })
  await api('POST', `/api/campaigns/${reminder.id}/start`)
  for (let number = 0; number < 49; number++) {
    const { id, draft } = await api<{ id: number; draft: object }>('POST', '/api/campaigns', {
      name: `캠페인 ${number + 1}`,
    })
    await api('PATCH', `/api/campaigns/${id}`, {
      draft: { ...draft, conditions: [], trigger: triggerOf(number), steps: steps(number) },
    })
    await api('POST', `/api/campaigns/${id}/start`)
  }
}

// 25 wait for a look at some of five products, 10 for such a product in the cart, 5 for a category, 9 for what seldom comes.
function triggerOf(number: number) {
  const some = (path: string, values: readonly string[]) => ({
    kind: 'property',
    path,
    is: { type: 'text', op: 'any-of', values },
  })
  const five = Array.from({ length: 5 }, (_, index) => `p${(number * 11 + index * 97) % products}`)
  const dear = atLeast('price', 20_000 + number * 1_000)
  if (number < 25)
    return {
      kind: 'event',
      event: 'Product Viewed',
      filter: both(some('product_id', five), dear),
      key: 'person',
    }
  if (number < 35)
    return {
      kind: 'event',
      event: 'Product Added',
      filter: some('product_id', five),
      key: 'person',
    }
  if (number < 40)
    return {
      kind: 'event',
      event: 'Product List Viewed',
      filter: both(text('category', categories[number % 5] ?? ''), text('sort', 'price')),
      key: 'person',
    }
  return { kind: 'event', event: `Seldom ${number}`, key: 'person' }
}

function steps(number: number) {
  return [
    { kind: 'wait', id: 1, minutes: 30 * 24 * 60 },
    {
      kind: 'message',
      id: 2,
      content: {
        channel: 'email',
        subject: `{{ customer.name | nim }}, ${number + 1}번째 소식`,
        body: {
          kind: 'blocks',
          blocks: [
            { kind: 'heading', text: '{{ customer.name | nim }}, 오랜만이에요' },
            { kind: 'button', label: '둘러보기', url: 'https://shop.example/' },
          ],
        },
      },
    },
  ]
}
