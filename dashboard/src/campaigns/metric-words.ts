import type { GoalMetric } from '../../../server/src/campaigns/goal-metric.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import { money, moneyChange, percent, points, pointsRange } from '../design/format.ts'

export const metricNames = words({
  sign_up: { ko: '가입', en: 'Sign-up' },
  revisit: { ko: '다시 방문', en: 'Coming back' },
  purchase: { ko: '구매', en: 'Purchase' },
  completion: { ko: '구매 완료율', en: 'Completion rate' },
  orders: { ko: '1인당 주문 수', en: 'Orders per person' },
  revenue: { ko: '1인당 매출', en: 'Revenue per person' },
  profit: { ko: '1인당 이익', en: 'Profit per person' },
})

const net = words({
  name: {
    ko: '1인당 매출 (쿠폰·발송비를 뺀)',
    en: 'Revenue per person, net of coupons and sending',
  },
})

/** Profit is called so only once the shop has said its margin. */
export function metricName(metric: GoalMetric, margin: number | null, language: Language): string {
  return metric === 'profit' && margin === null
    ? inLanguage(net, language).name
    : inLanguage(metricNames, language)[metric]
}

export type Unit = { readonly currency: string; readonly language: Language }

/** A mean of the outcome: `6.8 %`, `1.24건`, `12,300원`. */
export function meanText(metric: GoalMetric, value: number, unit: Unit): string {
  switch (metric) {
    case 'sign_up':
    case 'revisit':
    case 'purchase':
    case 'completion':
      return percent(value)
    case 'orders':
      return unit.language === 'ko' ? `${value.toFixed(2)}건` : value.toFixed(2)
    case 'revenue':
    case 'profit':
      return money(value, unit.currency, unit.language)
  }
}

/** A difference of two means, with its sign: `+1.8%p`, `+0.12건`, `+1,300원`. */
export function differenceText(metric: GoalMetric, value: number, unit: Unit): string {
  switch (metric) {
    case 'sign_up':
    case 'revisit':
    case 'purchase':
    case 'completion':
      return points(value, unit.language)
    case 'orders':
      return `${ordersChange(value)}${unit.language === 'ko' ? '건' : ''}`
    case 'revenue':
    case 'profit':
      return moneyChange(value, unit.currency, unit.language)
  }
}

/** `+0.12`, `-0.03`; what rounds to nothing has no sign. */
function ordersChange(value: number): string {
  const text = value.toFixed(2)
  if (Number(text) === 0) return '0.00'
  return value > 0 ? `+${text}` : text
}

/** Both ends of an interval of a difference. */
export function rangeText(
  metric: GoalMetric,
  { low, high }: { readonly low: number; readonly high: number },
  unit: Unit,
): string {
  switch (metric) {
    case 'sign_up':
    case 'revisit':
    case 'purchase':
    case 'completion':
      return pointsRange(low, high, unit.language)
    case 'orders':
    case 'revenue':
    case 'profit': {
      const [from, to] = [low, high].map((value) => differenceText(metric, value, unit))
      return unit.language === 'ko' ? `${from}~${to}` : `${from} to ${to}`
    }
  }
}
