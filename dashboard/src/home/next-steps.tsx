import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { listApprovals } from '../api/approval.ts'
import { listCampaigns } from '../api/campaigns.ts'
import { useKept } from '../api/kept.ts'
import { getSuggestions, type HomeReport } from '../api/reports.ts'
import { useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Bones } from '../design/states.tsx'
import { useSetup } from '../settings/use-setup.ts'
import style from './home.module.css'
import { Suggested } from './suggested.tsx'

const text = words({
  title: { ko: '다음에 할 일', en: 'What to do next' },
  connect: { ko: '상점에 코드를 붙여 보세요', en: 'Put the snippet in your shop' },
  connectText: {
    ko: '한 줄이면 고객의 움직임이 들어오기 시작해요.',
    en: 'One line, and what people do starts to arrive.',
  },
  connectGo: { ko: '코드 받기', en: 'Get the snippet' },
  first: { ko: '첫 캠페인을 켜 보세요', en: 'Switch on a first campaign' },
  firstText: {
    ko: '장바구니에 담고 떠난 고객에게 보내는 알림이 가장 빨리 결과를 보여줘요.',
    en: 'A reminder to people who left something in the cart shows a result soonest.',
  },
  firstGo: { ko: '시나리오 고르기', en: 'Choose a playbook' },
  approve: {
    ko: (name: string) => `‘${name}’ 캠페인이 승인을 기다려요`,
    en: (name: string) => `“${name}” waits for your approval`,
  },
  approveText: {
    ko: (who: string) => `${who} 님이 요청했어요. 승인해야 켤 수 있어요.`,
    en: (who: string) => `${who} asked for it; it cannot go live before.`,
  },
  approveGo: { ko: '살펴보기', en: 'Look at it' },
  drafts: {
    ko: (n: number) => `쓰다 만 캠페인이 ${n}개 있어요`,
    en: (n: number) => `${n} unfinished ${n === 1 ? 'campaign' : 'campaigns'}`,
  },
  draftsText: {
    ko: '확인 목록이 모두 초록색이면 바로 켤 수 있어요.',
    en: 'When the whole checklist is green, it can go live.',
  },
  draftsGo: { ko: '이어서 쓰기', en: 'Continue' },
  results: {
    ko: (name: string) => `‘${name}’ 결과를 확인해 보세요`,
    en: (name: string) => `See how “${name}” is doing`,
  },
  resultsText: {
    ko: '대조군과 비교한 차이와, 확실해지려면 몇 명이 더 필요한지 알려드려요.',
    en: 'The difference against the hold-out, and how many more people it takes to be certain.',
  },
  resultsGo: { ko: '보고서 열기', en: 'Open the report' },
  products: {
    ko: '단골을 만드는 첫 상품을 찾아보세요',
    en: 'Find the products that bring people back',
  },
  productsText: {
    ko: '어떤 상품으로 처음 산 고객이 다시 돌아오는지 비교해 드려요.',
    en: 'Compare which first purchase brings customers back.',
  },
  productsGo: { ko: '첫 구매 상품 보기', en: 'See first-purchase products' },
  segment: { ko: '누구에게 말을 걸지 정해 보세요', en: 'Decide whom to talk to' },
  segmentText: {
    ko: '“30일 동안 사지 않은 회원”처럼 문장으로 고르면 바로 몇 명인지 보여요.',
    en: 'Say it as a sentence, like “members who did not buy for 30 days”, and see the number at once.',
  },
  segmentGo: { ko: '세그먼트 만들기', en: 'Make a segment' },
})

const shownSteps = 3

/** At most three things worth doing now, each with its reason and one link. */
export function NextSteps({ home }: { readonly home: HomeReport | undefined }) {
  const said = useWords(text)
  const { shop } = useSession()
  const setup = useSetup()
  const campaigns = useQuery({
    queryKey: ['campaigns', 'find'],
    queryFn: ({ signal }) => listCampaigns({ limit: 100 }, signal),
  })
  const approvals = useQuery({
    queryKey: ['campaigns', 'approvals'],
    queryFn: ({ signal }) => listApprovals(signal),
  })
  const suggested = useKept(['suggestions'], (_, signal) => getSuggestions(signal))
  // Steps that are replaced a second later are pressed by mistake: the facts are waited for.
  if (
    campaigns.isLoading ||
    setup.isLoading ||
    !(suggested.data?.state === 'ready' || suggested.error)
  ) {
    return (
      <Card title={said.title} flush>
        <Bones lines={4} />
      </Card>
    )
  }
  const all = campaigns.data?.items ?? []
  const live = all.find((one) => one.state === 'live')
  const drafts = all.filter((one) => one.state === 'draft')
  const chances = suggested.data?.state === 'ready' ? suggested.data.result : []
  const urgent = [
    ...(approvals.data?.items ?? []).map(({ campaign, name, askedBy }) => ({
      title: said.approve(name),
      says: said.approveText(askedBy),
      go: said.approveGo,
      to: `/campaigns/${campaign}`,
    })),
    !shop.isDemo && setup.data && !setup.data.hasEvents
      ? { title: said.connect, says: said.connectText, go: said.connectGo, to: '/setup' }
      : undefined,
  ].filter((step) => step !== undefined)
  const usual = [
    live
      ? {
          title: said.results(live.name),
          says: said.resultsText,
          go: said.resultsGo,
          to: `/campaigns/${live.id}/report`,
        }
      : undefined,
    !live && drafts.length === 0
      ? { title: said.first, says: said.firstText, go: said.firstGo, to: '/playbooks' }
      : undefined,
    drafts.length > 0
      ? {
          title: said.drafts(drafts.length),
          says: said.draftsText,
          go: said.draftsGo,
          to: drafts.length === 1 ? `/campaigns/${drafts[0]?.id}` : '/campaigns',
        }
      : undefined,
    (home?.orders.now ?? 0) > 0
      ? {
          title: said.products,
          says: said.productsText,
          go: said.productsGo,
          to: '/first-purchase',
        }
      : undefined,
    { title: said.segment, says: said.segmentText, go: said.segmentGo, to: '/segments/new' },
  ].filter((step) => step !== undefined)
  // What waits for somebody, then the facts, then what is worth doing on any day.
  const shown = [...urgent, ...chances, ...usual].slice(0, shownSteps)
  return (
    <Card title={said.title} flush>
      <ul className={style.todo}>
        {shown.map((step) =>
          'kind' in step ? (
            <Suggested key={step.kind} suggestion={step} />
          ) : (
            <Step key={step.to} step={step} />
          ),
        )}
      </ul>
    </Card>
  )
}

type StepProps = {
  readonly step: {
    readonly title: string
    readonly says: string
    readonly go: string
    readonly to: string
  }
}
function Step({ step }: StepProps) {
  return (
    <li>
      <span className={style.todoTitle}>{step.title}</span>
      <span className={style.todoText}>{step.says}</span>
      <Link href={step.to} className={style.todoLink ?? ''}>
        {step.go} <IconArrowRight size={16} aria-hidden />
      </Link>
    </li>
  )
}
