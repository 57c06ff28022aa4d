import { Button, Modal, Radio } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { longestWeeks } from '../../../server/src/proof/duration.ts'
import { createCampaign } from '../api/campaigns.ts'
import { type CampaignPlan, type FirstPurchaseRow, getCampaignPlan } from '../api/first-purchase.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { people } from '../design/format.ts'
import { Bones, Failure } from '../design/states.tsx'
import style from './first-purchase.module.css'

type Basis = {
  readonly base: string
  readonly past: string
  readonly lift: number
  readonly days: number
}

const text = words({
  title: { ko: '이 상품들로 캠페인 만들기', en: 'Make a campaign of these' },
  what: {
    ko: '가입하고 아직 사지 않은 고객에게 이 상품들을 슬라이드로 보여줘요. 순서는 고객마다 무작위예요. 일부러 안 보여준 고객(대조군)과 90일 동안의 주문 수를 비교해서, 정말 이 상품 덕인지 확인해요.',
    en: 'Members who never bought see these as slides, in random order for each. Their orders over 90 days are compared with those of people who were shown nothing, so that you learn whether it was these products.',
  },
  share: { ko: '대조군으로 남겨 둘 고객', en: 'Held out to compare with' },
  pace: {
    ko: (n: string, weeks: string) => `지금 한 주에 ${n}이 들어와요. ${weeks}`,
    en: (n: string, weeks: string) => `${n} a week would enter now. ${weeks}`,
  },
  now: {
    ko: (weeks: string, half: string) =>
      `지금 속도면 ${weeks}, 대조군을 50 %로 하면 ${half} 걸려요.`,
    en: (weeks: string, half: string) =>
      `At this pace it takes ${weeks}, with half held out ${half}.`,
  },
  half: {
    ko: (weeks: string) => `지금 속도면 ${weeks} 걸려요.`,
    en: (weeks: string) => `At this pace it takes ${weeks}.`,
  },
  weeks: { ko: (n: number) => `${n}주`, en: (n: number) => (n === 1 ? '1 week' : `${n} weeks`) },
  years: { ko: '5년 넘게', en: 'more than five years' },
  option: {
    ko: (share: number, weeks: string, people: string) => `${share} % · ${weeks} (${people})`,
    en: (share: number, weeks: string, people: string) => `${share} % · ${weeks} (${people})`,
  },
  plain: { ko: (share: number) => `${share} %`, en: (share: number) => `${share} %` },
  basis: {
    ko: ({ base, past, lift, days }: Basis) =>
      `지난 고객 ${past}은 캠페인 없이 ${days}일 동안 한 사람에 ${base}번 주문했어요. 이게 ${lift} % 늘어난다면 알아볼 수 있을 때까지의 시간이에요. 마지막에 들어온 고객을 지켜보는 ${days}일은 따로예요.`,
    en: ({ base, past, lift, days }: Basis) =>
      `${past} before ordered ${base} times each within ${days} days without it. This is until a rise of ${lift} % would show; the ${days} days of the last to enter come on top.`,
  },
  unknown: {
    ko: '아직 방문 기록이 적어서 얼마나 걸릴지 알 수 없어요. 켠 뒤에 들어오는 고객을 보고 캠페인 리포트가 알려줘요.',
    en: 'Too little was seen of visitors to say how long it takes; the campaign’s report will.',
  },
  make: { ko: '초안 만들기', en: 'Make the draft' },
  name: { ko: '첫 구매 추천', en: 'First products' },
})

const shares = [0.1, 0.2, 0.3, 0.5]

type Props = { readonly chosen: readonly FirstPurchaseRow[]; readonly close: () => void }

/** What the campaign will be and how long it takes, then the draft. */
export function MakeCampaign({ chosen, close }: Props) {
  const said = useWords(text)
  const [share, setShare] = useState(0.2)
  const [, go] = useLocation()
  const queries = useQueryClient()
  const plan = useQuery({
    queryKey: ['campaign-plan'],
    queryFn: ({ signal }) => getCampaignPlan(signal),
    staleTime: 60_000,
  })
  const making = useMutation({
    mutationFn: () =>
      createCampaign({
        playbook: 'first_product_recommendation',
        name: `${said.name}: ${chosen.map(({ name }) => name).join(', ')}`.slice(0, 100),
        answers: { products: chosen.map(({ product }) => product), holdoutShare: share },
      }),
    onSuccess: async ({ id }) => {
      await Promise.all(
        ['campaigns', 'segments', 'playbooks'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      )
      go(`/campaigns/${id}`)
    },
  })
  return (
    <Modal opened onClose={close} title={said.title} centered size="lg">
      <div className={style.stack}>
        <ol className={style.names}>
          {chosen.map((row) => (
            <li key={row.product}>{row.name}</li>
          ))}
        </ol>
        <p>{said.what}</p>
        {plan.error ? (
          <Failure error={plan.error} retry={plan.refetch} />
        ) : plan.data ? (
          <Times plan={plan.data} share={share} setShare={setShare} />
        ) : (
          <Bones lines={4} />
        )}
        {making.error && <Failure error={making.error} />}
        <Button loading={making.isPending} onClick={() => making.mutate()}>
          {said.make}
        </Button>
      </div>
    </Modal>
  )
}

type TimesProps = {
  readonly plan: CampaignPlan
  readonly share: number
  readonly setShare: (share: number) => void
}

function Times({ plan, share, setShare }: TimesProps) {
  const said = useWords(text)
  const language = useLanguage()
  const weeksOf = (weeks: number) => (weeks > longestWeeks ? said.years : said.weeks(weeks))
  const of = (one: number) => plan.durations.find((duration) => duration.share === one)
  const [own, half] = [of(share), of(0.5)]
  return (
    <div>
      {own && half ? (
        <p role="status">
          {said.pace(
            people(Math.round(plan.entrantsAWeek), language),
            own === half
              ? said.half(weeksOf(half.weeks))
              : said.now(weeksOf(own.weeks), weeksOf(half.weeks)),
          )}
        </p>
      ) : (
        <p role="status">{said.unknown}</p>
      )}
      <Radio.Group
        label={said.share}
        value={String(share)}
        onChange={(value) => setShare(Number(value))}
        my={12}
      >
        {shares.map((one) => {
          const duration = of(one)
          const percent = Math.round(one * 100)
          return (
            <Radio
              key={one}
              mt={8}
              value={String(one)}
              label={
                duration
                  ? said.option(percent, weeksOf(duration.weeks), people(duration.people, language))
                  : said.plain(percent)
              }
            />
          )
        })}
      </Radio.Group>
      {own && plan.base !== null && (
        <p className={style.quiet}>
          {said.basis({
            base: plan.base.toFixed(2),
            past: people(plan.pastPeople, language),
            lift: Math.round(plan.lift * 100),
            days: plan.windowDays,
          })}
        </p>
      )}
    </div>
  )
}
