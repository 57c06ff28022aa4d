import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getShelves, listProducts } from '../api/products.ts'
import { listSegments } from '../api/segments.ts'
import { useWords, words } from '../app/language.ts'
import { AnyOf, Either, Filters, OneOf, OnOff } from '../design/filters.tsx'
import { sourceName, sourceWords } from './source-name.ts'
import { usePut } from './use-put.ts'

const text = words({
  period: { ko: '기간', en: 'Period' },
  today: { ko: '오늘', en: 'Today' },
  days: { ko: (n: number) => `지난 ${n}일`, en: (n: number) => `Last ${n} days` },
  by: { ko: '세는 방법', en: 'Counted by' },
  byHint: {
    ko: '방문마다: 한 번의 방문 안에서 이어진 길만 세요. 고객마다: 기간 안의 첫 방문부터 7일 동안 이어진 길을 한 번 세요.',
    en: 'By visit: only what happened within one visit. By person: once each, over the seven days from their first visit in the period.',
  },
  visit: { ko: '방문마다', en: 'By visit' },
  person: { ko: '고객마다 (7일)', en: 'By person (7 days)' },
  segment: { ko: '세그먼트', en: 'Segment' },
  product: { ko: '상품', en: 'Product' },
  category: { ko: '분류', en: 'Category' },
  source: { ko: '유입 경로', en: 'Channel' },
  search: { ko: '검색한 길만 보기', en: 'Only ways that search' },
})

/** Days until last midnight; 0 is today so far. */
const periods = [0, 7, 30, 90] as const
/** Days that a person's way may take. */
export const windowDays = 7
/** The source of visits that tell none, in the address. */
export const otherSource = '(other)'

/** What the address asks of the funnel. */
export function useFunnelAsked() {
  const [params, put] = usePut()
  const days = periods.find((one) => String(one) === params.get('days')) ?? 30
  const segment = Number(params.get('segment'))
  return {
    put,
    source: params.get('source'),
    question: {
      days,
      window_days: params.get('by') === 'person' ? windowDays : undefined,
      path: params.get('path') === 'search' ? ('search' as const) : ('any' as const),
      segment: Number.isInteger(segment) && segment > 0 ? segment : undefined,
      product: params.get('product') ?? undefined,
      category: params.get('category') ?? undefined,
    },
  }
}
export type FunnelAsked = ReturnType<typeof useFunnelAsked>

/** Period, how to count, and whom and what to look at. */
export function FunnelFilters({ asked, sources }: Props) {
  const said = useWords(text)
  const names = useWords(sourceWords)
  const { question, put, source } = asked
  const segments = useQuery({
    queryKey: ['segments', 'pick'],
    queryFn: ({ signal }) => listSegments({ limit: 100 }, signal),
    staleTime: 60_000,
  })
  const shelves = useQuery({
    queryKey: ['products', 'shelves'],
    queryFn: ({ signal }) => getShelves(signal),
    staleTime: 60_000,
  })
  return (
    <Filters>
      <OneOf
        label={said.period}
        width={130}
        value={String(question.days)}
        change={(value) => put('days', value === '30' ? null : value)}
        offered={periods.map((one) => [String(one), one === 0 ? said.today : said.days(one)])}
      />
      <Either
        label={said.by}
        hint={said.byHint}
        value={question.window_days === undefined ? 'visit' : 'person'}
        change={(value) => put('by', value === 'person' ? value : null)}
        offered={[
          ['visit', said.visit],
          ['person', said.person],
        ]}
      />
      <AnyOf
        label={said.segment}
        width={150}
        value={question.segment === undefined ? null : String(question.segment)}
        change={(value) => put('segment', value)}
        offered={(segments.data?.items ?? []).map((one) => [String(one.id), one.name])}
      />
      <AnyOf
        label={said.source}
        width={150}
        value={source}
        change={(value) => put('source', value)}
        offered={sources.map((one) => [one || otherSource, sourceName(one, names)])}
      />
      <ProductPicked value={question.product ?? null} change={(value) => put('product', value)} />
      <AnyOf
        label={said.category}
        width={150}
        value={question.category ?? null}
        change={(value) => put('category', value)}
        offered={(shelves.data?.categories ?? []).map((one) => [one.name, one.name])}
      />
      <OnOff
        label={said.search}
        isOn={question.path === 'search'}
        change={(isOn) => put('path', isOn ? 'search' : null)}
      />
    </Filters>
  )
}
type Props = { readonly asked: FunnelAsked; readonly sources: readonly string[] }

function ProductPicked({ value, change }: ProductProps) {
  const said = useWords(text)
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const found = useQuery({
    queryKey: ['products', 'pick', search],
    queryFn: ({ signal }) =>
      listProducts({ limit: 20, ...(search === '' ? {} : { search }) }, signal),
    staleTime: 30_000,
  })
  return (
    <AnyOf
      label={said.product}
      width={190}
      value={value}
      change={change}
      search={setTyped}
      offered={(found.data?.items ?? []).map((one) => [one.id, one.name])}
    />
  )
}
type ProductProps = {
  readonly value: string | null
  readonly change: (value: string | null) => void
}
