import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import type { Value } from './value-menu.tsx'

/** Most values of the event that are offered: the ones asked for most come first. */
const eventValues = 12

/** What a message of this flow may say beside the person and the cart: the event, the coupon, the answers of the shop's server. */
export function valuesOfFlow(
  flow: Flow,
  properties: readonly { readonly path: string; readonly ko: string; readonly en: string }[],
): readonly Value[] {
  const event =
    flow.trigger.kind === 'event' || flow.trigger.kind === 'api'
      ? properties.slice(0, eventValues).map(
          ({ path, ko, en }): Value => ({
            token: `{{ event.${path} }}`,
            ko: `시작한 행동의 ${ko}`,
            en: `What let them in: ${en}`,
          }),
        )
      : []
  const steps = stepsOf(flow)
  const hasCoupon = steps.some(
    (step) => step.kind === 'coupon' || (step.kind === 'message' && step.coupon !== undefined),
  )
  const answers = steps
    .filter(({ kind }) => kind === 'webhook')
    .map(
      ({ id }, at): Value => ({
        token: `{{ answers['${id}'].name }}`,
        ko: `우리 서버의 답 #${at + 1} (name을 값 이름으로)`,
        en: `Answer #${at + 1} of your server (name: the value)`,
      }),
    )
  return [...event, ...(hasCoupon ? couponValues : []), ...answers]
}

const couponValues: readonly Value[] = [
  { token: '{{ coupon.code }}', ko: '쿠폰 번호', en: 'Coupon code' },
  { token: '{{ coupon.conditions }}', ko: '쿠폰을 쓸 수 있는 주문', en: 'Which orders it is for' },
  { token: '{{ coupon.benefit }}', ko: '쿠폰 혜택 (5,000원 할인)', en: 'What the coupon gives' },
  {
    token: "{{ coupon.expires_at | kdate: 'M/D HH:mm' }}",
    ko: '쿠폰이 끝나는 때',
    en: 'When the coupon ends',
  },
  { token: '{{ coupon.expires_at | days_left }}', ko: '쿠폰이 남은 날 수', en: 'Days left' },
]

const filters: readonly Value[] = [
  { token: 'nim', ko: '이름을 높여 부르기 (김하늘님)', en: 'Polite name' },
  { token: 'krw', ko: '원 단위 금액 (12,345원)', en: 'Amount in won' },
  { token: 'money: shop.currency', ko: '상점 통화로 쓴 금액', en: 'Amount in the shop’s currency' },
  { token: "josa: '이/가'", ko: '조사 이/가', en: 'Particle 이/가' },
  { token: "josa: '을/를'", ko: '조사 을/를', en: 'Particle 을/를' },
  { token: "josa: '은/는'", ko: '조사 은/는', en: 'Particle 은/는' },
  { token: 'trunc_bytes: 20', ko: '길면 자르기 (20바이트)', en: 'Cut at 20 bytes' },
  { token: "kdate: 'M/D HH:mm'", ko: '날짜와 시각', en: 'Date and time' },
  { token: 'days_left', ko: '남은 날 수', en: 'Days left' },
  { token: "default: ''", ko: '값이 없을 때 쓸 말', en: 'What to say without a value' },
]

/** What stands before the cursor and may be completed: from where, what was typed of it, and with what. */
export type Completion = {
  readonly from: number
  readonly typed: string
  readonly offers: readonly Value[]
  readonly kind: 'value' | 'filter'
}

/** Behind `{{` a value, behind `|` a filter; undefined anywhere else. */
export function completionAt(before: string, values: readonly Value[]): Completion | undefined {
  const open = before.lastIndexOf('{{')
  if (open < 0) return undefined
  const inside = before.slice(open + 2)
  if (/[}\n]/.test(inside)) return undefined
  const bar = inside.lastIndexOf('|')
  if (bar < 0) return { from: open, typed: inside.trim(), offers: values, kind: 'value' }
  const typed = inside.slice(bar + 1).trim()
  // A filter that has its option already is written.
  if (typed.includes(':')) return undefined
  return { from: open + 2 + bar + 1, typed, offers: filters, kind: 'filter' }
}

/** The text with what was picked in it, and where the cursor goes. */
export function completed(
  text: string,
  cursor: number,
  { pick, at }: { readonly pick: Value; readonly at: Completion },
): { readonly text: string; readonly cursor: number } {
  const behind = text.slice(cursor)
  const isClosed = /^\s*(\|[^}]*)?\}\}/.test(behind)
  const put =
    at.kind === 'filter'
      ? ` ${pick.token}${isClosed ? '' : ' }}'}`
      : isClosed
        ? pick.token.replace(/\s*\}\}$/, ' ')
        : pick.token
  const rest = at.kind === 'value' && isClosed ? behind.replace(/^\s*/, '') : behind
  return { text: text.slice(0, at.from) + put + rest, cursor: at.from + put.length }
}
