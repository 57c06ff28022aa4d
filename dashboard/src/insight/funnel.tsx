import { Button } from '@mantine/core'
import { Link } from 'wouter'
import type { FunnelCounts } from '../../../server/src/insight/funnel.ts'
import { type FunnelAnswer, type FunnelQuestion, funnelCsv, getFunnel } from '../api/insight.ts'
import { useKept } from '../api/kept.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { CsvButton } from '../design/csv-button.tsx'
import { count, day, hourAndMinute } from '../design/format.ts'
import { KeptReport } from '../design/kept.tsx'
import { Page } from '../design/page.tsx'
import { Bone, EmptyState } from '../design/states.tsx'
import { FunnelBreakdown } from './funnel-breakdown.tsx'
import { FunnelDrops } from './funnel-drops.tsx'
import { type FunnelAsked, FunnelFilters, otherSource, useFunnelAsked } from './funnel-filters.tsx'
import { FunnelPicture } from './funnel-picture.tsx'
import style from './insight.module.css'

const text = words({
  title: { ko: '퍼널', en: 'Funnel' },
  purpose: {
    ko: '방문에서 주문까지, 어디에서 가장 많이 떠나는지 봐요. 떠난 곳마다 도울 캠페인으로 바로 갈 수 있어요.',
    en: 'From visit to order: where people leave, and the campaign that helps there.',
  },
  todaySpans: {
    ko: (until: string) => `오늘 ${until}까지 · 비교: 어제 같은 시각까지`,
    en: (until: string) => `Today until ${until} · compared with yesterday until the same time`,
  },
  spans: {
    ko: (now: string, before: string) => `${now} · 비교: 그 전 ${before}`,
    en: (now: string, before: string) => `${now} · compared with ${before}`,
  },
  steps: { ko: '단계마다 남은 수', en: 'How many reach each step' },
  stepsNote: {
    ko: '앞 단계를 모두 거친 길만 다음 단계에서 세요. 검색은 거치지 않아도 되는 단계라 흐리게 그렸어요.',
    en: 'A step counts only after the steps before it. Searching is optional and drawn pale.',
  },
  stepsNoteSearch: {
    ko: '앞 단계를 모두 거친 길만 다음 단계에서 세요. 검색으로 시작한 길만 보고 있어요.',
    en: 'A step counts only after the steps before it, searching included.',
  },
  offPath: {
    ko: (n: string) => `주문 ${n}건은 앞 단계를 다 거치지 않아 이 길에 들지 않았어요.`,
    en: (n: string) => `${n} ordered without every step before it and are not on this way.`,
  },
  open: {
    ko: (n: string) => `${n}명은 아직 7일이 지나지 않아 더 나아갈 수 있어요.`,
    en: (n: string) => `${n} still have time: their seven days are not over.`,
  },
  emptyTitle: { ko: '이 기간에는 방문이 없어요', en: 'No visits in this period' },
  empty: {
    ko: '상점에 코드를 붙이면 방문, 상품 보기, 장바구니, 주문이 단계로 이어져 보여요. 오늘 온 방문은 ‘오늘’에서 바로 보이고, 가져온 지난 기록에는 방문이 없어요.',
    en: 'With the snippet in your shop, visits, products, carts and orders line up as steps. Visits of today show under “Today”; imported history has none.',
  },
  emptyExample: {
    ko: '예: “방문 100번 중 상품 보기 62번, 장바구니 11번, 주문 3번. 장바구니에서 가장 많이 떠나요”',
    en: 'For example: “Of 100 visits 62 see a product, 11 use the cart, 3 order; most leave at the cart”',
  },
  connect: { ko: '코드 받기', en: 'Get the snippet' },
  today: {
    ko: (n: string) => `오늘 온 방문 ${n}번 보기`,
    en: (n: string) => `See today’s ${n} visits`,
  },
})

/** `/insight/funnel`: all of its filters are in the address. */
export function FunnelPage() {
  const said = useWords(text)
  const asked = useFunnelAsked()
  const { question } = asked
  const query = useKept<FunnelAnswer>(['insight', 'funnel', question], (fresh, signal) =>
    getFunnel({ ...question, ...fresh }, signal),
  )
  const ready = query.data?.state === 'ready' ? query.data.result : undefined
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      figures="visits"
      width="wide"
      action={ready && <CsvButton href={funnelCsv} question={question} />}
    >
      <FunnelFilters asked={asked} sources={ready?.channels.map((one) => one.source) ?? []} />
      <KeptReport
        query={query}
        bones={
          <Card>
            <Bone height={420} />
          </Card>
        }
      >
        {(answer) => <Found answer={answer} asked={asked} />}
      </KeptReport>
    </Page>
  )
}

function Found({ answer, asked }: { readonly answer: FunnelAnswer; readonly asked: FunnelAsked }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const when = { timeZone: shop.timeZone, language }
  const span = (from: number, to: number) => `${day(from, when)} ~ ${day(to - 1, when)}`
  const { now, before } = chosen(answer, asked.source)
  const isSearch = asked.question.path === 'search'
  if (answer.now.visit === 0) return <Nothing asked={asked} />
  return (
    <div className={style.stack}>
      <p className={style.summary}>
        {asked.question.days === 0
          ? said.todaySpans(hourAndMinute(answer.to, shop.timeZone))
          : said.spans(span(answer.from, answer.to), span(answer.start, answer.until))}
      </p>
      <Card title={said.steps} note={isSearch ? said.stepsNoteSearch : said.stepsNote}>
        <FunnelPicture now={now} before={before} asked={asked} />
        {now.offPath > 0 && (
          <p className={style.note}>{said.offPath(count(now.offPath, language))}</p>
        )}
        {now.open > 0 && <p className={style.note}>{said.open(count(now.open, language))}</p>}
      </Card>
      <FunnelDrops now={now} before={before} asked={asked} />
      {asked.source === null && <FunnelBreakdown answer={answer} asked={asked} />}
    </div>
  )
}

/** Says what will be here; a shop's first visits are of today, one click away. */
function Nothing({ asked: { question, put } }: { readonly asked: FunnelAsked }) {
  const said = useWords(text)
  const language = useLanguage()
  const today = useKept<FunnelAnswer>(['insight', 'funnel', todayAsked], (fresh, signal) =>
    getFunnel({ ...todayAsked, ...fresh }, signal),
  )
  const visits = today.data?.state === 'ready' ? today.data.result.now.visit : 0
  return (
    <Card flush>
      <EmptyState
        title={said.emptyTitle}
        example={said.emptyExample}
        action={
          visits > 0 && question.days !== 0 ? (
            <Button onClick={() => put('days', '0')}>{said.today(count(visits, language))}</Button>
          ) : (
            <Button component={Link} href="/setup">
              {said.connect}
            </Button>
          )
        }
      >
        {said.empty}
      </EmptyState>
    </Card>
  )
}
const todayAsked: FunnelQuestion = {
  days: 0,
  window_days: undefined,
  path: 'any',
  segment: undefined,
  product: undefined,
  category: undefined,
}

/** The whole, or the visits of one source. */
function chosen(answer: FunnelAnswer, source: string | null) {
  if (source === null) return answer
  const found = answer.channels.find((one) => (one.source || otherSource) === source)
  return found ?? { now: nothing, before: nothing }
}

const nothing: FunnelCounts = {
  visit: 0,
  search: 0,
  view: 0,
  cart: 0,
  checkout: 0,
  order: 0,
  offPath: 0,
  open: 0,
}
