import { describe, expect, test } from 'vitest'
import { PoolDraft } from '../../coupons/pool-draft.ts'
import { Definition } from '../../segments/definition.ts'
import { readyIds } from '../../segments/ready/gallery.ts'
import { Flow } from '../campaign.ts'
import { stepsOf } from '../flow-map.ts'
import { validate } from '../flow-problems.ts'
import { isPage } from '../page/page-fits.ts'
import { chainOf } from '../steps/message.ts'
import { gallery, playbookIds, runnable } from './gallery.ts'
import { pictureOf } from './picture.ts'
import { madeFor } from './sample.contract.ts'

const all = playbookIds.map((id) => [id, runnable[id]] as const)
const languages = ['ko', 'en'] as const

test('the gallery holds every playbook of the domain once', () => {
  const ids = gallery.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toEqual(
    expect.arrayContaining([
      ...['visit_no_signup', 'search_no_purchase', 'product_view_no_purchase', 'cart_abandonment'],
      ...['first_cart_limited_coupon', 'checkout_abandonment', 'repurchase_due'],
      ...['repurchase_special_price', 'promo_signup', 'promo_period', 'promo_seasonal'],
      ...['promo_first_purchase', 'signup_no_purchase_visit', 'promo_repurchase', 'weekly_digest'],
      ...['members_price', 'consent_growth', 'kakao_channel_add', 'review_request'],
      ...['first_order_care', 'first_product_recommendation', 'payment_failed'],
      ...['coupon_expiring', 'price_drop', 'back_in_stock'],
      ...['cart_companions', 'search_on_page', 'product_seen_again', 'member_back_without_order'],
    ]),
  )
})

describe.each(all)('%s', (id, playbook) => {
  const made = madeFor(playbook)
  test('is a draft without a problem in both languages, with every channel and with e-mail alone', () => {
    expect(playbook.id).toBe(id)
    for (const language of languages) {
      const whole = playbook.flow(language, made)
      expect(validate(whole)).toEqual([])
      const small = { ...made, channels: { sms: false, kakao: null } }
      const plain = playbook.flow(language, small)
      expect(validate(plain)).toEqual([])
      const channels = stepsOf(plain).flatMap((step) =>
        step.kind === 'message' ? chainOf(step).map(({ content }) => content.channel) : [],
      )
      expect(new Set(channels)).toEqual(
        new Set([plain.trigger.kind === 'page' ? 'onsite' : 'email']),
      )
      expect(Flow.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole)
    }
  })
  test('works with segments and coupons that can be made', () => {
    for (const one of playbook.segments ?? [])
      if ('ready' in one) expect(readyIds).toContain(one.ready)
      else Definition.parse(one.definition(made.answers))
    for (const language of languages)
      for (const currency of ['KRW', 'GBP'])
        if (playbook.coupon) PoolDraft.parse(playbook.coupon(language, currency))
  })
  test('is drawn from its own tree', () => {
    for (const language of languages) {
      const flow = playbook.flow(language, made)
      const picture = pictureOf(flow, {
        language,
        segments: new Map(Object.values(made.segments).map((one) => [one, `S${one}`])),
        zone: 'Asia/Seoul',
      })
      expect(picture.map(({ kind }) => kind)).toEqual([
        'trigger',
        ...flow.steps.map(({ kind }) => kind),
        'goal',
      ])
      for (const { text } of picture) expect(text).not.toMatch(/[{}]|undefined|NaN|:\s*$/)
      // No event goes by the name that a shop's code gives it.
      if (language === 'ko')
        for (const { text } of picture) expect(text).not.toMatch(/[A-Z][a-z]+ [A-Z][a-z]+/)
    }
  })
})

test('products chosen for a first purchase are shown in random order, against a hold-out, and judged by orders', () => {
  const playbook = runnable.first_product_recommendation
  const made = madeFor(playbook)
  const answers = { ...made.answers, products: ['p1', 'p2'], holdoutShare: 0.5 }
  const flow = playbook.flow('ko', { ...made, answers })
  expect(validate(flow)).toEqual([])
  expect(flow).toMatchObject({
    holdoutShare: 0.5,
    goal: { event: 'Order Completed', metric: 'orders', windowHours: 90 * 24 },
    steps: [
      {
        content: {
          form: 'slide',
          order: 'random_person',
          recommend: { strategy: 'chosen', products: ['p1', 'p2'], fallback: [], limit: 2 },
        },
      },
    ],
  })
  expect(playbook.flow('ko', made).holdoutShare).toBe(0.2)
})

test('a picture shows ways that part with what happens on each', () => {
  const flow = Flow.parse({
    ...runnable.cart_abandonment.flow('ko'),
    audience: 7,
    steps: [
      {
        kind: 'split',
        id: 1,
        arms: [
          { id: 'a', name: '일찍', share: 30, steps: [{ kind: 'wait', id: 2, minutes: 90 }] },
          { id: 'b', name: '바로', share: 70, steps: [] },
        ],
      },
    ],
  })
  const segments = new Map([[7, '단골']])
  expect(pictureOf(flow, { language: 'ko', segments, zone: 'Asia/Seoul' })).toEqual([
    { kind: 'trigger', text: '장바구니 담기 (단골)', lanes: [] },
    {
      kind: 'split',
      text: '나눠서 비교',
      lanes: [
        { name: '일찍 30%', steps: [{ kind: 'wait', text: '1시간 30분 기다림', lanes: [] }] },
        { name: '바로 70%', steps: [] },
      ],
    },
    { kind: 'goal', text: '목표: 3일 안에 주문', lanes: [] },
  ])
})

test('whoever has just joined is met on the page that says so, and nobody who is paying', () => {
  const { trigger } = runnable.first_product_recommendation.flow('ko')
  const isKept = (path: string) =>
    trigger.kind === 'page' &&
    trigger.never.some((page) => isPage(page, `https://shop.example${path}`))
  expect(isKept('/member/join_result.html')).toBe(false)
  expect(isKept('/order/orderform.html')).toBe(true)
})
