import { useQuery } from '@tanstack/react-query'
import type { ArmReport, SplitReport } from '../../../server/src/campaigns/split-report.ts'
import type { Interval } from '../../../server/src/statistics/intervals.ts'
import { getSplits } from '../api/splits.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { count, lasting, people, percent } from '../design/format.ts'
import { RateInterval } from '../design/rate-interval.tsx'
import { Failure } from '../design/states.tsx'
import { eventNoun } from '../events/noun.ts'
import style from './report.module.css'
import { splitVerdict } from './split-verdict.ts'
import table from './splits.module.css'

const text = words({
  title: { ko: 'A/B 비교', en: 'A/B split' },
  noteFixed: {
    ko: '정한 비율로 무작위로 나눠요.',
    en: 'People are shared out at random by the set shares.',
  },
  noteAdaptive: {
    ko: '잘되는 쪽으로 자동 배분해요. 어느 쪽에나 조금은 계속 보내요.',
    en: 'More people go where it works; every side keeps some.',
  },
  arm: { ko: '이름', en: 'Name' },
  share: { ko: '지금 비율', en: 'Share now' },
  people: { ko: '인원', en: 'People' },
  reached: { ko: '목표 이룸', en: 'Reached' },
  rate: { ko: '달성률', en: 'Rate' },
  interval: { ko: '구간', en: 'Interval' },
  window: {
    ko: (time: string, what: string) =>
      `나뉜 때부터 ${time} 안에 목표(${what})를 이룬 사람을 세요.`,
    en: (time: string, what: string) =>
      `People who reached the goal (${what}) within ${time} of the split are counted.`,
  },
  anytime: {
    ko: '구간은 매일 봐도 괜찮아요.',
    en: 'The intervals may be read every day.',
  },
  open: {
    ko: (n: string) => `${n}은 아직 그 시간이 다 지나지 않았어요.`,
    en: (n: string) => `For ${n} that time is not over yet.`,
  },
})

/** How the sides of each random split of the campaign do; nothing where it has none. */
export function Splits({ campaign }: { readonly campaign: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['campaigns', 'splits', campaign],
    queryFn: ({ signal }) => getSplits(campaign, signal),
    refetchInterval: 30_000,
  })
  if (error && !data) return <Failure error={error} retry={() => refetch()} />
  return data?.splits.map((split) => (
    <Compared key={split.step} split={split} windowHours={data.windowHours} event={data.event} />
  ))
}

type ComparedProps = {
  readonly split: SplitReport
  readonly windowHours: number
  /** What counts as reached. */
  readonly event: string
}

function Compared({ split, windowHours, event }: ComparedProps) {
  const said = useWords(text)
  const language = useLanguage()
  const judged = splitVerdict(split, language)
  const { arms, leader, mode } = split
  const open = arms.reduce((sum, arm) => sum + arm.open, 0)
  const top = Math.max(...arms.map((arm) => arm.judged.interval?.high ?? 0), 0.01)
  const colour = { caused: 'var(--caused)', off: 'var(--attention)', held: 'var(--ink)' }[
    judged.meaning
  ]
  return (
    <Card title={said.title} note={mode === 'adaptive' ? said.noteAdaptive : said.noteFixed}>
      <p className={table.headline} style={{ color: colour }}>
        {judged.headline}
      </p>
      <p className={table.says}>{judged.says}</p>
      {judged.whom && <p className={style.note}>{judged.whom}</p>}
      <table className={table.arms}>
        <thead>
          <tr>
            <th scope="col">{said.arm}</th>
            <th scope="col" className={table.spare}>
              {said.share}
            </th>
            <th scope="col">{said.people}</th>
            <th scope="col" className={table.spare}>
              {said.reached}
            </th>
            <th scope="col">{said.rate}</th>
            <th scope="col">{said.interval}</th>
          </tr>
        </thead>
        <tbody>
          {arms.map((arm) => (
            <Arm key={arm.id} arm={arm} top={top} leads={arm.id === leader} />
          ))}
        </tbody>
      </table>
      <p className={style.note}>
        {said.window(lasting(windowHours * 3_600_000, language), eventNoun(event, language))}{' '}
        {said.anytime} {open > 0 && said.open(people(open, language))}
      </p>
    </Card>
  )
}

type ArmProps = { readonly arm: ArmReport; readonly top: number; readonly leads: boolean }

function Arm({ arm, top, leads }: ArmProps) {
  const language = useLanguage()
  const { rate, interval, people: counted, reached } = arm.judged
  const range = ({ low, high }: Interval) => `${(low * 100).toFixed(1)}~${percent(high)}`
  return (
    <tr>
      <td>{arm.name}</td>
      <td className={table.spare}>{percent(arm.share)}</td>
      <td>{count(counted, language)}</td>
      <td className={table.spare}>{count(reached, language)}</td>
      <td>{rate === null ? '–' : percent(rate)}</td>
      <td>
        {rate !== null && interval && (
          <>
            <RateInterval {...interval} {...{ rate, top, leads }} label={range(interval)} />
            <span className={table.range}>{range(interval)}</span>
          </>
        )}
      </td>
    </tr>
  )
}
