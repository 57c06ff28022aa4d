import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../lib/clock.ts'
import { minuteMs, secondMs } from '../lib/duration.ts'
import type { OwnServer } from './own-server.driver.ts'

/** Events in one batch; a batch is one person's day or many people's. */
const batchSize = 400
/** Batches on their way at once. */
const lanes = 3

type KillCampaign = 'cart' | 'order' | 'view' | 'bulk'

export type KillLoad = Awaited<ReturnType<typeof killLoad>>

/**
 * A shop whose campaigns use every way to wait and to give, and the shoppers who set them off. Each person begins each campaign once:
 * what was not acknowledged is posted again until it is, as our own clients do.
 */
export async function killLoad(
  server: OwnServer,
  shop: { readonly admin: string; readonly write: string; readonly people: number },
) {
  const { admin, write, people } = shop
  const post = (path: string, body: object) => server.call('POST', path, { key: admin, body })
  const waiting: object[][] = []

  /** Posts what waits until there is nothing, or until the server is gone. */
  async function flush(until: () => boolean): Promise<void> {
    const lane = async () => {
      for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
        const taken = await accepted(server.url, write, batch)
        if (!taken) waiting.push(batch)
        if (until()) return
        if (!taken) await wait(20)
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
  }

  const put = (events: readonly object[]) => {
    for (let from = 0; from < events.length; from += batchSize)
      waiting.push(events.slice(from, from + batchSize))
  }
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.min(to, people) - from) }, (_, at) => from + at)

  put(range(0, people).flatMap(introduction))
  await flush(() => false)
  await server.call('PATCH', '/api/sending/limits', {
    key: admin,
    body: { adsPerDay: 10, adsPerWeek: 10 },
  })
  await server.call('PATCH', '/api/sending/runs', { key: admin, body: { firstPercent: 0 } })
  const pool = async (name: string, total: number) => {
    const discount = { kind: 'amount', amount: 1_000 }
    const codes = { kind: 'generated' }
    const made = await post('/api/coupons', {
      name,
      discount,
      codes,
      total,
      perPerson: { count: 1, days: 30 },
    })
    return (made as { id: number }).id
  }
  const pools = {
    given: { id: await pool('장바구니 쿠폰', people / 5), total: people / 5 },
    carried: { id: await pool('후기 쿠폰', people / 5), total: people / 5 },
  }
  const where = { kind: 'trait', path: 'group', is: { type: 'text', op: 'exists' } }
  const segment = (await post('/api/segments', {
    name: '모두',
    definition: { format: 1, where },
  })) as {
    id: number
  }
  const ids = new Map<KillCampaign, number>()

  async function begin(name: KillCampaign, flow: object): Promise<void> {
    const made = (await post('/api/campaigns', { name })) as { id: number; draft: object }
    const goal = { event: 'Never Happens', windowHours: 24 }
    const same = { conditions: [], goal, holdoutShare: 0, reentry: { afterDays: 0 } }
    const draft = { ...made.draft, ...same, ...flow }
    await server.call('PATCH', `/api/campaigns/${made.id}`, { key: admin, body: { draft } })
    await post(`/api/campaigns/${made.id}/start`, {})
    ids.set(name, made.id)
  }

  await begin('cart', cartFlow(pools.given.id))
  await begin('order', orderFlow(pools.carried.id))
  await begin('view', { ...viewFlow, holdoutShare: 0.5 })

  return {
    ids,
    pools,
    /** Everybody is called at a time, a few seconds from now; a busy machine may need more of them to begin. */
    planBulk: async (): Promise<void> => {
      for (let ahead = 3 * secondMs; ; ahead *= 2) {
        try {
          return await begin('bulk', bulkFlow(segment.id, systemClock.now() + ahead))
        } catch (error) {
          if (ahead > minuteMs) throw error
        }
      }
    },
    /** These people come to the shop; their reviews come a round later. */
    arrive: (from: number, to: number) => {
      put(range(from, to).flatMap(visit))
      put(range(2 * from - to, from).flatMap(review))
    },
    flush,
  }
}

