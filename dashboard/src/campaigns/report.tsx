import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import { type CampaignReport, getCampaignReport } from '../api/campaign-report.ts'
import { getCampaign } from '../api/campaigns.ts'
import { getSeen, type SeenOnPages } from '../api/seen.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { BigNumber } from '../design/big-number.tsx'
import { Card, Columns } from '../design/card.tsx'
import { count, lasting, mails, people, percent, points } from '../design/format.ts'
import { IntervalDot } from '../design/interval-dot.tsx'
import { Page } from '../design/page.tsx'
import { Bones, EmptyState, Failure } from '../design/states.tsx'
import { causedSays } from '../home/caused.ts'
import { Funnel } from './funnel.tsx'
import { GivenCoupons } from './given-coupons.tsx'
import { Groups } from './groups.tsx'
import { isOnPageOnly } from './on-page.ts'
import style from './report.module.css'
import { RunCard } from './run-card.tsx'
import { SeenCard } from './seen-on-pages.tsx'
import { Splits } from './splits.tsx'
import { StateTag } from './state.tsx'
import { Tempo } from './tempo.tsx'
import { verdict } from './verdict.ts'

const text = words({
  title: { ko: '캠페인 보고서', en: 'Campaign report' },
  back: { ko: '캠페인 목록', en: 'Campaigns' },
  edit: { ko: '캠페인 고치기', en: 'Edit the campaign' },
  caused: { ko: '늘어난 매출', en: 'Caused revenue' },
  causedHint: {
    ko: '받은 사람과 대조군을 비교해, 메시지가 없었다면 없었을 매출이에요. 쿠폰 비용을 뺀 값이에요.',
    en: 'Revenue that would not exist without the message, against the hold-out, net of coupon cost.',
  },
  sent: { ko: '보낸 메시지', en: 'Sent' },
  clicked: { ko: '누른 사람', en: 'Clicked' },
  ofSent: {
    ko: (share: string) => `보낸 사람의 ${share}`,
    en: (share: string) => `${share} of those sent`,
  },
  shown: { ko: '보여주기로 한 횟수', en: 'Chosen to be shown' },
  ofSeen: {
    ko: (share: string) => `본 고객의 ${share}`,
    en: (share: string) => `${share} of those who saw it`,
  },
  heldOutFromPage: { ko: '일부러 보여주지 않았어요', en: 'left out on purpose' },
  heldOut: { ko: '대조군', en: 'Held out' },
  heldOutNote: { ko: '일부러 보내지 않았어요', en: 'left out on purpose' },
  dot: { ko: '구매 완료율의 차이', en: 'Difference in completion rate' },
  emptyTitle: { ko: '아직 들어온 고객이 없어요', en: 'Nobody has entered yet' },
  empty: {
    ko: '캠페인이 켜져 있으면 조건에 맞는 고객이 들어오는 대로 여기에 쌓여요.',
    en: 'While the campaign is live, people appear here as they qualify.',
  },
  funnel: { ko: '어디까지 갔나요', en: 'How far they came' },
  funnelNote: {
    ko: '들어온 고객이 어디에서 왜 빠졌는지 모두 적었어요.',
    en: 'Where people dropped out, and why, each by name.',
  },
  groups: { ko: '두 그룹 비교', en: 'The two groups' },
  groupsNote: {
    ko: '보냈든 못 보냈든 보내기로 한 고객 모두와 대조군을 비교해요.',
    en: 'Everyone chosen for a message, sent or not, against everyone held out.',
  },
  window: {
    ko: (time: string) => `보내기로 정한 때부터 ${time} 안에 한 주문만 세요.`,
    en: (time: string) => `Orders within ${time} of the decision to send are counted.`,
  },
  open: {
    ko: (n: string) => `${n}은 아직 그 시간이 다 지나지 않았어요.`,
    en: (n: string) => `For ${n} that time is not over yet.`,
  },
  mixed: {
    ko: (n: string) => `${n}은 기록이 합쳐지며 양쪽에 걸쳐 비교에서 뺐어요.`,
    en: (n: string) =>
      `${n} belonged to both sides after their records were merged and are left out.`,
  },
})

