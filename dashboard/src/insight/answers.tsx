import { useKept } from '../api/kept.ts'
import {
  type BuyerStage,
  getMessaging,
  type MessagingReport,
  type Response,
} from '../api/messaging.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { BeginHere } from '../design/begin-here.tsx'
import { Card, Columns } from '../design/card.tsx'
import { CsvButton } from '../design/csv-button.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, people, percent, points, pointsRange } from '../design/format.ts'
import { KeptReport } from '../design/kept.tsx'
import { Page } from '../design/page.tsx'
import { Bones } from '../design/states.tsx'
import { channelNames } from '../messages/channel-names.ts'
import { DaysChart, PressureChart } from './answers-charts.tsx'
import { CouponUse } from './coupon-use.tsx'
import { SentCalendar } from './sent-calendar.tsx'
import style from './value.module.css'

const text = words({
  title: { ko: '메시지 반응', en: 'Answers to messages' },
  purpose: {
    ko: '어떤 고객이 어떤 채널과 혜택에 더 샀는지, 쿠폰은 어떻게 쓰였는지, 메시지를 너무 많이 받는 분은 없는지 봐요.',
    en: 'Who buys more after which channel and offer, what became of coupons, and who gets too many messages.',
  },
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
    ko: '캠페인을 켜고 7일이 지나면, 어떤 고객이 어떤 채널·혜택·캠페인에 대조군보다 더 샀는지 여기에 나타나요.',
    en: 'Seven days after a campaign goes live: which customers bought more than the hold-out, by channel, offer and campaign.',
  },
  emptyExample: {
    ko: '예: “한 번 산 고객은 금액 쿠폰에 +2.1%p(구간 +0.4~+3.8%p) 더 샀어요”',
    en: 'For example: “Who bought once bought +2.1 points (+0.4 to +3.8) more with an amount off”',
  },
  begin: { ko: '시나리오 고르기', en: 'Choose a playbook' },
})

/** What messages meet: answers, coupons, pressure, days. */
export function Answers() {
  const said = useWords(text)
  const query = useKept(['insight', 'messaging'], getMessaging)
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      figures="messages"
      action={<CsvButton href="/api/reports/messaging.csv" />}
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
      {report.byChannel.length === 0 ? (
        <NoAnswers />
      ) : (
        <>
          <p className={style.line} style={{ margin: '0 0 16px' }}>
            {said.responseNote}
          </p>
          <Responses
            title={said.byChannel}
            head={said.way}
            rows={report.byChannel}
            nameOf={nameOf}
          />
          <div className={style.gap} />
          <Responses
            title={said.byOffer}
            head={said.offer}
            rows={report.byOffer}
            nameOf={offerOf}
          />
          <div className={style.gap} />
          <Responses
            title={said.byCampaign}
            head={said.campaign}
            rows={report.byCampaign}
            nameOf={campaignOf}
          />
        </>
      )}
      <div className={style.gap} />
      <CouponUse report={report} />
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

function NoAnswers() {
  const said = useWords(text)
  return (
    <BeginHere title={said.emptyTitle} example={said.emptyExample} to="/playbooks" go={said.begin}>
      {said.empty}
    </BeginHere>
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
    <Card title={title} flush>
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        keyOf={(row) => `${row.way} ${row.stage}`}
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
