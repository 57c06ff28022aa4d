import { Checkbox, Select, TextInput } from '@mantine/core'
import type { BrandContent } from '../../../server/src/messages/kakao/content.ts'
import { useWords, words } from '../app/language.ts'
import { couponTitle, type TitleForm, titleForms, titleParts } from './coupon-title.ts'
import style from './kakao.module.css'

const text = words({
  coupon: { ko: '쿠폰 보여주기', en: 'Show a coupon' },
  form: { ko: '쿠폰 제목', en: 'Title of the coupon' },
  formNote: {
    ko: '카카오가 정한 다섯 가지 제목만 쓸 수 있어요.',
    en: 'Kakao knows these five titles only.',
  },
  won: { ko: 'N원 할인 쿠폰', en: 'N won off' },
  percent: { ko: 'N% 할인 쿠폰', en: 'N percent off' },
  delivery: { ko: '배송비 할인 쿠폰', en: 'Delivery discount' },
  free: { ko: '○○ 무료 쿠폰', en: 'Free …' },
  up: { ko: '○○ UP 쿠폰', en: '… UP' },
  amount: { ko: '할인 금액이나 이름', en: 'Amount or name' },
  description: { ko: '쿠폰 설명', en: 'Description' },
  about: { ko: '결제할 때 쓰세요', en: 'At checkout' },
  url: { ko: '쿠폰을 누르면 갈 주소', en: 'Address of the coupon' },
})

type Props = {
  readonly coupon: BrandContent['coupon']
  readonly fault: (field: string) => string | undefined
  readonly change: (coupon: BrandContent['coupon']) => void
}

/** A coupon in the bubble; its title is put together, so that it is always one of Kakao's five. */
export function BrandCoupon({ coupon, fault, change }: Props) {
  const said = useWords(text)
  const none = { title: '5000원 할인 쿠폰', description: said.about, url: '{{ cart.url }}' }
  const { form, word } = titleParts(coupon?.title ?? none.title)
  const put = (next: Partial<NonNullable<BrandContent['coupon']>>) =>
    change({ ...(coupon ?? none), ...next })
  return (
    <div className={style.blanks}>
      <Checkbox
        label={said.coupon}
        checked={coupon !== null}
        onChange={(event) => change(event.currentTarget.checked ? none : null)}
      />
      {coupon && (
        <>
          <div className={style.pair}>
            <Select
              label={said.form}
              allowDeselect={false}
              data={titleForms.map((value) => ({ value, label: said[value] }))}
              value={form}
              onChange={(value) => put({ title: couponTitle((value ?? form) as TitleForm, word) })}
            />
            {form !== 'delivery' && (
              <TextInput
                label={said.amount}
                value={word}
                onChange={(event) =>
                  put({ title: couponTitle(form, event.currentTarget.value.trim()) })
                }
              />
            )}
          </div>
          <p className={style.note}>{said.formNote}</p>
          {fault('coupon.title') && <p className={style.fault}>{fault('coupon.title')}</p>}
          <div className={style.pair}>
            <TextInput
              label={said.description}
              value={coupon.description}
              error={fault('coupon.description')}
              onChange={(event) => put({ description: event.currentTarget.value })}
            />
            <TextInput
              label={said.url}
              placeholder="https://"
              value={coupon.url}
              error={fault('coupon.url')}
              onChange={(event) => put({ url: event.currentTarget.value })}
            />
          </div>
        </>
      )}
    </div>
  )
}