/** Whether the server took it; a line that is behind and a server that is gone say the same: come again. */
async function accepted(url: string, key: string, batch: readonly object[]): Promise<boolean> {
  const answer = await fetch(`${url}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ batch }),
  }).catch(() => undefined)
  if (!answer || answer.status === 503) return false
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  // A server killed while it answers has acknowledged nothing.
  return await answer.json().then(
    () => true,
    () => false,
  )
}

const track = (person: number, event: string, properties: object = {}) => ({
  ...{ type: 'track', userId: `u${person}`, messageId: `${event} ${person}` },
  ...{ event, properties },
})

/** Somebody gives an address and agrees to advertising by mail. */
function introduction(person: number): readonly object[] {
  const consent = { channel: 'email', kind: 'grant', scope: 'ad_day', source: 'signup_form' }
  return [
    {
      ...{ type: 'identify', userId: `u${person}`, messageId: `known ${person}` },
      traits: {
        email: `u${person}@people.example`,
        name: `김단골${person}`,
        group: person % 3 === 0 ? 'a' : 'b',
      },
    },
    track(person, 'Consent Changed', consent),
  ]
}

function visit(person: number): readonly object[] {
  const product = { product_id: `p${person % 7}`, name: '접시', price: 12_000, quantity: 1 }
  return [
    track(person, 'Page Read'),
    track(person, 'Product Added', product),
    track(person, 'Order Placed'),
  ]
}

const review = (person: number): readonly object[] =>
  person % 4 === 0 ? [] : [track(person, 'Order Reviewed')]

const mail = (subject: string, more = '') => ({
  channel: 'email',
  subject,
  body: {
    kind: 'blocks',
    blocks: [{ kind: 'text', text: `{{ customer.name | nim }}, 소식이 있어요. ${more}` }],
  },
})

/** A wait for each product, and two arms of which one gives a coupon and writes. */
const cartFlow = (pool: number) => ({
  trigger: { kind: 'event', event: 'Product Added', key: 'product' },
  restartOn: ['Product Added'],
  steps: [
    { kind: 'wait', id: 1, minutes: 0.005 },
    {
      ...{ kind: 'split', id: 2 },
      arms: [
        { id: 'gift', name: '쿠폰', share: 1, steps: [{ kind: 'coupon', id: 3, pool }, chain] },
        { id: 'plain', name: '아무것도', share: 1, steps: [] },
      ],
    },
  ],
})

/** The first channel reaches nobody. */
const chain = {
  ...{ kind: 'message', id: 4, deliveryMinutes: 1 },
  content: {
    channel: 'web_push',
    title: '장바구니',
    text: '담아 두셨어요.',
    url: 'https://shop.example/cart',
  },
  fallbacks: [{ content: mail('장바구니에 담아 두셨어요') }],
}

/** A wait for a review, a minute at most; the message carries a coupon and does not leave without it. */
const orderFlow = (coupon: number) => ({
  trigger: { kind: 'event', event: 'Order Placed', key: 'person' },
  steps: [
    {
      ...{ kind: 'wait_for', id: 1, minutes: 1, watch: { kind: 'event', event: 'Order Reviewed' } },
      happened: [
        { kind: 'message', id: 2, content: mail('후기 고마워요', '{{ coupon.code }}'), coupon },
      ],
      timedOut: [],
    },
  ],
})

const viewFlow = {
  trigger: { kind: 'event', event: 'Page Read', key: 'person' },
  steps: [
    { kind: 'wait', id: 1, minutes: 0.02 },
    { kind: 'set_trait', id: 2, trait: 'seen', value: true },
    { kind: 'message', id: 3, content: mail('둘러보셨어요') },
  ],
}

/** Everybody of a segment at once; a branch decides who is written to. */
const bulkFlow = (audience: number, at: number) => ({
  trigger: { kind: 'schedule', schedule: { kind: 'once', at, zone: 'shop' } },
  audience,
  steps: [
    {
      ...{ kind: 'branch', id: 1 },
      paths: [
        {
          ...{ id: 'a', name: '가' },
          when: { kind: 'trait', path: 'group', is: { type: 'text', op: 'equals', value: 'a' } },
          steps: [{ kind: 'message', id: 2, content: mail('세일이 시작됐어요') }],
        },
      ],
      otherwise: [{ kind: 'set_trait', id: 3, trait: 'called', value: true }],
    },
  ],
})
