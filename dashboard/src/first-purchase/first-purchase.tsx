import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { ranked } from '../../../server/src/first-purchase/ranked.ts'
import { within } from '../../../server/src/first-purchase/report-lines.ts'
import { type FirstPurchaseReport, getFirstPurchase } from '../api/first-purchase.ts'
import { useKept } from '../api/kept.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { BeginHere } from '../design/begin-here.tsx'
import { Card } from '../design/card.tsx'
import { CsvButton } from '../design/csv-button.tsx'
import { count, people, percent } from '../design/format.ts'
import { KeptReport } from '../design/kept.tsx'
import { Page } from '../design/page.tsx'
import { Bone, Bones, EmptyState } from '../design/states.tsx'
import { type Asked, pickLimit, useAsked } from './asked.ts'
import { FirstPurchaseFilters } from './filters.tsx'
import style from './first-purchase.module.css'
import { MakeCampaign } from './make-campaign.tsx'
import { Notes } from './notes.tsx'
import { ProductPanel } from './product-panel.tsx'
import { Scatter } from './scatter.tsx'
import { ProductTable } from './table.tsx'

const text = words({
  title: { ko: '첫 구매 상품', en: 'First-purchase products' },
  purpose: {
    ko: '처음에 무엇을 산 고객이 다시 돌아오는지 비교해요. 원인이 아니라 후보예요. 캠페인으로 확인해야 믿을 수 있어요.',
    en: 'Which first purchase brings people back? These are candidates, not causes; a campaign with a hold-out tells.',
  },
  picture: { ko: '많이 팔리고, 다시 오게 하는 상품', en: 'Sold a lot, and brought back' },
  pictureNote: {
    ko: '오른쪽일수록 첫 구매자가 많고, 위일수록 다시 와요. 세로선은 구간, 원의 크기는 추가 매출이에요.',
    en: 'Further right: more first buyers. Higher: more come back. Lines are intervals, size is repeat revenue.',
  },
  summary: {
    ko: (buyers: string, rate: string) => `첫 구매한 ${buyers} 중 ${rate}가 다시 샀어요.`,
    en: (buyers: string, rate: string) =>
      `Of ${buyers} with a first purchase, ${rate} bought again.`,
  },
  placed: {
    ko: (n: string, least: number) =>
      `첫 구매자가 ${least}명 이상인 상품 ${n}개에 순위를 매겼어요.`,
    en: (n: string, least: number) =>
      `${n} products with ${least} first buyers or more have a place.`,
  },
  placedOf: {
    ko: (category: string, n: string) =>
      `‘${category}’에서는 상품 ${n}개에 순위가 있어요. 비율과 순위는 상점 전체의 것이에요.`,
    en: (category: string, n: string) =>
      `In ‘${category}’ ${n} products have a place. Rate and places are those of the whole shop.`,
  },
  unplaced: {
    ko: (least: number) =>
      `첫 구매자가 ${least}명 이상인 상품이 없어 순위를 매기지 않았어요. 조건을 넓혀 보세요.`,
    en: (least: number) =>
      `No product has ${least} first buyers or more, so none has a place. Ask more widely.`,
  },
  best: { ko: '상위 3개 고르기', en: 'Choose the best three' },
  pickedTitle: { ko: (n: number) => `${n}개를 골랐어요`, en: (n: number) => `${n} chosen` },
  pickMore: {
    ko: '둘이나 셋을 고르면 서로 비교하기 좋아요.',
    en: 'Two or three compare well.',
  },
  full: {
    ko: `한 캠페인에는 ${pickLimit}개까지 담을 수 있어요. 바꾸려면 하나를 빼 주세요.`,
    en: `A campaign holds up to ${pickLimit}. Take one out to choose another.`,
  },
  make: { ko: '이 상품들로 캠페인 만들기', en: 'Make a campaign of these' },
  clear: { ko: '고른 것 지우기', en: 'Clear' },
  emptyTitle: { ko: '아직 주문이 없어요', en: 'No orders yet' },
  empty: {
    ko: '주문이 들어오거나 지난 주문을 가져오면, 어떤 첫 상품이 단골을 만드는지 여기서 비교할 수 있어요.',
    en: 'Once orders arrive, or past ones are imported, see here which first product makes regulars.',
  },
  example: {
    ko: '예: “쌀겨 비누로 처음 산 346명 중 44.8 %가 다시 샀어요”',
    en: 'For example: “Of 346 who first bought the rice soap, 44.8 % bought again”',
  },
  noneTitle: { ko: '이 조건에 맞는 첫 구매가 없어요', en: 'No first purchases match' },
  noneMatch: {
    ko: '기간, 유입 경로, 할인을 바꾸면 다른 첫 구매를 볼 수 있어요.',
    en: 'Another period, channel or discount shows others.',
  },
  everything: { ko: '조건 지우고 모두 보기', en: 'See all of them' },
  files: { ko: '지난 주문 가져오기', en: 'Bring past orders' },
  youngTitle: { ko: '아직 기간을 다 채운 고객이 없어요', en: 'Nobody’s time is over yet' },
  young: {
    ko: (n: string, days: number) =>
      `첫 구매자 ${n}이 있지만 ${days}일이 지난 사람이 없어요. 더 짧은 기간이나 제한 없음으로 볼 수 있어요.`,
    en: (n: string, days: number) =>
      `There are ${n} first buyers, but none was followed for ${days} days. Choose a shorter time, or none.`,
  },
  none: { ko: '제한 없이 보기', en: 'See without a limit' },
})

