import { SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import {
  getHistory,
  getInterest,
  getNews,
  getProduct,
  listProducts,
  markSensitive,
  type ProductAnswer,
  type ProductNews,
} from '../api/products.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card, Columns } from '../design/card.tsx'
import { count, dayAndTime, money, people } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bones, Failure, Tag } from '../design/states.tsx'
import { ProductChart } from './product-chart.tsx'
import { ProductFacts } from './product-facts.tsx'
import { productText } from './product-words.ts'
import style from './products.module.css'

const text = words({
  back: { ko: '상품 목록', en: 'Products' },
  title: { ko: '상품', en: 'Product' },
  history: { ko: '가격과 재고', en: 'Price and stock' },
  historyNote: {
    ko: '상점이 알려준 것만 그려요. 화면에서 스쳐 간 가격은 빼요.',
    en: 'Only what the shop itself said; prices that pages mention are left out.',
  },
  noHistory: {
    ko: '상점이 아직 이 상품의 가격이나 재고를 알려주지 않았어요. 피드나 API로 알려주면 여기에 그려져요.',
    en: 'The shop has not told a price or stock yet. Tell it by a feed or the API, and it is drawn here.',
  },
  last30: { ko: '최근 30일', en: 'Last 30 days' },
  views: { ko: '조회', en: 'Views' },
  viewers: { ko: '본 고객', en: 'People' },
  carts: { ko: '담기', en: 'Carts' },
  orders: { ko: '주문', en: 'Orders' },
  news: { ko: '가격과 재입고 소식', en: 'Price drops and returns' },
  noNews: {
    ko: '가격이 내려가거나 다시 들어오면, 이 상품을 본 고객이 누구인지 찾아 캠페인을 시작할 수 있어요.',
    en: 'When it gets cheaper or can be had again, those who looked are found and a campaign may begin.',
  },
  cheaper: {
    ko: (from: string, to: string) => `${from}에서 ${to}로 내려갔어요`,
    en: (from: string, to: string) => `From ${from} down to ${to}`,
  },
  back_in_stock: { ko: '다시 들어왔어요', en: 'Can be had again' },
  settling: { ko: '10분 지켜보는 중', en: 'Settling for ten minutes' },
  held: { ko: '확인을 기다려요', en: 'Waits for a word' },
  telling: { ko: '관심 고객을 찾는 중', en: 'Finding who looked' },
  over: { ko: '곧 다시 바뀌어서 넘어감', en: 'Changed again before it counted' },
  declined: { ko: '알리지 않기로 함', en: 'Declined' },
  told: { ko: (n: string) => `관심 고객 ${n}`, en: (n: string) => `${n} who looked` },
  variants: { ko: '옵션', en: 'Variants' },
  sensitive: { ko: '메일·문자·카카오톡에', en: 'In mails, texts and KakaoTalk' },
  asCategory: { ko: '분류를 따름', en: 'As its category' },
  hide: { ko: '이름 숨기기', en: 'Hide its name' },
  show: { ko: '보여주기', en: 'Show' },
})

/** `/products/:id`: one product. */
export function ProductPage() {
  const said = useWords(text)
  const id = useParams<{ id: string }>().id ?? ''
  const product = useQuery({
    queryKey: ['products', 'one', id],
    queryFn: ({ signal }) => getProduct(decodeURIComponent(id), signal),
  })
  const back = { to: '/products', label: said.back }
  if (!product.data) {
    return (
      <Page title={said.title} back={back}>
        {product.error ? (
          <Failure error={product.error} retry={() => product.refetch()} />
        ) : (
          <Bones lines={8} />
        )}
      </Page>
    )
  }
  return <Shown product={product.data} back={back} />
}

function Shown({ product, back }: ShownProps) {
  const said = useWords(text)
  const names = useWords(productText)
  return (
    <Page
      title={product.name}
      back={back}
      beside={product.sensitive && <Tag meaning="attention">{names.sensitive}</Tag>}
    >
      <Columns layout="side">
        <div className={style.stack}>
          <HistoryCard product={product} />
          <NewsCard product={product} />
          <VariantsCard product={product} />
        </div>
        <div className={style.stack}>
          <InterestCard id={product.id} />
          <ProductFacts product={product}>
            <SensitiveChoice product={product} label={said.sensitive} />
          </ProductFacts>
        </div>
      </Columns>
    </Page>
  )
}
type ShownProps = {
  readonly product: ProductAnswer & { readonly costKnown: boolean }
  readonly back: { readonly to: string; readonly label: string }
}

