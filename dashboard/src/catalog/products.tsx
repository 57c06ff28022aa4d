import { Button, Select, Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { useKeyset } from '../api/keyset.ts'
import { getShelves, listProducts, markSensitive, type ProductAnswer } from '../api/products.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, money } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { EmptyState, Tag } from '../design/states.tsx'
import { HeldNews } from './held-news.tsx'
import { productText, sourceWords } from './product-words.ts'
import style from './products.module.css'
import { SensitiveCategories } from './sensitive-categories.tsx'
import { Thumb } from './thumb.tsx'

const text = words({
  title: { ko: '상품 목록', en: 'Products' },
  purpose: {
    ko: '메시지와 추천에 쓰이는 상품이에요. 가격과 재고가 바뀌면 여기도 바로 바뀌어요.',
    en: 'What messages and recommendations speak of. Prices and stock are kept up to date.',
  },
  feeds: { ko: '상품 가져오기', en: 'Bring products' },
  search: { ko: '상품 이름이나 상품 번호', en: 'A name or product id' },
  category: { ko: '분류', en: 'Category' },
  state: { ko: '상태', en: 'State' },
  source: { ko: '출처', en: 'From' },
  any: { ko: '모두', en: 'All' },
  available: { ko: '판매 중', en: 'Available' },
  soldOut: { ko: '품절', en: 'Sold out' },
  offSale: { ko: '판매 중지', en: 'Off sale' },
  onSale: { ko: '할인 중', en: 'On sale' },
  sensitive: { ko: '민감 상품', en: 'Sensitive' },
  product: { ko: '상품', en: 'Product' },
  price: { ko: '가격', en: 'Price' },
  stock: { ko: '재고', en: 'Stock' },
  mark: { ko: '민감', en: 'Sensitive' },
  markHint: {
    ko: '민감 상품은 메일·문자·카카오톡에 이름과 사진이 나오지 않고, “담아두신 상품”처럼 말해요.',
    en: 'Sensitive products never appear by name or picture in mails, texts or KakaoTalk.',
  },
  markOf: {
    ko: (name: string) => `${name} 민감 상품`,
    en: (name: string) => `${name} is sensitive`,
  },
  emptyTitle: { ko: '아직 상품이 없어요', en: 'No products yet' },
  empty: {
    ko: '네이버쇼핑이나 구글에 내던 상품 파일 주소를 넣으면 가격·재고·사진이 한 번에 들어와요. 고객이 본 상품도 저절로 쌓여요.',
    en: 'Give the address of the product file you make for Naver or Google, and prices, stock and pictures come at once. Products that are looked at appear by themselves, too.',
  },
  noneTitle: { ko: '찾는 상품이 없어요', en: 'No such product' },
  none: {
    ko: '이름의 일부나 상품 번호 전체로 찾아요. 걸러 보기를 풀어 보세요.',
    en: 'Search by part of a name or a whole id, or take a filter away.',
  },
})

const states = ['available', 'sold_out', 'off_sale', 'on_sale', 'sensitive'] as const

/** `/products`: what the shop sells. */
export function Products() {
  const said = useWords(text)
  const may = useMay('marketer', 'developer')
  const [params, setParams] = useSearchParams()
  const [typed, setTyped] = useState(params.get('q') ?? '')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const asked = (name: string) => params.get(name) ?? ''
  const [category, state, source] = [asked('category'), asked('state'), asked('source')]
  const set = (name: string, value: string | null) =>
    setParams((before) => withParam(before, name, value ?? ''), { replace: true })
  useEffect(() => {
    setParams((before) => withParam(before, 'q', search), { replace: true })
  }, [search, setParams])
  const shelves = useQuery({
    queryKey: ['products', 'shelves'],
    queryFn: ({ signal }) => getShelves(signal),
  })
  const list = useKeyset(['products', 'list', search, category, state, source], (after, signal) =>
    listProducts({ search, category, state, source, after, limit: 50 }, signal),
  )
  const isNarrowed = `${search}${category}${state}${source}` !== ''
  const bring = (
    <Button component={Link} href="/feeds">
      {said.feeds}
    </Button>
  )
  return (
    <Page title={said.title} purpose={said.purpose} action={may && bring}>
      <HeldNews />
      <div className={style.filters}>
        <TextInput
          className={style.search ?? ''}
          leftSection={<IconSearch size={17} />}
          placeholder={said.search}
          aria-label={said.search}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Pick
          label={said.category}
          value={category}
          set={(value) => set('category', value)}
          data={(shelves.data?.categories ?? []).map(({ name }) => ({ value: name, label: name }))}
        />
        <Pick
          label={said.state}
          value={state}
          set={(value) => set('state', value)}
          data={states.map((one) => ({ value: one, label: stateWords(one, said) }))}
        />
        <SourcePick
          value={source}
          set={(value) => set('source', value)}
          sources={shelves.data?.sources ?? []}
        />
      </div>
      <Card flush>
        <DataTable
          label={said.title}
          columns={useColumns(may)}
          keyOf={(row) => row.id}
          to={(row) => `/products/${encodeURIComponent(row.id)}`}
          {...list}
          empty={
            isNarrowed ? (
              <EmptyState title={said.noneTitle}>{said.none}</EmptyState>
            ) : (
              <EmptyState title={said.emptyTitle} action={may && bring}>
                {said.empty}
              </EmptyState>
            )
          }
        />
      </Card>
      <SensitiveCategories />
    </Page>
  )
}

function withParam(before: URLSearchParams, name: string, value: string): URLSearchParams {
  const after = new URLSearchParams(before)
  if (value === '') after.delete(name)
  else after.set(name, value)
  return after
}

function stateWords(
  state: (typeof states)[number],
  said: Readonly<Record<'available' | 'soldOut' | 'offSale' | 'onSale' | 'sensitive', string>>,
): string {
  switch (state) {
    case 'available':
      return said.available
    case 'sold_out':
      return said.soldOut
    case 'off_sale':
      return said.offSale
    case 'on_sale':
      return said.onSale
    case 'sensitive':
      return said.sensitive
  }
}

function Pick({ label, value, set, data }: PickProps) {
  const said = useWords(text)
  return (
    <Select
      label={label}
      placeholder={said.any}
      clearable
      searchable
      w={180}
      value={value === '' ? null : value}
      onChange={set}
      data={[...data]}
    />
  )
}
type PickProps = {
  readonly label: string
  readonly value: string
  readonly set: (value: string | null) => void
  readonly data: readonly { readonly value: string; readonly label: string }[]
}

function SourcePick({ value, set, sources }: SourceProps) {
  const said = useWords(text)
  const names = useWords(productText)
  const data = sources.map(({ name }) => ({ value: name, label: sourceWords(name, names) }))
  return <Pick label={said.source} value={value} set={set} data={data} />
}
type SourceProps = Pick<PickProps, 'value' | 'set'> & {
  readonly sources: readonly { readonly name: string }[]
}

function useColumns(may: boolean): readonly Column<ProductAnswer>[] {
  const said = useWords(text)
  const names = useWords(productText)
  const language = useLanguage()
  const { currency } = useSession().shop
  return [
    {
      key: 'name',
      head: said.product,
      cell: (row) => (
        <span className={style.who}>
          <Thumb url={row.imageUrl} />
          <span>
            <span className={style.name}>{row.name}</span>
            <span className={style.sub}>{row.category ?? row.id}</span>
          </span>
        </span>
      ),
    },
    {
      key: 'price',
      head: said.price,
      align: 'right',
      cell: (row) => (
        <>
          {row.currentPrice === null
            ? '–'
            : money(row.currentPrice, row.currency ?? currency, language)}
          {row.price !== null && row.currentPrice !== null && row.currentPrice < row.price && (
            <span className={`${style.sub} ${style.was}`}>
              {money(row.price, row.currency ?? currency, language)}
            </span>
          )}
        </>
      ),
    },
    {
      key: 'stock',
      head: said.stock,
      align: 'right',
      cell: (row) => {
        if (!row.sellable) return <Tag>{names.offSale}</Tag>
        if (row.stock === null) return <span className={style.sub}>{names.untracked}</span>
        if (row.stock <= 0) return <Tag meaning="attention">{names.soldOut}</Tag>
        return names.left(count(row.stock, language))
      },
    },
    {
      key: 'source',
      head: said.source,
      leaves: 'md',
      cell: (row) => sourceWords(row.source, names),
    },
    {
      key: 'sensitive',
      head: said.mark,
      hint: said.markHint,
      leaves: 'sm',
      cell: (row) => <Mark row={row} may={may} />,
    },
  ]
}

function Mark({ row, may }: { readonly row: ProductAnswer; readonly may: boolean }) {
  const said = useWords(text)
  const queries = useQueryClient()
  const mark = useMutation({
    mutationFn: (sensitive: boolean) => markSensitive(row.id, sensitive),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['products'] }),
  })
  return (
    <Switch
      aria-label={said.markOf(row.name)}
      checked={mark.isPending ? mark.variables : row.sensitive}
      disabled={!may}
      onChange={(event) => mark.mutate(event.currentTarget.checked)}
    />
  )
}
