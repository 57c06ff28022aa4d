import { type Item, itemOf, itemsOf, numberOf, textOf } from './answers.ts'
import type { DanggolApi } from './danggol.provider.ts'
import { truth } from './truth.ts'

/** The demo's reminder waits this long instead of an hour. */
export const demoWaitMinutes = 1

/** What the marketer of the demo has begun and not switched on: the reminder alone acts on the demo's shoppers. */
const begunDrafts = ['checkout_abandonment', 'repurchase_due'] as const

const sender = {
  legalName: '온유상점',
  fromEmail: 'hello@onyu.example',
  contactEmail: 'help@onyu.example',
  phone: '02-0000-0000',
  address: '서울시 온유구 늦가을로 1',
}

/** Tells Danggol who the demo shop is: its address for links, and the sender the law wants in advertisements. */
export async function introduceShop(danggol: DanggolApi, shopUrl: string): Promise<void> {
  await danggol.change('PATCH', '/api/shop', { url: shopUrl, sender })
}

/** What the shop's server signs its members with; undefined where Danggol does not tell. */
export async function identitySecret(danggol: DanggolApi): Promise<string | undefined> {
  const { secret } = itemOf(await danggol.change('POST', '/api/shop/identity-secret', {}))
  return textOf(secret) || undefined
}

/** Switches the cart reminder on with a compressed wait and begins some drafts, once: what the marketer changes later stays. */
export async function startCartReminder(
  danggol: DanggolApi,
): Promise<'started' | 'there before' | 'refused'> {
  const list = await danggol.read('/api/campaigns')
  if (list === undefined) return 'refused'
  if (itemsOf(list).length > 0) return 'there before'
  const made = itemOf(
    await danggol.change('POST', '/api/campaigns', { playbook: 'cart_abandonment' }),
  )
  const draft = itemOf(made.draft)
  const steps = Array.isArray(draft.steps) ? draft.steps.map(itemOf) : []
  // Only the first wait: the coupon of the second message still comes a day later.
  const hurried = steps.map((step, at) =>
    at === 0 && step.kind === 'wait' ? { ...step, minutes: demoWaitMinutes } : step,
  )
  const path = `/api/campaigns/${numberOf(made.id)}`
  await danggol.change('PATCH', path, { draft: { ...draft, steps: hurried } })
  const started = await danggol.change('POST', `${path}/start`, {})
  if (started === undefined) return 'refused'
  for (const playbook of begunDrafts) await danggol.change('POST', '/api/campaigns', { playbook })
  return 'started'
}

/** What stands on the demo's own pages. */
const onPages = ['first_product_recommendation', 'visit_no_signup'] as const

/** Starts what speaks to visitors on the shop's pages, once: what the marketer changes later stays. */
export async function startPageCampaigns(
  danggol: DanggolApi,
): Promise<'started' | 'there before' | 'refused'> {
  const list = await danggol.read('/api/campaigns')
  if (list === undefined) return 'refused'
  const there = new Set(itemsOf(list).map((each) => each.playbook))
  if (onPages.some((playbook) => there.has(playbook))) return 'there before'
  for (const playbook of onPages) {
    const made = itemOf(await danggol.change('POST', '/api/campaigns', { playbook }))
    const path = `/api/campaigns/${numberOf(made.id)}`
    await danggol.change('PATCH', path, { draft: withShopsPages(itemOf(made.draft)) })
    if ((await danggol.change('POST', `${path}/start`, {})) === undefined) return 'refused'
  }
  return 'started'
}

/** The addresses of this shop: on the page that thanks for joining something may stand, on the form itself nothing. */
function withShopsPages(draft: Item): Item {
  const trigger = itemOf(draft.trigger)
  const never = Array.isArray(trigger.never) ? trigger.never.map(itemOf) : []
  const steps: unknown = JSON.parse(
    JSON.stringify(draft.steps).replaceAll('/member/join.html', '/join'),
  )
  const ours = never.map((page) => (page.value === 'join' ? { by: 'is', value: '/join' } : page))
  return { ...draft, steps, trigger: { ...trigger, never: ours } }
}

/** Coupons of the shop, made once: one to put into campaigns, and those its customers know; what the marketer changes later stays. */
export async function makeCoupons(
  danggol: DanggolApi,
): Promise<'made' | 'there before' | 'refused'> {
  const list = await danggol.read('/api/coupons?archived=true')
  if (list === undefined) return 'refused'
  if (itemsOf(list).length > 0) return 'there before'
  for (const coupon of coupons)
    if ((await danggol.change('POST', '/api/coupons', coupon)) === undefined) return 'refused'
  return 'made'
}

const { welcome, letter } = truth.savings
const coupons = [
  {
    name: '첫 주문 3,000원 쿠폰',
    discount: { kind: 'amount', amount: welcome.amount },
    minOrder: welcome.from,
    firstOrderOnly: true,
    codes: { kind: 'shared', code: welcome.code },
    notes: '가입 화면과 광고에 적혀 있는 코드예요.',
  },
  {
    name: '소식지 10% 쿠폰',
    discount: { kind: 'percent', percent: letter.percent, most: letter.most },
    codes: { kind: 'shared', code: letter.code },
    notes: '달마다 보내는 소식지에 적혀 있는 코드예요.',
  },
  {
    name: '장바구니 감사 쿠폰',
    discount: { kind: 'amount', amount: 5_000 },
    minOrder: 30_000,
    validHours: 48,
    total: 300,
    perPerson: { count: 1, days: 90 },
    codes: { kind: 'generated', prefix: 'NYU' },
    notes: '데모 상점의 예시예요. 메시지에 붙여 보세요.',
  },
]

/** When the demo began: its history ends there, and is the same however often the demo is started. */
export async function demoBegan(
  danggol: DanggolApi,
  browserKey: string,
): Promise<number | undefined> {
  const key = itemsOf(await danggol.read('/api/keys')).find((each) => each.shown === browserKey)
  const at = numberOf(key?.createdAt)
  return at || undefined
}
