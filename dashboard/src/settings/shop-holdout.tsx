import { NumberInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getShopWide } from '../api/shop-wide.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { people } from '../design/format.ts'
import style from './settings.module.css'

const text = words({
  label: { ko: '모든 광고를 받지 않는 대조군', en: 'Held out of all advertising' },
  note: {
    ko: '이 비율의 고객에게는 어떤 캠페인도 광고를 보내거나 보여주지 않아요. 모든 캠페인을 합친 효과를 알 수 있어요. 주문 안내는 그대로 가요. 0이면 꺼져 있어요.',
    en: 'This share of customers gets no advertising from any campaign, so that the effect of all together is known. Order notices go on. 0: off.',
  },
  price: {
    ko: (days: number, all: string, out: string) =>
      `최근 ${days}일에 광고 대상이었던 ${all} 가운데 약 ${out}이 광고를 받지 않게 돼요.`,
    en: (days: number, all: string, out: string) =>
      `Of ${all} whom advertising concerned in the last ${days} days, about ${out} would get none.`,
  },
})

/** The hold-out of the whole shop, with what it costs in people. */
export function ShopHoldout({
  share,
  disabled,
  onChange,
}: {
  readonly share: number
  readonly disabled: boolean
  readonly onChange: (share: number) => void
}) {
  const said = useWords(text)
  const language = useLanguage()
  const price = useQuery({
    queryKey: ['proof', 'shop-wide'],
    queryFn: ({ signal }) => getShopWide(signal),
  })
  return (
    <div>
      <NumberInput
        label={said.label}
        description={said.note}
        suffix=" %"
        min={0}
        max={10}
        allowDecimal={false}
        disabled={disabled}
        value={Math.round(share * 100)}
        onChange={(typed) => onChange(Math.min(10, Math.max(0, Number(typed) || 0)) / 100)}
      />
      {share > 0 && price.data && (
        <p className={style.note} style={{ marginTop: 8 }} role="status">
          {said.price(
            price.data.days,
            people(price.data.people, language),
            people(Math.round(price.data.people * share), language),
          )}
        </p>
      )}
    </div>
  )
}
