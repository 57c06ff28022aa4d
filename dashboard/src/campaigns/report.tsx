import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import { type CampaignReport, getCampaignReport } from '../api/campaign-report.ts'
import { getCampaign } from '../api/campaigns.ts'
import { getEffect } from '../api/effect.ts'
import { useKept } from '../api/kept.ts'
import { getSeen } from '../api/seen.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card, Columns } from '../design/card.tsx'
import { KeptReport } from '../design/kept.tsx'
import { Page } from '../design/page.tsx'
import { Bones, EmptyState, Failure } from '../design/states.tsx'
import { Credit } from './credit.tsx'
import { EffectCard } from './effect-card.tsx'
import { EffectDays } from './effect-days.tsx'
import { FirstOrders } from './first-orders.tsx'
import { Funnel } from './funnel.tsx'
import { GivenCoupons } from './given-coupons.tsx'
import { Guards } from './guards.tsx'
import { isOnPageOnly } from './on-page.ts'
import { Outcomes } from './outcomes.tsx'
import style from './report.module.css'
import { ReportNumbers } from './report-numbers.tsx'
import { RunCard } from './run-card.tsx'
import { SeenCard } from './seen-on-pages.tsx'
import { SegmentEffects } from './segment-effects.tsx'
import { Splits } from './splits.tsx'
import { StateTag } from './state.tsx'
import { Tempo } from './tempo.tsx'

const text = words({
  title: { ko: '캠페인 보고서', en: 'Campaign report' },
  back: { ko: '캠페인 목록', en: 'Campaigns' },
  challenge: { ko: '가설 노트', en: 'Hypothesis notes' },
  edit: { ko: '캠페인 고치기', en: 'Edit the campaign' },
  emptyTitle: { ko: '아직 들어온 고객이 없어요', en: 'Nobody has entered yet' },
  empty: {
    ko: '캠페인이 켜져 있으면 조건에 맞는 고객이 들어오는 대로 여기에 쌓여요.',
    en: 'While the campaign is live, people appear here as they qualify.',
  },
  funnel: { ko: '어디까지 갔나요', en: 'How far they came' },
  learning: {
    ko: (now: string, planned: string) => `배우는 중: ${now} / ${planned}명`,
    en: (now: string, planned: string) => `Learning: ${now} of ${planned} people`,
  },
  heldNow: {
    ko: (share: number, after: number) =>
      `지금은 ${share} %에게, 그 뒤에는 ${after} %에게 보내지 않아요.`,
    en: (share: number, after: number) => `${share} % are held out now, ${after} % afterwards.`,
  },
  learnt: {
    ko: (planned: string, after: number) =>
      `배우는 기간이 끝났어요(${planned}명). 이제 ${after} %에게만 보내지 않아요.`,
    en: (planned: string, after: number) =>
      `The learning is over (${planned} people): ${after} % are held out now.`,
  },
  funnelNote: {
    ko: '들어온 고객이 어디에서 왜 빠졌는지 모두 적었어요.',
    en: 'Where people dropped out, and why, each by name.',
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
      figures="messages"
      beside={campaign.data && <StateTag state={campaign.data.state} />}
      action={
        <>
          <Button component={Link} href={`/campaigns/${id}/challenge`} variant="default">
            {said.challenge}
          </Button>
          <Button component={Link} href={`/campaigns/${id}`} variant="default">
            {said.edit}
          </Button>
        </>
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
  const seen = useQuery({
    queryKey: ['campaigns', 'seen', campaign],
    queryFn: ({ signal }) => getSeen(campaign, signal),
    refetchInterval: 10_000,
    enabled: onPage,
  }).data
  const effect = useKept(['campaigns', 'effect', campaign], (asked, signal) =>
    getEffect(campaign, asked, signal),
  )
  const told = effect.data?.state === 'ready' ? effect.data.result : undefined
  return (
    <div className={style.stack}>
      {report.learning && <Learning learning={report.learning} />}
      <KeptReport query={effect} bones={<Waiting />}>
        {(result) => (
          <>
            <EffectCard report={result} onPage={onPage} />
            <ReportNumbers report={report} effect={result} seen={seen} />
            <Outcomes report={result} onPage={onPage} />
            {result.firstOrders && (
              <FirstOrders
                told={result.firstOrders}
                isTrusted={!result.isMismatched}
                onPage={onPage}
              />
            )}
            {!result.isMismatched && (
              <>
                <EffectDays report={result} />
                <SegmentEffects {...{ campaign, onPage }} segments={result.segments} />
              </>
            )}
          </>
        )}
      </KeptReport>
      {report.coupons && <GivenCoupons coupons={report.coupons} />}
      <Splits campaign={campaign} />
      <Columns layout="two">
        <Card title={said.funnel} note={said.funnelNote}>
          <Funnel report={report} seen={seen} />
        </Card>
        <div className={style.stack}>
          {seen && <SeenCard told={seen} />}
          {told && <Guards guards={told.guards} onPage={onPage} />}
          {told && <Credit credit={told.credit} />}
          <Tempo series={report.series} />
        </div>
      </Columns>
    </div>
  )
}

function Learning({ learning }: { readonly learning: NonNullable<CampaignReport['learning']> }) {
  const said = useWords(text)
  const language = useLanguage()
  const { people, planned } = learning
  const [share, after] = [learning.share, learning.after].map((one) => Math.round(one * 100))
  const count = (value: number) => value.toLocaleString(language === 'ko' ? 'ko-KR' : 'en-US')
  return (
    <Card>
      <p role="status" style={{ margin: 0 }}>
        {people < planned
          ? `${said.learning(count(people), count(planned))}. ${said.heldNow(share ?? 0, after ?? 0)}`
          : said.learnt(count(planned), after ?? 0)}
      </p>
    </Card>
  )
}

function Waiting() {
  return (
    <Card flush>
      <Bones lines={4} />
    </Card>
  )
}
