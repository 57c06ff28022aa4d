import { useQuery } from '@tanstack/react-query'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { mostItCosts } from '../../../server/src/coupons/most-cost.ts'
import type { Form } from '../../../server/src/messages/price.ts'
import { listCoupons, type PoolAnswer } from '../api/coupons.ts'
import { getEstimate } from '../api/sending.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { discountIn } from '../coupons/coupon-draft.ts'
import { count, money, people } from '../design/format.ts'
import type { Recipients } from './use-recipients.ts'

const text = words({
  coupon: { ko: '쿠폰 비용', en: 'Cost of coupons' },
  each: {
    ko: (name: string, won: string) => `${name}: 한 장에 많아야 ${won}.`,
    en: (name: string, won: string) => `${name}: ${won} each at most.`,
  },
  left: {
    ko: (n: string, won: string) => ` 남은 ${n}장이 모두 쓰이면 ${won}이에요.`,
    en: (n: string, won: string) => ` If all ${n} left are used, ${won}.`,
  },
  endless: { ko: ' 수량 제한이 없어요.', en: ' There is no end of them.' },
  closed: {
    ko: ' 더 나눠 주지 않는 쿠폰이라 메시지가 나가지 않아요.',
    en: ' It is given no more, so the message will not go.',
  },
  daily: {
    ko: (n: string, won: string) => `지난 24시간처럼 ${n}이 받으면 쿠폰은 하루에 많아야 ${won}.`,
    en: (n: string, won: string) =>
      `With ${n} as in the last 24 hours, coupons cost ${won} a day at most.`,
  },
  bulk: {
    ko: (n: string, won: string) => `${n} 모두 받으면 쿠폰은 많아야 ${won}.`,
    en: (n: string, won: string) => `If all ${n} get one, coupons cost ${won} at most.`,
  },
  both: {
    ko: (won: string) => ` 발송 비용을 더하면 많아야 ${won}이에요.`,
    en: (won: string) => ` With the messages, ${won} at most.`,
  },
})

type Asked = {
  readonly flow: Flow
  readonly form: Form | undefined
  readonly recipients: Recipients | undefined
}

/** What the coupons of a flow can cost at most, beside what its messages cost; nothing where it gives none. */
export function useCouponCost({
  flow,
  form,
  recipients,
}: Asked): readonly (readonly [string, string])[] {
  const said = useWords(text)
  const language = useLanguage()
  const { currency } = useSession().shop
  const ids = new Set(
    stepsOf(flow).flatMap((step) =>
      step.kind === 'coupon' ? step.pool : step.kind === 'message' ? (step.coupon ?? []) : [],
    ),
  )
  const coupons = useQuery({
    queryKey: ['coupons', 'list', true],
    queryFn: ({ signal }) => listCoupons(true, signal),
    enabled: ids.size > 0,
  })
  const receiving = recipients?.count ?? 0
  const sending = useQuery({
    queryKey: ['sending', 'estimate', form, receiving],
    queryFn: ({ signal }) => getEstimate({ form: form ?? 'SMS', recipients: receiving }, signal),
    enabled: form !== undefined && ids.size > 0 && receiving > 0,
  })
  const pools = coupons.data?.items.filter(({ id }) => ids.has(id)) ?? []
  if (pools.length === 0) return []
  const won = (amount: number) => money(amount, currency, language)
  const lines = pools.map((pool) => {
    const rest =
      pool.state === 'archived'
        ? said.closed
        : pool.remaining === null
          ? said.endless
          : said.left(count(pool.remaining, language), won(mostOf(pool, pool.remaining)))
    return said.each(pool.name, won(mostOf(pool, 1, null))) + rest
  })
  if (receiving > 0) {
    const most = pools.reduce((sum, pool) => sum + mostOf(pool, receiving), 0)
    const summed = recipients?.atOnce ? said.bulk : said.daily
    const both = sending.data ? said.both(won(most + sending.data.total)) : ''
    lines.push(summed(people(receiving, language), won(most)) + both)
  }
  return [[said.coupon, lines.join(' ')]]
}

/** In currency units. */
function mostOf(pool: PoolAnswer, n: number, remaining = pool.remaining): number {
  return mostItCosts({ discount: discountIn(pool.discount), remaining }, n) / 10_000
}
