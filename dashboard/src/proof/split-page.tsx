import { Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { useKept } from '../api/kept.ts'
import { getSplit, getSplitEffect, isDrawing, type Split } from '../api/outside-splits.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { EffectCard } from '../campaigns/effect-card.tsx'
import { Guards } from '../campaigns/guards.tsx'
import { metricNames } from '../campaigns/metric-words.ts'
import { Outcomes } from '../campaigns/outcomes.tsx'
import { Card } from '../design/card.tsx'
import { count, dayAndTime } from '../design/format.ts'
import { KeptReport } from '../design/kept.tsx'
import { Page } from '../design/page.tsx'
import { Bones, Failure } from '../design/states.tsx'
import { SplitExposure } from './split-exposure.tsx'
import { SplitLists } from './split-lists.tsx'
import { splitWords } from './split-words.ts'
import style from './splits.module.css'
import { SplitState } from './splits.tsx'

const text = words({
  purpose: {
    ko: (segment: string, metric: string, days: string) => `${segment} · ${metric} · ${days}`,
    en: (segment: string, metric: string, days: string) => `${segment} · ${metric} · ${days}`,
  },
  drawing: {
    ko: (done: string, total: string) => `${total}명 가운데 ${done}명을 나눴어요.`,
    en: (done: string, total: string) => `${done} of ${total} people are split.`,
  },
  calling: { ko: '고객을 모으고 있어요.', en: 'Gathering the people.' },
  goesOn: {
    ko: '이 화면을 닫거나 서버를 다시 켜도 이어서 진행돼요.',
    en: 'It goes on when you close this page or restart the server.',
  },
  failed: {
    ko: '나눌 고객이 없었어요. 세그먼트를 확인하고 다시 나눠 주세요.',
    en: 'There was nobody to split. Look at the segment and split it again.',
  },
  until: {
    ko: (when: string) => `${when}까지 두 명단을 똑같이 세요. 그 전에는 결과를 말하지 않아요.`,
    en: (when: string) => `Both lists are counted until ${when}; nothing is told before.`,
  },
  judged: {
    ko: '실제로 받았는지와 상관없이, 나뉜 명단 그대로 비교해요. 받은 사람만 골라 비교하면 효과가 아니라 사람의 차이를 재게 돼요.',
    en: 'People are compared by the list they were drawn into, whether they got it or not. Comparing only those who got it would measure who they are.',
  },
})

/** `/insight/splits/3`: the two lists, who really got it, and what sending caused. */
export function SplitPage() {
  const said = useWords(text)
  const shared = useWords(splitWords)
  const metrics = useWords(metricNames)
  const { id } = useParams<{ readonly id: string }>()
  const split = useQuery({
    queryKey: ['splits', 'one', Number(id)],
    queryFn: ({ signal }) => getSplit(Number(id), signal),
    refetchInterval: ({ state }) => (state.data && isDrawing(state.data) ? 1_000 : false),
  })
  const row = split.data
  return (
    <Page
      title={row?.name ?? shared.title}
      purpose={
        row && said.purpose(row.segmentName, metrics[row.metric], shared.days(row.windowDays))
      }
      back={{ to: '/insight/splits', label: shared.title }}
      beside={row && <SplitState split={row} />}
    >
      {split.error && !row && <Failure error={split.error} retry={() => split.refetch()} />}
      {!row && !split.error && (
        <Card flush>
          <Bones lines={6} />
        </Card>
      )}
      {row?.state === 'drawing' && <Drawing split={row} />}
      {row?.state === 'failed' && (
        <Card>
          <p role="alert">{said.failed}</p>
        </Card>
      )}
      {row?.state === 'drawn' && <Drawn split={row} />}
    </Page>
  )
}

function Drawing({ split: { done, total } }: { readonly split: Split }) {
  const said = useWords(text)
  const language = useLanguage()
  const label =
    total === null ? said.calling : said.drawing(count(done, language), count(total, language))
  return (
    <Card>
      <div className={style.stack}>
        <p role="status" className={style.plan}>
          {label}
        </p>
        <Progress value={(done / Math.max(1, total ?? 1)) * 100} aria-label={label} />
        <p className={style.note}>{said.goesOn}</p>
      </div>
    </Card>
  )
}

function Drawn({ split }: { readonly split: Split }) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const effect = useKept(['splits', 'effect', split.id], (asked, signal) =>
    getSplitEffect(split.id, asked, signal),
  )
  const isOpen = split.endsAt !== null && split.endsAt > Date.now()
  return (
    <div className={style.stack}>
      <SplitLists split={split} />
      <SplitExposure split={split} />
      {isOpen && split.endsAt !== null && (
        <p className={style.note}>{said.until(dayAndTime(split.endsAt, { timeZone, language }))}</p>
      )}
      <p className={style.note}>{said.judged}</p>
      <KeptReport
        query={effect}
        bones={
          <Card flush>
            <Bones lines={6} />
          </Card>
        }
      >
        {(report) => (
          <>
            <EffectCard report={report} />
            <Outcomes report={report} />
            <Guards guards={report.guards} />
          </>
        )}
      </KeptReport>
    </div>
  )
}
