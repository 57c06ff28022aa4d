import { NumberInput, Select, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { metricOf } from '../../../../server/src/campaigns/goal-metric.ts'
import { calledEvent, eventOfTrigger } from '../../../../server/src/campaigns/trigger.ts'
import { getDurations } from '../../api/shop-wide.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { people } from '../../design/format.ts'
import style from './flow.module.css'

const text = words({
  learn: { ko: '배우는 기간 두기', en: 'Have a learning period' },
  learnNote: {
    ko: '처음에는 대조군을 크게 두어 효과를 빨리 알아내고, 그 뒤에는 작게 줄여요.',
    en: 'A larger hold-out at first makes the effect known sooner; then it shrinks.',
  },
  share: { ko: '배우는 동안 대조군', en: 'Held out while learning' },
  until: { ko: '몇 명이 들어올 때까지', en: 'Until so many have entered' },
  unit: { ko: '명', en: '' },
  price: {
    ko: (out: string, rest: number) =>
      `그때까지 약 ${out}에게 보내지 않고, 그 뒤에는 ${rest} %만 남겨요.`,
    en: (out: string, rest: number) =>
      `About ${out} get nothing until then; ${rest} % stay held out afterwards.`,
  },
  weeks: {
    ko: (weeks: number) => `지금 속도면 ${weeks}주 걸려요.`,
    en: (weeks: number) => `At the present pace it takes ${weeks} weeks.`,
  },
  usual: {
    ko: (weeks: number) => `10 %로만 하면 ${weeks}주 걸려요.`,
    en: (weeks: number) => `With 10 % alone it takes ${weeks}.`,
  },
  unknown: {
    ko: '지난 기록이 적어서 몇 주 걸릴지는 아직 말할 수 없어요.',
    en: 'Too little has happened so far to say how many weeks it takes.',
  },
})

/** Where history says nothing people begin with this many. */
const usualPeople = 2_000
const usualShare = 0.3

type Props = {
  readonly flow: Flow
  readonly change: (flow: Flow, by: string) => void
  readonly readOnly?: boolean
}

/** A larger hold-out at first, with its price in people and weeks. */
export function LearningForm({ flow, change, readOnly = false }: Props) {
  const said = useWords(text)
  const { data: plan, isLoading } = usePlan(flow)
  const { learning } = flow
  const known = plan?.durations.find((one) => one.share === usualShare)?.people
  // What is needed goes with the variance of the difference, whichever share is chosen.
  const plannedAt = (share: number) =>
    known === undefined
      ? usualPeople
      : Math.max(40, Math.ceil((known * usualShare * (1 - usualShare)) / (share * (1 - share))))
  const put = (next: Flow['learning']) => {
    const { learning: _, ...rest } = flow
    const holdoutShare = next ? Math.min(0.1, Math.max(0.05, flow.holdoutShare)) : flow.holdoutShare
    change(next ? { ...rest, holdoutShare, learning: next } : rest, 'learning')
  }
  return (
    <div className={style.part}>
      <Switch
        label={said.learn}
        description={said.learnNote}
        checked={learning !== undefined}
        // How many people it begins with is what history says, and that is still being counted.
        disabled={readOnly || (isLoading && learning === undefined)}
        onChange={(event) =>
          put(
            event.currentTarget.checked
              ? { share: usualShare, people: plannedAt(usualShare) }
              : undefined,
          )
        }
      />
      {learning && (
        <>
          <Select
            label={said.share}
            allowDeselect={false}
            disabled={readOnly}
            data={[0.3, 0.4, 0.5].map((share) => ({
              value: String(share),
              label: `${Math.round(share * 100)} %`,
            }))}
            value={String(learning.share)}
            onChange={(value) => {
              const share = Number(value)
              put({ share, people: plan ? plannedAt(share) : learning.people })
            }}
          />
          <NumberInput
            label={said.until}
            suffix={said.unit}
            thousandSeparator=","
            min={40}
            max={10_000_000}
            allowDecimal={false}
            disabled={readOnly}
            value={learning.people}
            onChange={(value) =>
              put({ ...learning, people: Math.min(10_000_000, Math.max(40, Number(value) || 40)) })
            }
          />
          <Price learning={learning} after={flow.holdoutShare} plan={plan} />
        </>
      )}
    </div>
  )
}

type Plan = ReturnType<typeof usePlan>['data']

function Price({
  learning,
  after,
  plan,
}: {
  readonly learning: NonNullable<Flow['learning']>
  readonly after: number
  readonly plan: Plan
}) {
  const said = useWords(text)
  const language = useLanguage()
  const pace = plan?.entrantsAWeek ?? 0
  const usual = plan?.durations.find(({ share }) => share === 0.1)?.weeks
  const out = people(Math.round(learning.people * learning.share), language)
  return (
    <p className={style.note} role="status">
      {said.price(out, Math.round(after * 100))}{' '}
      {pace > 0 ? said.weeks(Math.ceil(learning.people / pace)) : said.unknown}{' '}
      {usual !== undefined && said.usual(usual)}
    </p>
  )
}

/** How many people come in a week and what is needed; undefined where history says nothing of who enters. */
function usePlan(flow: Flow) {
  const { trigger, audience, goal } = flow
  const event = eventOfTrigger(trigger)
  const window_days = String(Math.min(90, Math.max(1, Math.ceil(goal.windowHours / 24))))
  const asked = {
    window_days,
    by: metricOf(flow) === 'orders' ? ('orders' as const) : ('purchase' as const),
    // What calls people itself calls those of the audience.
    ...(event === calledEvent ? {} : { event }),
    ...(trigger.kind === 'segment' ? { crossed: String(trigger.segment) } : {}),
    ...(audience === undefined ? {} : { audience: String(audience) }),
  }
  return useQuery({
    queryKey: ['proof', 'durations', asked],
    queryFn: ({ signal }) => getDurations(asked, signal),
    enabled: event !== calledEvent || audience !== undefined,
    staleTime: 300_000,
  })
}
