import { TextInput } from '@mantine/core'
import type { FirstPurchaseReport } from '../api/first-purchase.ts'
import { useWords, words } from '../app/language.ts'
import { AnyOf, Filters, OneOf, OnOff } from '../design/filters.tsx'
import { type Asked, horizons, spans } from './asked.ts'
import { categoriesOf } from './rank.ts'

const text = words({
  period: { ko: '첫 구매한 기간', en: 'First bought in' },
  all: { ko: '전체 기간', en: 'All time' },
  own: { ko: '날짜로 고르기', en: 'Days of my own' },
  from: { ko: '부터', en: 'From' },
  to: { ko: '까지', en: 'Until' },
  days: { ko: (n: number) => `최근 ${n}일`, en: (n: number) => `Last ${n} days` },
  horizon: { ko: '재구매로 세는 기간', en: 'Repeat counted within' },
  horizonHint: {
    ko: '첫 구매 뒤 이 기간 안의 구매만 세고, 이 기간이 다 지난 고객만 비교해요. 그래야 최근에 온 고객이 많은 상품이 손해 보지 않아요.',
    en: 'Counts purchases within this time of the first, among people whose time is over, so that products with many recent buyers are not at a disadvantage.',
  },
  none: { ko: '제한 없음', en: 'No limit' },
  h: { ko: (n: number) => `${n}일 안`, en: (n: number) => `${n} days` },
  channel: { ko: '첫 주문의 유입 경로', en: 'Channel of the first order' },
  category: { ko: '분류', en: 'Category' },
  everything: { ko: '전체', en: 'All' },
  discount: { ko: '첫 주문의 할인', en: 'Discount on the first order' },
  with: { ko: '할인받음', en: 'With' },
  without: { ko: '할인 없음', en: 'Without' },
  gap: { ko: '같은 날 주문은 빼기', en: 'Leave out same-day orders' },
  renewals: { ko: '정기배송 갱신 빼기', en: 'Leave out renewals' },
  shared: { ko: '여러 상품을 함께 샀으면 나눠 세기', en: 'Share first orders of several' },
  compare: { ko: '비슷한 고객끼리 비교하기', en: 'Compare like with like' },
  compareHint: {
    ko: '첫 구매한 달, 유입 경로, 할인이 상품마다 다르면 상품이 아니라 그 차이가 보일 수 있어요. 켜면 모든 상품을 상점 전체와 같은 구성으로 맞춰서 비교해요. 그래도 원인이라는 뜻은 아니에요.',
    en: 'Where products differ in month, channel and discount of the first order, it is that which shows. Switched on, each is given the shop’s own mix. It is still no cause.',
  },
  never: { ko: '첫 구매가 없던 상품도 보기', en: 'Show products never bought first' },
})

/** What is compared, in the address. */
export function FirstPurchaseFilters({ asked, report }: Props) {
  const said = useWords(text)
  const { put, question } = asked
  const { horizon_days: horizon, days, channel, discount } = question
  const flag = (name: string) => (isOn: boolean) => put(name, isOn ? '1' : null)
  return (
    <>
      <Filters>
        <OneOf
          label={said.period}
          width={140}
          value={asked.period ? 'own' : days === undefined ? '' : String(days)}
          change={(value) => put('period', value)}
          offered={[
            ['', said.all],
            ...spans.map((one) => [String(one), said.days(one)] as const),
            ['own', said.own],
          ]}
        />
        {asked.period && <Days period={asked.period} put={put} />}
        <OneOf
          label={said.horizon}
          hint={said.horizonHint}
          width={180}
          value={horizon === undefined ? 'none' : String(horizon)}
          change={(value) => put('horizon', value)}
          offered={[
            ...horizons.map((one) => [String(one), said.h(one)] as const),
            ['none', said.none],
          ]}
        />
        <AnyOf
          label={said.channel}
          width={190}
          value={channel ?? null}
          change={(value) => put('channel', value)}
          offered={(report?.channels ?? []).map((name) => [name, name])}
        />
        <OneOf
          label={said.discount}
          width={160}
          value={discount ?? ''}
          change={(value) => put('discount', value)}
          offered={[
            ['', said.everything],
            ['1', said.with],
            ['0', said.without],
          ]}
        />
        <AnyOf
          label={said.category}
          width={180}
          value={asked.category}
          change={(value) => put('category', value)}
          offered={categoriesOf(report?.rows ?? []).map((name) => [name, name])}
        />
      </Filters>
      <Filters>
        <OnOff label={said.gap} isOn={question.min_gap_days === 1} change={flag('gap')} />
        <OnOff
          label={said.renewals}
          isOn={question.without_renewals === '1'}
          change={flag('norenewals')}
        />
        <OnOff
          label={said.shared}
          isOn={question.credit === 'fractional'}
          change={flag('shared')}
        />
        <OnOff
          label={said.compare}
          hint={said.compareHint}
          isOn={question.compare === '1'}
          change={flag('compare')}
        />
        <OnOff label={said.never} isOn={asked.never} change={flag('never')} />
      </Filters>
    </>
  )
}

type DaysProps = {
  readonly period: NonNullable<Asked['period']>
  readonly put: Asked['put']
}

/** The first and the last day of a period of one's own. */
function Days({ period, put }: DaysProps) {
  const said = useWords(text)
  return (['from', 'to'] as const).map((end) => (
    <TextInput
      key={end}
      type="date"
      label={said[end]}
      w={150}
      value={period[end]}
      min={end === 'to' ? period.from : undefined}
      onChange={(event) => put(end, event.currentTarget.value)}
    />
  ))
}

type Props = { readonly asked: Asked; readonly report: FirstPurchaseReport | undefined }
