import { NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { Link } from 'wouter'
import type { Block } from '../../../../server/src/messages/content.ts'
import { useWords, words } from '../../app/language.ts'
import style from '../campaigns.module.css'
import { ColumnFields } from './column-fields.tsx'
import { SimpleFields } from './simple-fields.tsx'

const text = words({
  list: { ko: '보여줄 상품', en: 'Which products' },
  cart: { ko: '장바구니에 담은 상품', en: 'Products in the cart' },
  recs: { ko: '추천 상품', en: 'Recommended products' },
  recsNote: {
    ko: '어떤 상품을 추천할지는 본문 아래 ‘추천 상품 넣기’에서 골라요.',
    en: 'Which ones is chosen below the body, under “Recommend products”.',
  },
  other: { ko: '다른 목록', en: 'Another list' },
  limit: { ko: '최대 개수', en: 'At most' },
  layout: { ko: '배치', en: 'Layout' },
  rows: { ko: '한 줄에 하나', en: 'One a row' },
  grid: { ko: '한 줄에 둘', en: 'Two a row' },
  couponTitle: { ko: '쿠폰 이름', en: 'Name of the coupon' },
  code: { ko: '쿠폰 번호', en: 'Code' },
  codeNote: {
    ko: '모두에게 같은 번호를 적어요. 쇼핑몰에 먼저 만들어 두세요.',
    en: 'One code for everybody; create it in your shop first.',
  },
  until: { ko: '언제까지 (예: 11월 30일까지)', en: 'Until when (for example: until 30 November)' },
  otherwise: { ko: '번호가 없는 고객에게 보일 말', en: 'Words for people without a code' },
  size: { ko: '높이', en: 'Height' },
  small: { ko: '조금', en: 'Small' },
  medium: { ko: '보통', en: 'Medium' },
  large: { ko: '많이', en: 'Large' },
  social: {
    ko: '브랜드에 적은 SNS 주소를 보여줘요.',
    en: 'Shows the places you entered in the brand.',
  },
  design: { ko: '브랜드 열기', en: 'Open the brand' },
})

type Props<B extends Block = Block> = {
  readonly block: B
  readonly put: (block: B) => void
}

type Of<K extends Block['kind']> = Extract<Block, { readonly kind: K }>

/** What can be written of one block. */
export function BlockFields({ block, put }: Props) {
  const said = useWords(text)
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'note':
    case 'button':
    case 'image':
      return <SimpleFields block={block} put={put} />
    case 'products':
      return <ProductFields block={block} put={put} />
    case 'coupon':
      return <CouponFields block={block} put={put} />
    case 'columns':
      return <ColumnFields block={block} put={put} />
    case 'space':
      return (
        <SegmentedControl
          aria-label={said.size}
          data={(['small', 'medium', 'large'] as const).map((value) => ({
            value,
            label: said[value],
          }))}
          value={block.size}
          onChange={(size) => put({ ...block, size: size as typeof block.size })}
        />
      )
    case 'social':
      return (
        <p className={style.stepNote}>
          {said.social} <Link href="/settings/brand">{said.design}</Link>
        </p>
      )
    case 'divider':
      return null
  }
}

function ProductFields({ block, put }: Props<Of<'products'>>) {
  const said = useWords(text)
  const isNamed = block.list === 'cart.items' || block.list === 'recs'
  return (
    <>
      <Select
        label={said.list}
        allowDeselect={false}
        data={[
          { value: 'cart.items', label: said.cart },
          { value: 'recs', label: said.recs },
          ...(isNamed ? [] : [{ value: block.list, label: `${said.other}: ${block.list}` }]),
        ]}
        description={block.list === 'recs' ? said.recsNote : undefined}
        value={block.list}
        onChange={(list) => put({ ...block, list: list ?? block.list })}
      />
      <div className={style.inline}>
        <NumberInput
          label={said.limit}
          w={110}
          min={1}
          max={20}
          value={block.limit}
          onChange={(value) =>
            put({ ...block, limit: Math.min(20, Math.max(1, Number(value) || 1)) })
          }
        />
        <SegmentedControl
          aria-label={said.layout}
          style={{ alignSelf: 'end' }}
          data={(['rows', 'grid'] as const).map((value) => ({ value, label: said[value] }))}
          value={block.layout ?? 'rows'}
          onChange={(layout) => put({ ...block, layout: layout === 'grid' ? 'grid' : 'rows' })}
        />
      </div>
    </>
  )
}

function CouponFields({ block, put }: Props<Of<'coupon'>>) {
  const said = useWords(text)
  return (
    <>
      <TextInput
        label={said.couponTitle}
        maxLength={100}
        value={block.title}
        onChange={(event) => put({ ...block, title: event.currentTarget.value })}
      />
      <TextInput
        label={said.code}
        description={said.codeNote}
        maxLength={100}
        value={block.code}
        onChange={(event) => put({ ...block, code: event.currentTarget.value })}
      />
      <TextInput
        label={said.until}
        maxLength={100}
        value={block.until}
        onChange={(event) => put({ ...block, until: event.currentTarget.value })}
      />
      <TextInput
        label={said.otherwise}
        maxLength={200}
        value={block.otherwise}
        onChange={(event) => put({ ...block, otherwise: event.currentTarget.value })}
      />
    </>
  )
}