/** One sentence, one picture, then everything it rests on. */
export function Report() {
  const said = useWords(text)
  const { id } = useParams<{ readonly id: string }>()
  const campaign = useQuery({
    queryKey: ['campaigns', 'one', Number(id)],
    queryFn: ({ signal }) => getCampaign(Number(id), signal),
  })
  const report = useQuery({
    queryKey: ['campaigns', 'report', Number(id)],
    queryFn: ({ signal }) => getCampaignReport(Number(id), signal),
    refetchInterval: 10_000,
  })
  const error = report.error ?? campaign.error
  return (
    <Page
      title={campaign.data?.name ?? said.title}
      back={{ to: '/campaigns', label: said.back }}
      beside={campaign.data && <StateTag state={campaign.data.state} />}
      action={
        <Button component={Link} href={`/campaigns/${id}`} variant="default">
          {said.edit}
        </Button>
      }
    >
      <RunCard campaign={Number(id)} />
      {error && !report.data && <Failure error={error} retry={() => report.refetch()} />}
      {!report.data && !error && (
        <Card flush>
          <Bones lines={8} />
        </Card>
      )}
      {report.data && isEmpty(report.data) && (
        <Card flush>
          <EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>
        </Card>
      )}
      {report.data && !isEmpty(report.data) && (
        <Told
          report={report.data}
          campaign={Number(id)}
          onPage={campaign.data !== undefined && isOnPageOnly(campaign.data.draft)}
        />
      )}
    </Page>
  )
}

type ToldProps = {
  readonly report: CampaignReport
  readonly campaign: number
  /** It is shown on the shop's own pages: nothing is sent to anybody. */
  readonly onPage: boolean
}

/** Nobody entered, and nobody was considered either. */
function isEmpty({ entered, notEntered }: CampaignReport): boolean {
  return entered === 0 && notEntered.length === 0
}

function Told({ report, campaign, onPage }: ToldProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const seen = useQuery({
    queryKey: ['campaigns', 'seen', campaign],
    queryFn: ({ signal }) => getSeen(campaign, signal),
    refetchInterval: 10_000,
    enabled: onPage,
  }).data
  const judged = verdict(report, language)
  const money = { currency: shop.currency, language }
  const caused = causedSays(
    {
      now: report.caused?.estimate ?? null,
      low: report.caused?.low ?? null,
      high: report.caused?.high ?? null,
      needed: report.needed,
      isOpen: judged.meaning === 'held',
    },
    money,
  )
  const colour =
    judged.meaning === 'caused'
      ? 'var(--caused)'
      : judged.meaning === 'broken'
        ? 'var(--broken)'
        : 'var(--ink)'
  return (
    <div className={style.stack}>
      <Card>
        <p className={style.verdict} style={{ color: colour }}>
          {judged.headline}
        </p>
        <p className={style.verdictText}>{judged.says}</p>
        {report.lift && (
          <div className={style.dot}>
            <IntervalDot
              {...report.lift}
              label={`${said.dot}: ${judged.says}`}
              format={(value) => points(value, language)}
            />
          </div>
        )}
      </Card>
      <div className={style.numbers}>
        <div className={style.number}>
          <BigNumber
            label={said.caused}
            hint={said.causedHint}
            value={caused.value}
            note={caused.note}
            meaning={caused.meaning}
            size="small"
          />
        </div>
        <SentNumbers report={report} seen={seen} />
        <div className={style.number}>
          <BigNumber
            label={said.heldOut}
            value={people(report.heldOut, language)}
            note={onPage ? said.heldOutFromPage : said.heldOutNote}
            size="small"
          />
        </div>
      </div>
      {report.coupons && <GivenCoupons coupons={report.coupons} />}
      <Splits campaign={campaign} />
      <Columns layout="two">
        <Card title={said.funnel} note={said.funnelNote}>
          <Funnel report={report} seen={seen} />
        </Card>
        <div className={style.stack}>
          {seen && <SeenCard told={seen} />}
          <Card title={said.groups} note={said.groupsNote}>
            <Groups report={report} />
            <p className={style.note}>
              {said.window(lasting(report.windowHours * 3_600_000, language))}{' '}
              {report.open > 0 && said.open(people(report.open, language))}
            </p>
            {report.mixed > 0 && (
              <p className={style.note}>{said.mixed(people(report.mixed, language))}</p>
            )}
          </Card>
          <Tempo series={report.series} />
        </div>
      </Columns>
    </div>
  )
}

type SentProps = { readonly report: CampaignReport; readonly seen: SeenOnPages | undefined }

/** How many were sent, or shown, and who pressed something in them. */
function SentNumbers({ report, seen }: SentProps) {
  const said = useWords(text)
  const language = useLanguage()
  const clicked = seen?.clicked ?? report.clicked
  const base = seen?.seen ?? report.sent
  const share = base > 0 ? percent(clicked / base) : undefined
  const shown =
    language === 'ko' ? `${count(report.sent, language)}번` : count(report.sent, language)
  return (
    <>
      <div className={style.number}>
        <BigNumber
          label={seen ? said.shown : said.sent}
          value={seen ? shown : mails(report.sent, language)}
          size="small"
        />
      </div>
      <div className={style.number}>
        <BigNumber
          label={said.clicked}
          value={people(clicked, language)}
          note={share === undefined ? undefined : seen ? said.ofSeen(share) : said.ofSent(share)}
          size="small"
        />
      </div>
    </>
  )
}