/** Seed 2's table with its picture, from the ranking to the campaign that tests it. */
export function FirstPurchase() {
  const said = useWords(text)
  const asked = useAsked()
  const report = useKept<FirstPurchaseReport>(['first-purchase', asked.question], (kept, signal) =>
    getFirstPurchase({ ...asked.question, ...kept }, signal),
  )
  const result = report.data?.state === 'ready' ? report.data.result : undefined
  return (
    <Page title={said.title} purpose={said.purpose} figures="first" width="wide">
      <FirstPurchaseFilters asked={asked} report={result} />
      <KeptReport query={report} bones={<Coming />}>
        {(found) => <Found report={found} asked={asked} />}
      </KeptReport>
    </Page>
  )
}

function Coming() {
  return (
    <div className={style.split}>
      <Card>
        <Bone height={440} />
      </Card>
      <Card flush>
        <Bones lines={10} />
      </Card>
    </div>
  )
}

type FoundProps = { readonly report: FirstPurchaseReport; readonly asked: Asked }

function Found({ report, asked }: FoundProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { total, currency } = report
  const { product, put } = asked
  const rows = useMemo(
    () => ranked(within(report.rows, asked.category), asked.by),
    [report.rows, asked.category, asked.by],
  )
  if (total.firstBuyers === 0) return <Nothing report={report} asked={asked} />
  const row = product === null ? undefined : report.rows.find((one) => one.product === product)
  const placed = rows.filter(({ rank }) => rank !== null)
  const buyers = people(total.firstBuyers, language)
  return (
    <>
      <div className={style.acts}>
        <p className={style.barText}>
          {said.summary(buyers, percent(total.repurchaseRate))}{' '}
          {placed.length === 0
            ? said.unplaced(report.enoughBuyers)
            : asked.category === null
              ? said.placed(count(placed.length, language), report.enoughBuyers)
              : said.placedOf(asked.category, count(placed.length, language))}
        </p>
        <Button
          variant="default"
          disabled={placed.length === 0}
          onClick={() =>
            asked.pick(
              placed
                .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
                .slice(0, pickLimit)
                .map((one) => one.product),
            )
          }
        >
          {said.best}
        </Button>
        <CsvButton
          href="/api/reports/first-purchase.csv"
          question={{ ...asked.question, category: asked.category, sort: asked.by }}
        />
      </div>
      <div className={style.split}>
        <div className={style.sticky}>
          <Card title={said.picture} note={said.pictureNote}>
            <Scatter
              key={`${report.asOf}/${asked.category}`}
              rows={rows}
              shopRate={total.repurchaseRate}
              currency={currency}
              chosen={product}
              choose={(one) => put('product', one)}
            />
          </Card>
        </div>
        <Card flush>
          <ProductTable rows={rows} currency={currency} asked={asked} />
        </Card>
      </div>
      <Chosen report={report} asked={asked} />
      <Notes report={report} showNever={asked.never} />
      {row && (
        <ProductPanel
          row={row}
          report={report}
          question={asked.question}
          close={() => put('product', null)}
        />
      )}
    </>
  )
}

/** What was chosen, always in sight, and the way to its campaign. */
function Chosen({ report, asked }: FoundProps) {
  const said = useWords(text)
  const may = useMay('marketer')
  const [isMaking, setMaking] = useState(false)
  const chosen = asked.picked.flatMap(
    (product) => report.rows.find((row) => row.product === product) ?? [],
  )
  if (chosen.length === 0) return null
  return (
    <section className={style.bar} aria-label={said.pickedTitle(chosen.length)}>
      <p className={style.barText}>
        <b>{said.pickedTitle(chosen.length)}</b> {chosen.map(({ name }) => name).join(', ')}
        {chosen.length === 1 && <span className={style.sub}>{said.pickMore}</span>}
        {chosen.length === pickLimit && <span className={style.sub}>{said.full}</span>}
      </p>
      <Button variant="subtle" onClick={() => asked.pick([])}>
        {said.clear}
      </Button>
      {may && <Button onClick={() => setMaking(true)}>{said.make}</Button>}
      {isMaking && <MakeCampaign chosen={chosen} close={() => setMaking(false)} />}
    </section>
  )
}

function Nothing({ report, asked }: FoundProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { buyersSoFar } = report.total
  const days = asked.question.horizon_days
  if (buyersSoFar > 0 && days !== undefined) {
    return (
      <Card flush>
        <EmptyState
          title={said.youngTitle}
          action={<Button onClick={() => asked.put('horizon', 'none')}>{said.none}</Button>}
        >
          {said.young(people(buyersSoFar, language), days)}
        </EmptyState>
      </Card>
    )
  }
  if (isNarrowed(asked)) {
    return (
      <BeginHere title={said.noneTitle} to="/first-purchase" go={said.everything}>
        {said.noneMatch}
      </BeginHere>
    )
  }
  return (
    <BeginHere title={said.emptyTitle} example={said.example} to="/connect/files" go={said.files}>
      {said.empty}
    </BeginHere>
  )
}

/** Some first orders are left out by what was asked. */
function isNarrowed({ question: { from, to, days, channel, discount } }: Asked): boolean {
  return [from, to, days, channel, discount].some((one) => one !== undefined)
}
