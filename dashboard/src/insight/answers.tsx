import { Button } from '@mantine/core'
import { useKept } from '../api/kept.ts'
import {
  type BuyerStage,
  getMessaging,
  type MessagingReport,
  type Response,
} from '../api/messaging.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card, Columns } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, money, people, percent, points, pointsRange } from '../design/format.ts'
import { KeptReport } from '../design/kept.tsx'
import { Page } from '../design/page.tsx'
import { Bones, EmptyState } from '../design/states.tsx'
import { channelNames } from '../messages/channel-names.ts'
import { DaysChart, PressureChart } from './answers-charts.tsx'
import { SentCalendar } from './sent-calendar.tsx'
import style from './value.module.css'

const text = words({
  title: { ko: '메시지 반응', en: 'Answers to messages' },
  purpose: {
    ko: '어떤 고객이 어떤 채널과 혜택에 더 샀는지, 쿠폰은 어떻게 쓰였는지, 메시지를 너무 많이 받는 분은 없는지 봐요.',
    en: 'Who buys more after which channel and offer, what became of coupons, and who gets too many messages.',
  },
  file: { ko: 'CSV 내려받기', en: 'Download CSV' },
  byChannel: { ko: '채널마다', en: 'By channel' },
  byOffer: { ko: '혜택마다', en: 'By offer' },
  byCampaign: { ko: '캠페인마다', en: 'By campaign' },
  campaign: { ko: '캠페인', en: 'Campaign' },
  responseNote: {
    ko: '보내기로 한 뒤 7일 안에 산 비율을, 같은 캠페인의 대조군과 견줬어요. 고객은 그때까지 산 것으로 나눴어요. 나눠서 볼수록 우연이 섞이니 후보로만 보세요.',
    en: 'Share who bought within 7 days of the decision, against those held out of the same campaigns. Customers are told apart by what they had bought until then. The finer the cut the more luck is in it: candidates only.',
  },
  stage: { ko: '고객', en: 'Customers' },
  way: { ko: '채널', en: 'Channel' },
  offer: { ko: '혜택', en: 'Offer' },
  sent: { ko: '보내기로 한 분', en: 'Chosen' },
  held: { ko: '대조군', en: 'Held out' },
  more: { ko: '차이', en: 'Difference' },
  moreHint: {
    ko: '대조군보다 더 산 비율이에요. 사람이 적은 칸은 같은 채널(혜택)의 평균 쪽으로 당겨서, 우연히 큰 값에 속지 않게 했어요.',
    en: 'How many more bought than of those held out. Cells with few people are drawn towards the mean of their channel or offer, so that luck does not lead.',
  },
  needs: { ko: (n: string) => `${n}명 더 필요`, en: (n: string) => `${n} more needed` },
  record: { ko: '대조군 없음 · 기록일 뿐이에요', en: 'nobody held out · a record, no effect' },
  none: { ko: '산 적 없음', en: 'Never bought' },
  once: { ko: '한 번 삼', en: 'Bought once' },
  regular: { ko: '두 번 이상, 최근 90일에 삼', en: 'Twice or more, within 90 days' },
  resting: { ko: '두 번 이상, 90일 넘게 쉼', en: 'Twice or more, over 90 days ago' },
  offer_none: { ko: '혜택 없음', en: 'No offer' },
  offer_amount: { ko: '금액 쿠폰', en: 'Amount off' },
  offer_percent: { ko: '% 쿠폰', en: 'Percent off' },
  offer_shipping: { ko: '무료배송', en: 'Free delivery' },
  emptyTitle: { ko: '아직 결과가 없어요', en: 'Nothing yet' },
  empty: {
    ko: '캠페인을 켜고 7일이 지나면 여기에 나타나요.',
    en: 'It appears seven days after a campaign goes live.',
  },
  coupons: { ko: '쿠폰', en: 'Coupons' },
  couponsNote: {
    ko: '매출은 쿠폰을 쓴 주문의 순매출이에요. 쿠폰 때문에 늘어난 매출이 아니에요.',
    en: 'Revenue is that of the orders with the coupon, not what the coupon caused.',
  },
  coupon: { ko: '쿠폰', en: 'Coupon' },
  issued: { ko: '발급', en: 'Issued' },
  used: { ko: '사용', en: 'Used' },
  rate: { ko: '사용률', en: 'Use' },
  cost: { ko: '할인한 금액', en: 'Taken off' },
  revenue: { ko: '쓴 주문의 매출', en: 'Revenue with it' },
  toUse: { ko: '쓰기까지', en: 'Until used' },
  days: { ko: (n: string) => `${n}일`, en: (n: string) => `${n} days` },
  noCoupons: { ko: '아직 쿠폰이 없어요', en: 'No coupons yet' },
})

/** What messages meet: answers, coupons, pressure, days. */
export function Answers() {
  const said = useWords(text)
  const query = useKept(['insight', 'messaging'], getMessaging)
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      action={
        <Button component="a" href="/api/reports/messaging.csv" download variant="default">
          {said.file}
        </Button>
      }
    >
      <KeptReport query={query} bones={<Bones lines={8} />}>
        {(report) => <Whole report={report} />}
      </KeptReport>
    </Page>
  )
}

