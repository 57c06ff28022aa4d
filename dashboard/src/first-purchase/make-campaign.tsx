import { Button, Modal, Radio } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { type Assumed, longestWeeks, type Plan } from '../../../server/src/proof/duration.ts'
import { createCampaign } from '../api/campaigns.ts'
import { type FirstPurchaseRow, getCampaignPlan } from '../api/first-purchase.ts'
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

type Guess = {
  readonly buyers: number
  readonly each: string
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
  needs: {
    ko: (share: number, people: string) => `${share} % · ${people}`,
    en: (share: number, people: string) => `${share} % · ${people}`,
  },
  plain: { ko: (share: number) => `${share} %`, en: (share: number) => `${share} %` },
  basis: {
    ko: ({ base, past, lift, days }: Basis) =>
      `지난 고객 ${past}은 캠페인 없이 ${days}일 동안 한 사람에 ${base}번 주문했어요. 이게 ${lift} % 늘어난다면 알아볼 수 있을 때까지의 시간이에요. 마지막에 들어온 고객을 지켜보는 ${days}일은 따로예요.`,
    en: ({ base, past, lift, days }: Basis) =>
      `${past} before ordered ${base} times each within ${days} days without it. This is until a rise of ${lift} % would show; the ${days} days of the last to enter come on top.`,
  },
  unknownHalf: {
    ko: (need: string) =>
      `가입하고 사지 않은 고객의 기록이 아직 적어서, 우리 상점에서 얼마나 걸릴지는 켠 뒤에 캠페인 보고서가 알려줘요. 지금은 가정으로 셌어요. 대조군까지 더해 ${need}이 필요해요.`,
    en: (need: string) =>
      `Little is known yet of members who did not buy, so the campaign’s report will say how long it takes here. For now by an assumption: ${need} in both groups together.`,
  },
  unknown: {
    ko: (need: string, half: string) =>
      `가입하고 사지 않은 고객의 기록이 아직 적어서, 우리 상점에서 얼마나 걸릴지는 켠 뒤에 캠페인 보고서가 알려줘요. 지금은 가정으로 셌어요. 대조군까지 더해 ${need}, 대조군을 50 %로 하면 ${half}이 필요해요.`,
    en: (need: string, half: string) =>
      `Little is known yet of members who did not buy, so the campaign’s report will say how long it takes here. For now by an assumption: ${need} in both groups together, with half held out ${half}.`,
  },
  assumed: {
    ko: ({ buyers, each, lift, days }: Guess) =>
      `들어온 고객 100명 중 ${buyers}명이 ${days}일 안에 사고, 산 고객은 그동안 한 사람에 ${each}번 주문한다고 봤어요. 이 주문 수가 ${lift} % 늘어난다면 알아볼 수 있을 때까지 들어와야 하는 고객 수예요.`,
    en: ({ buyers, each, lift, days }: Guess) =>
      `Assumed: ${buyers} of 100 who enter buy within ${days} days, ${each} orders each. So many people must enter until a rise of ${lift} % in orders would show.`,
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
  readonly plan: Plan
  readonly share: number
  readonly setShare: (share: number) => void
}

function Times({ plan, share, setShare }: TimesProps) {
  const said = useWords(text)
  const language = useLanguage()
  const weeksOf = (weeks: number) => (weeks > longestWeeks ? said.years : said.weeks(weeks))
  const durations = plan.assumed?.durations ?? plan.durations
  const label = (one: number) => {
    const percent = Math.round(one * 100)
    const of = durations.find((duration) => duration.share === one)
    if (!of) return said.plain(percent)
    const needed = people(of.people, language)
    return of.weeks === null
      ? said.needs(percent, needed)
      : said.option(percent, weeksOf(of.weeks), needed)
  }
  return (
    <div>
      <p role="status">
        {plan.assumed ? (
          <Guessed assumed={plan.assumed} share={share} />
        ) : (
          <Known plan={plan} share={share} weeksOf={weeksOf} />
        )}
      </p>
      <Radio.Group
        label={said.share}
        value={String(share)}
        onChange={(value) => setShare(Number(value))}
        my={12}
      >
        {shares.map((one) => (
          <Radio key={one} mt={8} value={String(one)} label={label(one)} />
        ))}
      </Radio.Group>
      <p className={style.quiet}>
        <Basis plan={plan} />
      </p>
    </div>
  )
}

/** Weeks at the pace of late, of what was chosen and of half held out. */
function Known({
  plan,
  share,
  weeksOf,
}: Pick<TimesProps, 'plan' | 'share'> & { readonly weeksOf: (weeks: number) => string }) {
  const said = useWords(text)
  const language = useLanguage()
  const weeks = (one: number) =>
    weeksOf(plan.durations.find((duration) => duration.share === one)?.weeks ?? longestWeeks + 1)
  return said.pace(
    people(Math.round(plan.entrantsAWeek), language),
    share === 0.5 ? said.half(weeks(0.5)) : said.now(weeks(share), weeks(0.5)),
  )
}

/** People under the assumption. */
function Guessed({ assumed, share }: { readonly assumed: Assumed; readonly share: number }) {
  const said = useWords(text)
  const language = useLanguage()
  const needed = (one: number) =>
    people(assumed.durations.find((duration) => duration.share === one)?.people ?? 0, language)
  return share === 0.5 ? said.unknownHalf(needed(0.5)) : said.unknown(needed(share), needed(0.5))
}

/** What the plan rests on. */
function Basis({ plan }: Pick<TimesProps, 'plan'>) {
  const said = useWords(text)
  const language = useLanguage()
  const of = { lift: Math.round(plan.lift * 100), days: plan.windowDays }
  if (plan.assumed) {
    const { buyers, each } = plan.assumed
    return said.assumed({ ...of, buyers: Math.round(buyers * 100), each: each.toFixed(2) })
  }
  if (plan.base === null) return null
  return said.basis({
    ...of,
    base: plan.base.toFixed(2),
    past: people(plan.pastPeople, language),
  })
}
