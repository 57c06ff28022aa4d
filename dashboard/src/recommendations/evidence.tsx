import { useQuery } from '@tanstack/react-query'
import { isOfShop, listBehind } from '../../../server/src/recommendations/evidence.ts'
import { ways } from '../../../server/src/recommendations/ways.ts'
import {
  type Evidence,
  getEvidence,
  type Recipe,
  type StrategyName,
} from '../api/recommendations.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, percent } from '../design/format.ts'
import { EmptyState } from '../design/states.tsx'

const text = words({
  title: { ko: '무엇에 기대는지', en: 'What it rests on' },
  product: { ko: '상품', en: 'Product' },
  seed: { ko: '이 상품이나 검색어 옆에', en: 'Beside this product or search' },
  cases: { ko: '몇 번', en: 'Cases' },
  ofCases: {
    ko: (some: string, all: string) => `${all} 중 ${some}`,
    en: (some: string, all: string) => `${some} of ${all}`,
  },
  bought: { ko: '첫 구매자 → 다시 산 고객', en: 'First buyers → who came back' },
  buyers: { ko: '최근 30일에 산 고객', en: 'Buyers in 30 days' },
  days: { ko: '다시 사는 간격', en: 'Bought again after' },
  inDays: {
    ko: (days: string, cases: string) => `${days}일 (${cases}번 관찰)`,
    en: (days: string, cases: string) => `${days} days (seen ${cases} times)`,
  },
  noneTitle: { ko: '아직 셀 만큼 모이지 않았어요', en: 'Too little to count yet' },
  none: {
    ko: '주문이나 조회가 더 모이면 여기에 근거가 나와요. 그때까지는 ‘모자라면 이어서’의 방식으로 골라요.',
    en: 'With more orders or looks the counts appear here; until then the recipe goes on with its next way.',
  },
  noSegment: { ko: '세그먼트를 골라 주세요', en: 'Choose a segment' },
  itself: { ko: '세는 것이 없는 방식이에요', en: 'Nothing is counted for this one' },
})

/** The counts behind one way: numbers of people and orders, no scores. */
export function EvidenceOf({ strategy, segment }: Pick<Recipe, 'strategy' | 'segment'>) {
  const said = useWords(text)
  const language = useLanguage()
  const ofSegment = strategy === 'popular_in_segment'
  const waits = ofSegment && segment === null
  const of = ofSegment && segment !== null ? String(segment) : undefined
  const rows = useQuery({
    queryKey: ['recommendations', 'evidence', strategy, of],
    queryFn: ({ signal }) => getEvidence({ strategy, of }, signal),
    enabled: !waits,
  })
  const columns = useColumns(strategy)
  const about = ways[strategy].about[language]
  if (listBehind[strategy] === null) {
    return (
      <Card title={said.title}>
        <EmptyState title={said.itself}>{about}</EmptyState>
      </Card>
    )
  }
  if (waits) {
    return (
      <Card title={said.title}>
        <EmptyState title={said.noSegment}>{about}</EmptyState>
      </Card>
    )
  }
  return (
    <Card title={said.title} note={about} flush>
      <DataTable
        label={said.title}
        columns={columns}
        rows={rows.data?.items}
        keyOf={(row) => `${row.of}/${row.product}`}
        error={rows.error}
        retry={() => rows.refetch()}
        empty={<EmptyState title={said.noneTitle}>{said.none}</EmptyState>}
      />
    </Card>
  )
}

function useColumns(strategy: StrategyName): readonly Column<Evidence>[] {
  const said = useWords(text)
  const language = useLanguage()
  const number = (value: number) => count(value, language)
  const kind = listBehind[strategy]
  const product: Column<Evidence> = {
    key: 'product',
    head: said.product,
    cell: (row) => row.name,
  }
  if (strategy === 'repurchase') {
    const cell = (row: Evidence) => said.inDays(number(Math.round(row.score)), number(row.count))
    return [product, { key: 'days', head: said.days, align: 'right', cell }]
  }
  const cell = (row: Evidence) => said.ofCases(number(row.count), number(row.outOf))
  if (strategy === 'popular' || strategy === 'popular_in_segment') {
    const buyers = (row: Evidence) => number(row.count)
    return [product, { key: 'buyers', head: said.buyers, align: 'right', cell: buyers }]
  }
  if (strategy === 'best_first_products') {
    const orders = (row: Evidence) =>
      `${number(row.outOf)} → ${number(row.count)} (≥ ${percent(row.score)})`
    return [product, { key: 'orders', head: said.bought, align: 'right', cell: orders }]
  }
  const seed: Column<Evidence> = { key: 'of', head: said.seed, cell: (row) => row.ofName }
  const besides = kind !== null && !isOfShop.has(kind) ? [seed] : []
  return [...besides, product, { key: 'cases', head: said.cases, align: 'right', cell }]
}