function HistoryCard({ product }: { readonly product: ProductAnswer }) {
  const said = useWords(text)
  const { currency } = useSession().shop
  const history = useQuery({
    queryKey: ['products', 'history', product.id],
    queryFn: ({ signal }) => getHistory(product.id, 90, signal),
  })
  const points = history.data?.items
  return (
    <Card title={said.history} note={said.historyNote}>
      {!points ? (
        <Bones lines={4} />
      ) : points.length === 0 ? (
        <p className={style.sub}>{said.noHistory}</p>
      ) : (
        <ProductChart points={points} currency={product.currency ?? currency} now={Date.now()} />
      )}
    </Card>
  )
}

function InterestCard({ id }: { readonly id: string }) {
  const said = useWords(text)
  const language = useLanguage()
  const interest = useQuery({
    queryKey: ['products', 'interest', id],
    queryFn: ({ signal }) => getInterest(id, signal),
  })
  if (interest.error) return <Failure error={interest.error} retry={() => interest.refetch()} />
  const shown = interest.data
  return (
    <Card title={said.last30}>
      {shown ? (
        <div className={style.numbers}>
          {(['views', 'viewers', 'carts', 'orders'] as const).map((one) => (
            <div key={one}>
              <div className={style.number}>{count(shown[one], language)}</div>
              <div className={style.sub}>{said[one]}</div>
            </div>
          ))}
        </div>
      ) : (
        <Bones lines={2} />
      )}
    </Card>
  )
}

function NewsCard({ product }: { readonly product: ProductAnswer }) {
  const said = useWords(text)
  const language = useLanguage()
  const { currency, timeZone } = useSession().shop
  const news = useQuery({
    queryKey: ['products', 'news', product.id],
    queryFn: ({ signal }) => getNews(product.id, signal),
  })
  const items = news.data?.items ?? []
  const price = (amount: number | null) =>
    amount === null ? '–' : money(amount, product.currency ?? currency, language)
  const outcome = (one: ProductNews) =>
    one.state === 'done' ? said.told(people(one.people, language)) : said[one.state]
  return (
    <Card title={said.news}>
      {items.length === 0 ? (
        <p className={style.sub}>{said.noNews}</p>
      ) : (
        <ul className={style.list}>
          {items.map((one) => (
            <li key={`${one.kind}${one.at}`} className={style.row}>
              <span>
                {one.kind === 'price_drop'
                  ? said.cheaper(price(one.reference), price(one.price))
                  : said.back_in_stock}
                <span className={style.sub}>
                  {dayAndTime(one.at, { timeZone, language }, Date.now())}
                </span>
              </span>
              <Tag meaning={one.state === 'held' ? 'attention' : 'quiet'}>{outcome(one)}</Tag>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function VariantsCard({ product }: { readonly product: ProductAnswer }) {
  const said = useWords(text)
  const names = useWords(productText)
  const language = useLanguage()
  const { currency } = useSession().shop
  const variants = useQuery({
    queryKey: ['products', 'variants', product.id],
    queryFn: ({ signal }) => listProducts({ parent: product.id, limit: 100 }, signal),
  })
  const items = variants.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card title={said.variants}>
      <ul className={style.list}>
        {items.map((one) => (
          <li key={one.id} className={style.row}>
            <Link href={`/products/${encodeURIComponent(one.id)}`}>{one.name}</Link>
            <span>
              {one.currentPrice !== null &&
                money(one.currentPrice, one.currency ?? currency, language)}{' '}
              {one.stock === null ? '' : names.left(count(one.stock, language))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function SensitiveChoice({
  product,
  label,
}: {
  readonly product: ProductAnswer
  readonly label: string
}) {
  const said = useWords(text)
  const may = useMay('marketer', 'developer')
  const queries = useQueryClient()
  const [chosen, setChosen] = useState(wordOf(product.sensitiveSaid))
  const mark = useMutation({
    mutationFn: (word: string) =>
      markSensitive(product.id, word === 'category' ? null : word === 'hide'),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['products'] }),
    onError: () => setChosen(wordOf(product.sensitiveSaid)),
  })
  return (
    <div className={style.form}>
      <span className={style.sub}>{label}</span>
      <SegmentedControl
        aria-label={label}
        disabled={!may || mark.isPending}
        value={chosen}
        onChange={(word) => {
          setChosen(word)
          mark.mutate(word)
        }}
        data={[
          { value: 'category', label: said.asCategory },
          { value: 'hide', label: said.hide },
          { value: 'show', label: said.show },
        ]}
      />
    </div>
  )
}

function wordOf(sensitive: boolean | null): string {
  return sensitive === null ? 'category' : sensitive ? 'hide' : 'show'
}
