import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ProductAnswer } from '../api/products.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { count, day, dayAndTime, money } from '../design/format.ts'
import { Tag } from '../design/states.tsx'
import { productText, sourceWords } from './product-words.ts'
import style from './products.module.css'
import { Thumb } from './thumb.tsx'

const text = words({
  title: { ko: '상품 정보', en: 'What is known' },
  id: { ko: '상품 번호', en: 'Id' },
  price: { ko: '가격', en: 'Price' },
  sale: { ko: '할인가', en: 'Sale price' },
  saleDays: { ko: '할인 기간', en: 'Sale' },
  stock: { ko: '재고', en: 'Stock' },
  category: { ko: '분류', en: 'Category' },
  brand: { ko: '브랜드', en: 'Brand' },
  benefit: { ko: '한 줄 혜택', en: 'Benefit' },
  rating: { ko: '별점', en: 'Stars' },
  stars: {
    ko: (stars: string, reviews: string) => `${stars} (후기 ${reviews}개)`,
    en: (stars: string, reviews: string) => `${stars} (${reviews} reviews)`,
  },
  review: { ko: '후기', en: 'Review' },
  badges: { ko: '뱃지', en: 'Badges' },
  delivery: { ko: '배송', en: 'Delivery' },
  source: { ko: '출처', en: 'From' },
  cost: { ko: '원가', en: 'Cost' },
  known: { ko: '입력됨', en: 'Known' },
  unknown: { ko: '없음', en: 'Not told' },
  first: { ko: '처음 들어온 날', en: 'First seen' },
  open: { ko: '상점에서 보기', en: 'See it in the shop' },
})

/** Everything known of a product; `children` is what may be changed. */
export function ProductFacts({ product, children }: FactsProps) {
  const said = useWords(text)
  const rows = useRows(product)
  const { url } = product
  return (
    <Card title={said.title}>
      <div className={style.form}>
        <Thumb url={product.imageUrl} large />
        <dl className={style.facts}>
          {rows.map(({ name, value }) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {url !== null && /^https?:\/\//i.test(url) && (
          <div>
            <Button
              component="a"
              variant="default"
              href={url}
              target="_blank"
              rel="noopener noreferrer"
            >
              {said.open}
            </Button>
          </div>
        )}
        {children}
      </div>
    </Card>
  )
}
type FactsProps = {
  readonly product: ProductAnswer & { readonly costKnown: boolean }
  readonly children: ReactNode
}

function useRows(product: FactsProps['product']) {
  const said = useWords(text)
  const names = useWords(productText)
  const language = useLanguage()
  const { currency, timeZone } = useSession().shop
  const when = { timeZone, language }
  const price = (amount: number) => money(amount, product.currency ?? currency, language)
  const { stock, rating, saleFrom, saleUntil } = product
  const at = (time: number | null) => (time === null ? '' : dayAndTime(time, when))
  const rows: readonly { readonly name: string; readonly value: ReactNode }[] = [
    { name: said.id, value: product.id },
    { name: said.price, value: product.price === null ? null : price(product.price) },
    { name: said.sale, value: product.salePrice === null ? null : price(product.salePrice) },
    {
      name: said.saleDays,
      value: saleFrom === null && saleUntil === null ? null : `${at(saleFrom)} ~ ${at(saleUntil)}`,
    },
    {
      name: said.stock,
      value: !product.sellable ? (
        <Tag>{names.offSale}</Tag>
      ) : stock === null ? (
        names.untracked
      ) : stock <= 0 ? (
        <Tag meaning="attention">{names.soldOut}</Tag>
      ) : (
        names.left(count(stock, language))
      ),
    },
    { name: said.category, value: product.categoryPath.join(' › ') || product.category },
    { name: said.brand, value: product.brand },
    { name: said.benefit, value: product.benefit },
    {
      name: said.rating,
      value:
        rating === null
          ? null
          : said.stars(rating.toFixed(1), count(product.reviewCount ?? 0, language)),
    },
    { name: said.review, value: product.review },
    { name: said.badges, value: product.badges.join(', ') },
    { name: said.delivery, value: product.delivery },
    { name: said.source, value: sourceWords(product.source, names) },
    { name: said.cost, value: product.costKnown ? said.known : said.unknown },
    { name: said.first, value: day(product.firstSeenAt, when) },
  ]
  return rows.filter(({ value }) => value !== null && value !== '')
}
