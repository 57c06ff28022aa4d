import { describe, expect, test } from 'vitest'
import { sampleCoupon } from '../../coupons/drawn.ts'
import { newPool } from '../../coupons/pool-draft.ts'
import type { JsonObject } from '../../lib/json.ts'
import { compileMessage } from '../../messages/compile-message.driver.ts'
import { drawMessage, parseMessage } from '../../messages/draw.ts'
import { carriesCoupon } from '../coupon-carried.ts'
import { stepsOf } from '../flow-map.ts'
import { chainOf } from '../steps/message.ts'
import { playbookIds, runnable } from './gallery.ts'
import type { Language } from './playbook.ts'
import { madeFor } from './sample.contract.ts'

const shop = {
  name: '온샵',
  url: 'https://shop.example',
  currency: 'KRW',
  timeZone: 'Asia/Seoul',
  settings: { text: { optOutNumber: '080-123-4567' } },
  sender: {
    legalName: '온샵 주식회사',
    fromEmail: 'hello@shop.example',
    contactEmail: 'help@shop.example',
    phone: '02-1234-5678',
    address: '서울특별시 중구 세종대로 110',
  },
}
const now = Date.UTC(2026, 2, 2, 1)
const mug = { product_id: 'mug', name: '머그컵', price: 12_000, url: 'https://shop.example/mug' }
const ending = { pool_name: '첫 구매 쿠폰', expires_at: now + 86_400_000, days_left: 1 }

/** What is known when everything is told, and when nothing is. */
const contexts: readonly JsonObject[] = [
  {
    cart: {
      items: [{ ...mug, quantity: 1, image_url: 'https://shop.example/mug.jpg' }],
      total: 12_000,
      url: 'https://shop.example/cart',
    },
    event: { ...mug, query: '겨울 코트', products: [mug], ...ending },
    recs: [mug],
  },
  // Without a product to recommend nothing stands on a page.
  { cart: { items: [], total: 0, url: 'https://shop.example/cart' }, event: {}, recs: [mug] },
]

function couponOf(id: (typeof playbookIds)[number], language: Language): JsonObject | undefined {
  const draft = runnable[id].coupon?.(language, 'KRW')
  if (!draft) return undefined
  const pool = { ...newPool(draft, now), id: 1, codeChars: 10, state: 'open' } as const
  return sampleCoupon(pool, now, { language, currency: 'KRW' })
}

describe.each(playbookIds)('%s', (id) => {
  test.each(['ko', 'en'] as const)(
    'says in %s what the law and the channels allow, to everybody, with every value in its place',
    async (language) => {
      const playbook = runnable[id]
      const flow = playbook.flow(language, madeFor(playbook))
      const coupon = couponOf(id, language)
      for (const step of stepsOf(flow)) {
        if (step.kind !== 'message') continue
        for (const { content } of chainOf(step)) {
          const as = { ...flow.nature, carriesCoupon: carriesCoupon(flow, step, content) }
          const compiled = await compileMessage(content, as, shop)
          if (compiled.kind === 'refused') throw new Error(JSON.stringify(compiled.problems))
          const parsed = parseMessage(compiled.compiled)
          if (!parsed) throw new Error('not parsed')
          for (const context of contexts) {
            const drawn = drawMessage(parsed, {
              context,
              customer: { name: context === contexts[0] ? '김하늘' : null },
              facts: {},
              coupon: as.carriesCoupon ? coupon : undefined,
              shop,
              at: now,
              unsubscribeUrl: 'https://shop.example/u/1',
              linkTo: (url) => url,
            })
            expect(drawn.kind).toBe('ok')
            if (drawn.kind !== 'ok') continue
            expect(`${drawn.subject ?? ''}\n${drawn.text}`).not.toMatch(
              /undefined|null|NaN|\{\{|\{%|\(\)/,
            )
            // On a page the code comes with a press.
            const said = content.channel === 'onsite' ? coupon?.benefit : coupon?.code
            if (as.carriesCoupon) expect(drawn.text).toContain(String(said))
            if (process.env.SHOW)
              console.log(
                `--- ${id} ${step.id} ${content.channel}\n${drawn.subject}\n${drawn.text}`,
              )
          }
        }
      }
    },
  )
})

test('a product looked at twice is called cheaper or nearly gone only where it is, and never another one', async () => {
  const playbook = runnable.product_view_no_purchase
  const [step] = playbook
    .flow('ko', madeFor(playbook))
    .steps.filter((one) => one.kind === 'message')
  const [content] = step ? chainOf(step).filter((one) => one.content.channel === 'sms') : []
  if (!content) throw new Error('it goes by text')
  const as = { purpose: 'advertising', carriesCoupon: false } as const
  const compiled = await compileMessage(content.content, as, shop)
  const parsed = compiled.kind === 'refused' ? undefined : parseMessage(compiled.compiled)
  if (!parsed) throw new Error('not parsed')
  const says = (seen: JsonObject) => {
    const drawn = drawMessage(parsed, {
      context: { event: mug, recs: [{ ...mug, stock: null, sale_price: null, ...seen }] },
      customer: { name: '김하늘' },
      shop,
      at: now,
      unsubscribeUrl: 'https://shop.example/u/1',
      linkTo: (url) => url,
    })
    return drawn.kind === 'ok' ? drawn.text : ''
  }
  expect(says({})).not.toMatch(/내려갔어요|남았어요/)
  expect(says({ stock: 40 })).not.toContain('남았어요')
  expect(says({ stock: 3, sale_price: 9_000 })).toContain(
    '9,000원으로 내려갔어요. 재고 3개 남았어요',
  )
  expect(says({ product_id: 'cup', stock: 3, sale_price: 9_000 })).not.toMatch(/내려|남았/)
})
