import { SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Redirect, useSearchParams } from 'wouter'
import { getHome, type HomeReport } from '../api/reports.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { wasSkipped } from '../app/skipped.ts'
import { Matched } from '../connect/numbers/matched.tsx'
import { PlatformAlarm } from '../connect/platform/platform-alarm.tsx'
import { ConsentAlarms } from '../consent/due.tsx'
import { BigNumber } from '../design/big-number.tsx'
import { Columns } from '../design/card.tsx'
import { cases, changeOf, day, hourAndMinute, mails, shortMoney } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bone, Failure } from '../design/states.tsx'
import { StagesLine } from '../journey/line.tsx'
import { HaltButton } from '../messages/halt.tsx'
import { MismatchAlarm } from '../proof/mismatch-alarm.tsx'
import { ShopWideCard } from '../proof/shop-wide-card.tsx'
import { TextAlarm } from '../settings/text-alarm.tsx'
import { useSetup } from '../settings/use-setup.ts'
import { causedSays } from './caused.ts'
import style from './home.module.css'
import { Just } from './just.tsx'
import { NextSteps } from './next-steps.tsx'
import { Trend } from './trend.tsx'

const text = words({
  title: { ko: '홈', en: 'Home' },
  purpose: {
    ko: '무슨 일이 있었고, 메시지가 무엇을 바꿨고, 다음에 무엇을 하면 좋은지 모았어요.',
    en: 'What happened, what your messages changed, and what to do next.',
  },
  period: { ko: '기간', en: 'Period' },
  days: { ko: (n: number) => `${n}일`, en: (n: number) => `${n} days` },
  orders: { ko: '주문', en: 'Orders' },
  revenue: { ko: '매출', en: 'Revenue' },
  messages: { ko: '보낸 메시지', en: 'Messages sent' },
  caused: { ko: '늘어난 매출', en: 'Caused revenue' },
  causedHint: {
    ko: '메시지를 받은 사람과 일부러 보내지 않은 대조군을 비교해, 메시지가 없었다면 없었을 매출만 센 값이에요. 구간이 0보다 클 때만 초록색이에요.',
    en: 'Revenue that would not exist without the messages: people who were messaged against people left out on purpose. Green only when the whole interval lies above zero.',
  },
  revenueHint: {
    ko: '결제된 주문에서 취소와 환불을 뺀 금액이에요. 지난 기간도 마지막 날은 지금과 같은 시각까지만 세어 비교해요.',
    en: 'Paid orders less cancellations and refunds. The last day of the period before counts until this time of day, too.',
  },
  counting: { ko: '세고 있어요', en: 'Being counted' },
  asOf: { ko: (when: string) => `${when} 기준`, en: (when: string) => `as of ${when}` },
  versus: { ko: '지난 기간보다', en: 'vs the period before' },
})

const periods = [7, 28, 90, 365] as const

/** The morning page; an empty shop is shown its first steps instead, until they are skipped. */
export function Home() {
  const { shop } = useSession()
  const setup = useSetup()
  const isNew = !shop.isDemo && setup.data?.hasEvents === false
  return isNew && !wasSkipped() ? <Redirect to="/setup" replace /> : <Morning />
}

function Morning() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [search, setSearch] = useSearchParams()
  const asked = Number(search.get('days'))
  const days = periods.find((period) => period === asked) ?? 28
  const report = useQuery({
    queryKey: ['home', days],
    queryFn: ({ signal }) => getHome({ days }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.caused.madeAt === null ? 1_000 : 30_000),
  })
  const home = report.data
  const when = { timeZone: shop.timeZone, language }
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      figures="orders"
      beside={
        home && (
          <span style={{ color: 'var(--ink-3)', fontSize: 15, fontWeight: 500 }}>
            {day(home.from, when, home.to)} – {day(home.to, when)}
          </span>
        )
      }
      action={
        <>
          <HaltButton />
          <SegmentedControl
            aria-label={said.period}
            data={periods.map((period) => ({ value: String(period), label: said.days(period) }))}
            value={String(days)}
            onChange={(value) => setSearch({ days: value }, { replace: true })}
          />
        </>
      }
    >
      <div className={style.stack}>
        <ConsentAlarms />
        <TextAlarm />
        <PlatformAlarm />
        {home && <MismatchAlarm campaigns={home.caused.leftOut} />}
        {report.error && <Failure error={report.error} retry={() => report.refetch()} />}
        {home ? <Numbers home={home} /> : !report.error && <NumbersComing />}
        <Matched />
        <StagesLine />
        <ShopWideCard />
        <Columns layout="side">
          <div className={style.stack}>
            <Trend home={home} />
            <Just />
          </div>
          <NextSteps home={home} />
        </Columns>
      </div>
    </Page>
  )
}

function Numbers({ home }: { readonly home: HomeReport }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const running = { ...home.caused, isRunning: home.messages.now > 0 }
  const caused = causedSays(running, { currency: shop.currency, language })
  const { madeAt } = home.caused
  const at = madeAt === null ? null : hourAndMinute(madeAt, shop.timeZone)
  const counted =
    at === null
      ? said.counting
      : home.caused.now === null
        ? caused.note
        : `${caused.note} · ${said.asOf(at)}`
  // Today has only begun: its few orders would look like a fall.
  const values = (metric: { readonly series: readonly { readonly value: number }[] }) =>
    metric.series.slice(0, -1).map((point) => point.value)
  return (
    <div className={style.numbers}>
      <div className={style.number}>
        <BigNumber
          label={said.revenue}
          hint={said.revenueHint}
          value={shortMoney(home.revenue.now, shop.currency, language)}
          changed={changeOf(home.revenue.now, home.revenue.before)}
          versus={said.versus}
          series={values(home.revenue)}
        />
      </div>
      <div className={style.number}>
        <BigNumber
          label={said.orders}
          value={cases(home.orders.now, language)}
          changed={changeOf(home.orders.now, home.orders.before)}
          versus={said.versus}
          series={values(home.orders)}
        />
      </div>
      <div className={style.number}>
        <BigNumber
          label={said.messages}
          value={mails(home.messages.now, language)}
          changed={changeOf(home.messages.now, home.messages.before)}
          versus={said.versus}
          series={values(home.messages)}
        />
      </div>
      <div className={style.number}>
        <BigNumber
          label={said.caused}
          hint={said.causedHint}
          value={caused.value}
          note={counted}
          meaning={caused.meaning}
        />
      </div>
    </div>
  )
}

function NumbersComing() {
  return (
    <div className={style.numbers} role="status">
      {['revenue', 'orders', 'messages', 'caused'].map((name) => (
        <div key={name} className={style.number} style={{ display: 'grid', gap: 12 }}>
          <Bone width={80} />
          <Bone width={150} height={36} />
          <Bone width={110} />
        </div>
      ))}
    </div>
  )
}
