import { useKept } from '../api/kept.ts'
import { getValue, type ValueReport } from '../api/value.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { BeginHere } from '../design/begin-here.tsx'
import { BigNumber } from '../design/big-number.tsx'
import { Card, Columns } from '../design/card.tsx'
import { CsvButton } from '../design/csv-button.tsx'
import { cases, count, money, people, percent, shortMoney } from '../design/format.ts'
import { KeptReport } from '../design/kept.tsx'
import { Page } from '../design/page.tsx'
import { Bones } from '../design/states.tsx'
import { Ended } from './ended.tsx'
import style from './value.module.css'
import { AliveChart } from './value-alive.tsx'
import { CheckChart, offOf } from './value-check.tsx'
import { ValuePeople } from './value-people.tsx'
import { TenthsChart } from './value-tenths.tsx'

const text = words({
  title: { ko: '고객 가치', en: 'Customer value' },
  purpose: {
    ko: '지금까지 산 모습으로, 누가 아직 고객이고 앞으로 얼마나 살지 내다봐요. 약속이 아니라 추정이라 구간과 함께 보여드려요.',
    en: 'From how people bought: who is still a customer and how much they will buy. Estimates, so each comes with its interval.',
  },
  fewTitle: { ko: '아직 말하기엔 일러요', en: 'Too early to tell' },
  few: {
    ko: (missing: readonly string[]) => `${missing.join(', ')}이 더 모이면 보여드려요.`,
    en: (missing: readonly string[]) => `Needs ${missing.join(' and ')}.`,
  },
  fewPeople: {
    ko: (n: string) => `이틀 이상 산 고객 ${n}`,
    en: (n: string) => `${n} more who bought on two days`,
  },
  fewDays: {
    ko: (n: string) => `주문 기록 ${n}`,
    en: (n: string) => `${n} more of orders`,
  },
  fewExample: {
    ko: (now: string, days: string) =>
      `지금은 이틀 이상 산 고객이 ${now}, 주문 기록이 ${days}이에요.`,
    en: (now: string, days: string) => `So far ${now} bought on two days, over ${days}.`,
  },
  files: { ko: '지난 주문 가져오기', en: 'Bring past orders' },
  days: { ko: (n: string) => `${n}일`, en: (n: string) => `${n} days` },
  alive: { ko: '아직 고객인 분', en: 'Still customers' },
  aliveHint: {
    ko: '산 지 오래됐어도 원래 뜸하게 사던 고객은 남아 있을 수 있어요. 고객마다 산 간격과 마지막 구매를 함께 봐요.',
    en: 'Who always bought rarely may still be one after a long pause: each person’s own rhythm counts.',
  },
  ofAll: {
    ko: (all: string, share: string) => `산 적 있는 ${all}의 ${share}`,
    en: (all: string, share: string) => `${share} of ${all} who ever bought`,
  },
  orders: { ko: (n: number) => `${n}일 안의 주문`, en: (n: number) => `Orders in ${n} days` },
  ordersHint: {
    ko: '지금 고객이 앞으로 주문할 날을 모두 더한 수예요. 하루에 여러 번 사도 한 번으로 세고, 새 고객은 넣지 않았어요.',
    en: 'Days with an order of today’s customers, added up; several orders of one day are one, newcomers are not in it.',
  },
  revenue: { ko: '1년 안의 매출', en: 'Revenue in a year' },
  revenueHint: {
    ko: '지금 고객이 앞으로 1년 동안 낼 순매출(환불을 뺀 금액)의 추정이에요. 새 고객은 넣지 않았어요.',
    en: 'Net revenue (refunds taken off) expected of today’s customers within a year; newcomers are not in it.',
  },
  perOrder: {
    ko: (each: string) => `주문한 날 하루에 평균 ${each}`,
    en: (each: string) => `${each} a day with an order`,
  },
  noMoney: { ko: '금액은 내다볼 수 없어요', en: 'Amounts cannot be foretold' },
  range: {
    ko: (low: string, high: string) => `구간 ${low} ~ ${high}`,
    en: (low: string, high: string) => `interval ${low} to ${high}`,
  },
  open: { ko: '구간을 낼 만큼 뚜렷하지 않아요', en: 'not clear enough for an interval' },
  caveat: {
    ko: '앞으로도 지금처럼 알리고 팔 때의 이야기예요. 구간에는 방법의 값이 얼마나 확실한지와 고객의 우연이 함께 들어 있어, 스무 번 가운데 열아홉 번은 실제가 그 안에 있어야 해요. 그림 1에서 같은 방법이 지난 기간을 얼마나 맞혔는지 먼저 보세요.',
    en: 'It holds if you go on selling as you do now. The intervals hold both how sure the method is and people’s own chance: nineteen times in twenty the truth should lie inside. Picture 1 shows how well the same method foretold days it had not seen.',
  },
  missed: {
    ko: (off: string, days: number) =>
      `지난 ${days}일의 추정은 실제와 ${off} 차이였고 구간도 벗어났어요. 계절이나 행사처럼 이 방법이 모르는 것이 있으니, 이만큼은 더 벗어날 수 있다고 보세요.`,
    en: (off: string, days: number) =>
      `What was foretold of the last ${days} days was ${off} off, outside its interval too. Seasons and sales, say, are unknown to the method: allow for as much again.`,
  },
  unsettled: {
    ko: '가장 그럴듯한 값을 끝까지 찾지 못했어요. 숫자를 조심해서 보세요.',
    en: 'The search for the likeliest values did not end; take these numbers with care.',
  },
})

