import { NumberInput, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core'
import { useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import type { CouponFault, CouponForm } from './coupon-draft.ts'
import style from './coupons.module.css'

const text = words({
  name: { ko: '쿠폰 이름', en: 'Name' },
  nameNote: { ko: '메시지에 쓸 수 있어요. 예: 첫 구매 감사 쿠폰', en: 'Can be shown in messages.' },
  namePlease: { ko: '쿠폰 이름을 적어 주세요.', en: 'Give it a name.' },
  what: { ko: '무엇을 드릴까요', en: 'What it gives' },
  amount: { ko: '금액 할인', en: 'An amount' },
  percent: { ko: '비율 할인', en: 'A percentage' },
  shipping: { ko: '무료 배송', en: 'Free delivery' },
  howMuch: { ko: '할인 금액', en: 'Taken off' },
  howMuchPlease: { ko: '할인 금액을 적어 주세요.', en: 'Say how much it takes off.' },
  share: { ko: '할인율 (%)', en: 'Percent' },
  sharePlease: { ko: '1에서 100 사이로 적어 주세요.', en: 'Between 1 and 100.' },
  most: { ko: '최대 할인 금액', en: 'At most' },
  mostNote: {
    ko: '꼭 필요해요. 한도가 없으면 비용이 얼마나 들지 아무도 모르니까요.',
    en: 'Required: without it nobody could say what it may cost.',
  },
  mostPlease: { ko: '비율 할인에는 최대 금액이 필요해요.', en: 'A percentage needs a most.' },
  worth: { ko: '배송비', en: 'What delivery costs you' },
  worthNote: { ko: '비용을 셀 때 써요.', en: 'Used to count the cost.' },
  worthPlease: { ko: '배송비를 적어 주세요.', en: 'Say what delivery costs.' },
  minOrder: { ko: '최소 주문 금액', en: 'Smallest order' },
  minOrderNote: { ko: '비워 두면 얼마든지 쓸 수 있어요.', en: 'Empty: any order.' },
  hours: { ko: '발급 뒤 쓸 수 있는 시간', en: 'Hours after issue' },
  hoursNote: {
    ko: '메시지가 나가는 순간부터 세요. 비워 두면 이 제한이 없어요.',
    en: 'Counted from the moment the message leaves. Empty: no such limit.',
  },
  lastDay: { ko: '마지막 날', en: 'Last day' },
  lastDayNote: { ko: '이날 23:59에 모두 끝나요.', en: 'All of them end at 23:59.' },
  lastDayPlease: { ko: '오늘이나 그 뒤의 날을 골라 주세요.', en: 'Choose a day that is not over.' },
  total: { ko: '전체 수량', en: 'Number in all' },
  totalNote: { ko: '비워 두면 제한이 없어요.', en: 'Empty: no limit.' },
  totalList: { ko: '올린 번호만큼 나가요.', en: 'As many as the list has.' },
  count: { ko: '1인 횟수', en: 'Times a person' },
  days: { ko: '며칠 동안', en: 'Within days' },
  personNote: { ko: '비워 두면 몇 번이든 받아요.', en: 'Empty: as often as it comes.' },
  back: {
    ko: '취소·전액 환불한 주문의 쿠폰은 돌려주기',
    en: 'Give back after cancelled or wholly refunded orders',
  },
  notes: { ko: '메모', en: 'Notes' },
  notesNote: { ko: '팀만 봐요.', en: 'For the team only.' },
})

export type FieldsProps = {
  readonly form: CouponForm
  readonly put: (change: Partial<CouponForm>) => void
  readonly faults: readonly CouponFault[]
}

/** The sentence for a fault, or none: an empty object where nothing is wrong. */
export function faultOf(faults: readonly CouponFault[], field: CouponFault, sentence: string) {
  return faults.includes(field) ? { error: sentence } : {}
}

/** What a number field holds: undefined when it is empty. */
export function numberIn(value: string | number): number | undefined {
  return value === '' || !Number.isFinite(Number(value)) ? undefined : Number(value)
}

function useUnit() {
  const { currency } = useSession().shop
  return currency === 'KRW' ? { suffix: '원', decimalScale: 0 } : { prefix: `${currency} ` }
}

/** Name, what the coupon takes off, and from which order. */
export function GiftFields({ form, put, faults }: FieldsProps) {
  const said = useWords(text)
  const unit = useUnit()
  const amount = { ...unit, thousandSeparator: ',', min: 0, hideControls: true }
  return (
    <div className={style.form}>
      <TextInput
        label={said.name}
        description={said.nameNote}
        required
        maxLength={80}
        value={form.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
        {...faultOf(faults, 'name', said.namePlease)}
      />
      <SegmentedControl
        aria-label={said.what}
        value={form.kind}
        onChange={(value) => put({ kind: value as CouponForm['kind'] })}
        data={[
          { value: 'amount', label: said.amount },
          { value: 'percent', label: said.percent },
          { value: 'shipping', label: said.shipping },
        ]}
      />
      <div className={style.pair}>
        {form.kind === 'amount' && (
          <NumberInput
            label={said.howMuch}
            required
            value={form.amount ?? ''}
            onChange={(value) => put({ amount: numberIn(value) })}
            {...amount}
            {...faultOf(faults, 'amount', said.howMuchPlease)}
          />
        )}
        {form.kind === 'percent' && (
          <>
            <NumberInput
              label={said.share}
              required
              min={1}
              max={100}
              allowDecimal={false}
              value={form.percent ?? ''}
              onChange={(value) => put({ percent: numberIn(value) })}
              {...faultOf(faults, 'percent', said.sharePlease)}
            />
            <NumberInput
              label={said.most}
              description={said.mostNote}
              required
              value={form.most ?? ''}
              onChange={(value) => put({ most: numberIn(value) })}
              {...amount}
              {...faultOf(faults, 'cap', said.mostPlease)}
            />
          </>
        )}
        {form.kind === 'shipping' && (
          <NumberInput
            label={said.worth}
            description={said.worthNote}
            required
            value={form.worth ?? ''}
            onChange={(value) => put({ worth: numberIn(value) })}
            {...amount}
            {...faultOf(faults, 'worth', said.worthPlease)}
          />
        )}
        <NumberInput
          label={said.minOrder}
          description={said.minOrderNote}
          value={form.minOrder ?? ''}
          onChange={(value) => put({ minOrder: numberIn(value) })}
          {...amount}
        />
      </div>
    </div>
  )
}

/** Until when, how many, how often a person. */
export function LimitFields({ form, put, faults }: FieldsProps) {
  const said = useWords(text)
  const whole = { allowDecimal: false, allowNegative: false, min: 1 }
  return (
    <div className={style.form}>
      <div className={style.pair}>
        <NumberInput
          label={said.hours}
          description={said.hoursNote}
          max={17_568}
          value={form.validHours ?? ''}
          onChange={(value) => put({ validHours: numberIn(value) })}
          {...whole}
        />
        <TextInput
          type="date"
          label={said.lastDay}
          description={said.lastDayNote}
          value={form.lastDay}
          onChange={(event) => put({ lastDay: event.currentTarget.value })}
          {...faultOf(faults, 'lastDay', said.lastDayPlease)}
        />
      </div>
      <NumberInput
        label={said.total}
        description={form.codes === 'uploaded' ? said.totalList : said.totalNote}
        disabled={form.codes === 'uploaded'}
        max={10_000_000}
        thousandSeparator=","
        value={form.codes === 'uploaded' ? '' : (form.total ?? '')}
        onChange={(value) => put({ total: numberIn(value) })}
        {...whole}
      />
      <div className={style.pair}>
        <NumberInput
          label={said.count}
          description={said.personNote}
          max={100}
          value={form.count ?? ''}
          onChange={(value) => put({ count: numberIn(value) })}
          {...whole}
        />
        <NumberInput
          label={said.days}
          max={3_650}
          value={form.days ?? ''}
          onChange={(value) => put({ days: numberIn(value) })}
          {...whole}
        />
      </div>
      <Switch
        label={said.back}
        checked={form.givesBack}
        onChange={(event) => put({ givesBack: event.currentTarget.checked })}
      />
      <Textarea
        label={said.notes}
        description={said.notesNote}
        autosize
        maxLength={1_000}
        value={form.notes}
        onChange={(event) => put({ notes: event.currentTarget.value })}
      />
    </div>
  )
}
