import { ActionIcon, Button, Checkbox, NumberInput, Slider } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { Condition } from '../../../../server/src/campaigns/conditions.ts'
import { useWords, words } from '../../app/language.ts'
import { Hint } from '../../design/hint.tsx'
import { ChoiceBlank } from '../../segments/blank.tsx'
import { isOnPageOnly } from '../on-page.ts'
import { useEditing } from './editing.ts'
import style from './flow.module.css'
import { HoursForm } from './hours-form.tsx'
import { LearningForm } from './learning-form.tsx'
import { SegmentBlank } from './watch-form.tsx'

const text = words({
  holdout: { ko: '대조군', en: 'Hold-out' },
  holdoutHint: {
    ko: '일부러 보내지 않는 사람들이에요. 이들과 비교해야 메시지 덕분에 산 것인지, 어차피 살 사람이었는지 알 수 있어요. 한 번 나뉘면 바뀌지 않아요.',
    en: 'People left out on purpose. Only the comparison with them tells whether the message did it. Once drawn, a person stays on their side.',
  },
  holdoutSays: {
    ko: (share: number) => `들어온 고객의 ${share} %에게는 보내지 않아요`,
    en: (share: number) => `${share} % of those who enter get nothing`,
  },
  holdoutPage: {
    ko: (share: number) => `들어온 고객의 ${share} %에게는 보여주지 않아요`,
    en: (share: number) => `${share} % of those who enter do not see it`,
  },
  conditions: { ko: '보내기 직전에 확인해요', en: 'Checked right before sending' },
  conditionsPage: { ko: '보여주기 직전에 확인해요', en: 'Checked right before it is shown' },
  no_order_since_entry: { ko: '들어온 뒤 주문하지 않았을 때', en: 'No order since they entered' },
  cart_not_empty: { ko: '장바구니에 상품이 있을 때', en: 'Something is in the cart' },
  cart_sellable: { ko: '담은 상품을 살 수 있을 때', en: 'What is in the cart can be bought' },
  segment: { ko: '세그먼트', en: 'Segment' },
  isIn: { ko: '에 있을 때', en: 'they are in' },
  isOut: { ko: '에 없을 때', en: 'they are not in' },
  inOrOut: { ko: '있나 없나', en: 'In or not' },
  add: { ko: '세그먼트 조건 더하기', en: 'Add a segment' },
  remove: { ko: '이 조건 빼기', en: 'Remove this' },
  weight: { ko: '우선순위', en: 'Priority' },
  weightNote: {
    ko: '한 고객에게 여러 캠페인이 겹치면 숫자가 큰 것이 24시간 동안 먼저예요 (0~1000).',
    en: 'Where campaigns overlap for a person, the larger number has them for 24 hours (0 to 1,000).',
  },
  weightPage: {
    ko: '한 화면에서 여러 메시지가 겹치면 숫자가 큰 것이 먼저 보여요 (0~1000).',
    en: 'Where several could stand on a page, the larger number is shown first (0 to 1,000).',
  },
  rate: { ko: '한 시간에 많아야', en: 'At most in an hour' },
  unlimited: { ko: '제한 없음', en: 'No limit' },
  mails: { ko: ' 통', en: '' },
  rateNote: {
    ko: '주문이나 문의가 한꺼번에 몰리지 않게 나눠 보내요.',
    en: 'Spreads the messages, so that orders and questions do.',
  },
})

const named = ['no_order_since_entry', 'cart_not_empty', 'cart_sellable'] as const

/** Hold-out, what must still be true, priority and pace. */
export function RulesForm() {
  const said = useWords(text)
  const { flow, change, readOnly } = useEditing()
  const share = Math.round(flow.holdoutShare * 100)
  const onPage = isOnPageOnly(flow)
  return (
    <>
      <div>
        <div className={style.label}>
          {said.holdout} <Hint text={said.holdoutHint} about={said.holdout} />
        </div>
        <Slider
          aria-label={said.holdout}
          thumbLabel={said.holdout}
          min={0}
          max={50}
          step={5}
          label={(value) => `${value} %`}
          marks={[{ value: 10 }, { value: 30 }]}
          value={share}
          disabled={readOnly}
          onChange={(value) => change({ ...flow, holdoutShare: value / 100 }, 'holdout')}
        />
        <p className={style.note}>{onPage ? said.holdoutPage(share) : said.holdoutSays(share)}</p>
      </div>
      <LearningForm {...{ flow, change, readOnly }} />
      <Conditions />
      <NumberInput
        label={said.weight}
        description={onPage ? said.weightPage : said.weightNote}
        min={0}
        max={1_000}
        value={flow.precedence.weight}
        onChange={(value) => {
          const weight = Math.min(1_000, Math.max(0, Math.round(Number(value) || 0)))
          change({ ...flow, precedence: { ...flow.precedence, weight } }, 'weight')
        }}
      />
      {!onPage && <Pace />}
    </>
  )
}

/** How many leave in an hour and at which hours; what stands on the page leaves not at all. */
function Pace() {
  const said = useWords(text)
  const { flow, change } = useEditing()
  return (
    <>
      <NumberInput
        label={said.rate}
        description={said.rateNote}
        placeholder={said.unlimited}
        min={1}
        max={1_000_000}
        thousandSeparator=","
        suffix={said.mails}
        value={flow.perHour ?? ''}
        onChange={(value) => {
          const perHour = Number(value)
          change({ ...flow, perHour: perHour >= 1 ? Math.round(perHour) : null }, 'rate')
        }}
      />
      <HoursForm />
    </>
  )
}

function Conditions() {
  const said = useWords(text)
  const { flow, change } = useEditing()
  const { conditions } = flow
  const put = (next: readonly Condition[]) => change({ ...flow, conditions: [...next] })
  return (
    <fieldset className={style.part}>
      <legend className={style.label}>
        {isOnPageOnly(flow) ? said.conditionsPage : said.conditions}
      </legend>
      {named.map((name) => (
        <Checkbox
          key={name}
          label={said[name]}
          checked={conditions.includes(name)}
          onChange={(event) =>
            put(
              event.currentTarget.checked
                ? [...conditions, name]
                : conditions.filter((one) => one !== name),
            )
          }
        />
      ))}
      {conditions.map((one, at) =>
        typeof one === 'string' ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name of its own, only its place
          <div key={at} className={style.sentence}>
            <SegmentBlank
              label={said.segment}
              segment={one.segment}
              change={(segment) => put(conditions.with(at, { ...one, segment }))}
            />
            <ChoiceBlank
              label={said.inOrOut}
              plainly
              shown={one.is ? said.isIn : said.isOut}
              choices={[
                { value: 'in', label: said.isIn },
                { value: 'out', label: said.isOut },
              ]}
              selected={[one.is ? 'in' : 'out']}
              onPick={(is) => put(conditions.with(at, { ...one, is: is === 'in' }))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={said.remove}
              onClick={() => put(conditions.toSpliced(at, 1))}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        ),
      )}
      <div>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          disabled={conditions.length >= 10}
          leftSection={<IconPlus size={14} />}
          onClick={() => put([...conditions, { kind: 'segment', segment: 0, is: true }])}
        >
          {said.add}
        </Button>
      </div>
    </fieldset>
  )
}