/** What the shop's customers will do, how sure that is, and who they are. */
export function Value() {
  const said = useWords(text)
  const query = useKept(['insight', 'value'], getValue)
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      figures="people"
      action={<CsvButton href="/api/reports/value.csv" />}
    >
      <KeptReport query={query} bones={<Bones lines={8} />}>
        {(report, madeAt) => (
          <>
            <Ended asOf={report.asOf} madeAt={madeAt} />
            <Whole report={report} />
          </>
        )}
      </KeptReport>
    </Page>
  )
}

function Whole({ report }: { readonly report: ValueReport }) {
  const said = useWords(text)
  const language = useLanguage()
  const { least } = report
  if (!report.said) {
    const missing = [
      ...(least.repeaters > 0 ? [said.fewPeople(people(least.repeaters, language))] : []),
      ...(least.days > 0 ? [said.fewDays(said.days(count(least.days, language)))] : []),
    ]
    return (
      <BeginHere
        title={said.fewTitle}
        example={said.fewExample(
          people(report.repeaters, language),
          said.days(count(report.days, language)),
        )}
        to="/connect/files"
        go={said.files}
      >
        {said.few(missing)}
      </BeginHere>
    )
  }
  // What the method got wrong is read before what it says next.
  const isMissed = report.check !== null && isOutside(report.check)
  const numbers = <Numbers report={report} said={report.said} />
  const check = report.check && <CheckChart check={report.check} />
  return (
    <>
      {isMissed ? check : numbers}
      <div className={style.gap} />
      {isMissed ? numbers : check}
      <div className={style.gap} />
      <Columns layout="two">
        <AliveChart parts={report.said.aliveParts} />
        <TenthsChart tenths={report.said.tenths} currency={report.currency} />
      </Columns>
      <div className={style.gap} />
      <ValuePeople currency={report.currency} />
    </>
  )
}

const signed = (share: number) => `${share > 0 ? '+' : ''}${percent(share)}`

/** What really happened lay outside what was foretold. */
const isOutside = ({ low, high, actual }: NonNullable<ValueReport['check']>) =>
  low !== null && high !== null && (actual < low || actual > high)

type Said = NonNullable<ValueReport['said']>
type Estimate = Said['alive']

function Numbers({ report, said: it }: { readonly report: ValueReport; readonly said: Said }) {
  const said = useWords(text)
  const language = useLanguage()
  const range = ({ low, high }: Estimate, format: (value: number) => string) =>
    low === null || high === null ? said.open : said.range(format(low), format(high))
  const orders = (value: number) => cases(Math.round(value), language)
  const cash = (value: number) => shortMoney(value, report.currency, language)
  const ahead = (days: number) => it.ahead.find((one) => one.days === days)
  const [month, quarter, year] = [ahead(30), ahead(90), ahead(365)]
  const { check } = report
  const missed = check && isOutside(check) ? said.missed(signed(offOf(check)), check.days) : ''
  return (
    <Card>
      <div className={style.numbers}>
        <BigNumber
          label={said.alive}
          hint={said.aliveHint}
          value={people(Math.round(it.alive.value), language)}
          note={
            <>
              {said.ofAll(people(report.people, language), percent(it.alive.value / report.people))}
              <br />
              {range(it.alive, (value) => people(Math.round(value), language))}
            </>
          }
        />
        {[month, quarter].map(
          (one) =>
            one && (
              <BigNumber
                key={one.days}
                label={said.orders(one.days)}
                hint={said.ordersHint}
                value={orders(one.orders.value)}
                note={range(one.orders, orders)}
              />
            ),
        )}
        <BigNumber
          label={said.revenue}
          hint={said.revenueHint}
          value={year?.revenue ? cash(year.revenue.value) : '–'}
          note={
            year?.revenue ? (
              <>
                {range(year.revenue, cash)}
                <br />
                {it.perOrder && said.perOrder(money(it.perOrder.value, report.currency, language))}
              </>
            ) : (
              said.noMoney
            )
          }
        />
      </div>
      <p className={style.line}>
        {said.caveat} {missed} {!it.isSettled && said.unsettled}
      </p>
    </Card>
  )
}