function Whole({ report }: { readonly report: MessagingReport }) {
  const said = useWords(text)
  const channels = useWords(channelNames)
  const nameOf = (way: string) => (way in channels ? channels[way as keyof typeof channels] : way)
  const offerOf = (way: string) => said[`offer_${way as 'none'}`]
  const campaignOf = (way: string) =>
    report.campaigns.find(({ campaign }) => `${campaign}` === way)?.name ?? way
  return (
    <>
      <Responses title={said.byChannel} head={said.way} rows={report.byChannel} nameOf={nameOf} />
      <div className={style.gap} />
      <Responses title={said.byOffer} head={said.offer} rows={report.byOffer} nameOf={offerOf} />
      <div className={style.gap} />
      <Responses
        title={said.byCampaign}
        head={said.campaign}
        rows={report.byCampaign}
        nameOf={campaignOf}
      />
      <div className={style.gap} />
      <Coupons report={report} />
      <div className={style.gap} />
      <Columns layout="two">
        <PressureChart week={report.week} month={report.month} />
        <DaysChart days={report.days} nameOf={nameOf} />
      </Columns>
      <div className={style.gap} />
      <SentCalendar days={report.calendar} />
    </>
  )
}

type ResponsesProps = {
  readonly title: string
  readonly head: string
  readonly rows: readonly Response[]
  readonly nameOf: (way: string) => string
}

const quiet = { display: 'block', color: 'var(--ink-3)', fontSize: 13 } as const

function Responses({ title, head, rows, nameOf }: ResponsesProps) {
  const said = useWords(text)
  const language = useLanguage()
  const group = ({ people: all, answered }: Response['treatment']) =>
    all === 0 ? (
      '–'
    ) : (
      <>
        {percent(answered / all)}
        <span style={quiet}>{people(all, language)}</span>
      </>
    )
  const stageName = (stage: BuyerStage) => said[stage]
  const columns: readonly Column<Response>[] = [
    { key: 'stage', head: said.stage, cell: (row) => stageName(row.stage) },
    { key: 'way', head, cell: (row) => nameOf(row.way) },
    {
      key: 'sent',
      head: said.sent,
      align: 'right',
      leaves: 'sm',
      cell: (row) => group(row.treatment),
    },
    {
      key: 'held',
      head: said.held,
      align: 'right',
      leaves: 'sm',
      cell: (row) => group(row.holdout),
    },
    {
      key: 'difference',
      head: said.more,
      hint: said.moreHint,
      align: 'right',
      cell: (row) => <Difference row={row} />,
    },
  ]
  return (
    <Card title={title} note={said.responseNote} flush>
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        keyOf={(row) => `${row.way} ${row.stage}`}
        empty={<EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
      />
    </Card>
  )
}

/** Green only where the whole interval is above 0, red below. */
function Difference({ row }: { readonly row: Response }) {
  const said = useWords(text)
  const language = useLanguage()
  if (!row.difference) {
    const says = row.holdout.people === 0 ? said.record : said.needs(count(row.needsMore, language))
    return <span style={{ color: 'var(--ink-3)' }}>{says}</span>
  }
  const { value, low, high } = row.difference
  const color = low > 0 ? 'var(--caused)' : high < 0 ? 'var(--broken)' : 'inherit'
  return (
    <>
      <b style={{ color }}>{points(value, language)}</b>
      <span style={quiet}>{pointsRange(low, high, language)}</span>
    </>
  )
}

type CouponRow = MessagingReport['coupons'][number]

function Coupons({ report }: { readonly report: MessagingReport }) {
  const said = useWords(text)
  const language = useLanguage()
  const { currency } = report
  const columns: readonly Column<CouponRow>[] = [
    { key: 'name', head: said.coupon, cell: (row) => row.name },
    {
      key: 'issued',
      head: said.issued,
      align: 'right',
      leaves: 'sm',
      cell: (row) => count(row.issued, language),
    },
    {
      key: 'used',
      head: said.used,
      align: 'right',
      leaves: 'md',
      cell: (row) => count(row.used, language),
    },
    {
      key: 'rate',
      head: said.rate,
      align: 'right',
      cell: ({ rate }) =>
        rate ? (
          <>
            {percent(rate.value)}
            <span style={quiet}>
              {(rate.low * 100).toFixed(1)} ~ {(rate.high * 100).toFixed(1)}
            </span>
          </>
        ) : (
          '–'
        ),
    },
    {
      key: 'cost',
      head: said.cost,
      align: 'right',
      leaves: 'md',
      cell: (row) => money(row.cost, currency, language),
    },
    {
      key: 'revenue',
      head: said.revenue,
      align: 'right',
      cell: (row) => money(row.revenue, currency, language),
    },
    {
      key: 'toUse',
      head: said.toUse,
      align: 'right',
      leaves: 'md',
      cell: (row) => (row.daysToUse === null ? '–' : said.days(row.daysToUse.toFixed(1))),
    },
  ]
  return (
    <Card title={said.coupons} note={said.couponsNote} flush>
      <DataTable
        label={said.coupons}
        columns={columns}
        rows={report.coupons}
        keyOf={(row) => row.pool}
        to={(row) => `/coupons/${row.pool}`}
        empty={<EmptyState title={said.noCoupons}>{said.empty}</EmptyState>}
      />
    </Card>
  )
}
