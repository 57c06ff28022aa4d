import { Anchor, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { Link } from 'wouter'
import { stepsOf } from '../../../../server/src/campaigns/flow-map.ts'
import { inLanguage, useLanguage, useWords, words } from '../../app/language.ts'
import type { StepOf } from '../flow-edit.ts'
import { WebhookForm } from '../webhook-form.tsx'
import { useEditing, useVoice } from './editing.ts'
import style from './flow.module.css'
import { PathBlank } from './path-blank.tsx'
import { usePools } from './pools.ts'
import { kindNames, stepSentence } from './step-words.ts'
import { Minutes } from './wait-forms.tsx'

const text = words({
  pool: { ko: '줄 쿠폰', en: 'Coupon' },
  noPool: {
    ko: '아직 쿠폰이 없어요. 쿠폰을 하나 만들면 여기서 골라요.',
    en: 'There is no coupon yet. Make one and choose it here.',
  },
  makePool: { ko: '쿠폰 만들러 가기', en: 'Make a coupon' },
  couponNote: {
    ko: '대조군에게는 주지 않아요. 뒤의 메시지에서 {{ coupon.code }}로 보여줄 수 있어요.',
    en: 'Held-out people get none. Messages after it show it as {{ coupon.code }}.',
  },
  noCoupon: { ko: '쿠폰 없이', en: 'No coupon' },
  trait: { ko: '어떤 정보에', en: 'Which trait' },
  value: { ko: '적을 값', en: 'Value' },
  kind: { ko: '값의 종류', en: 'Kind of value' },
  text: { ko: '글', en: 'Text' },
  number: { ko: '숫자', en: 'Number' },
  flag: { ko: '예/아니오', en: 'Yes or no' },
  none: { ko: '지우기', en: 'Remove it' },
  yes: { ko: '예', en: 'Yes' },
  no: { ko: '아니오', en: 'No' },
  answer: { ko: '답을 기다리는 시간', en: 'How long to wait for the answer' },
  answerNote: {
    ko: '답(JSON)은 뒤의 나누기와 메시지에서 {{ answers }}로 쓸 수 있어요. 답이 없어도 시간이 지나면 이어가요.',
    en: 'Branches and messages after it can use the answer (JSON). Without one it goes on.',
  },
  to: { ko: '어디부터 이어갈까요', en: 'Go on at' },
  gotoNote: {
    ko: '앞으로 돌아가려면 사이에 기다리기가 있어야 해요.',
    en: 'Going back needs a wait in between.',
  },
  exitNote: {
    ko: '이 길로 온 고객은 캠페인에서 나가요. 목표를 이루면 어디에 있든 저절로 끝나요.',
    en: 'People on this way leave the campaign. Whoever reaches the goal leaves by itself.',
  },
})

type PoolProps = {
  readonly pool: number | undefined
  readonly optional?: boolean
  readonly change: (pool: number | undefined) => void
}

/** A pool of coupons out of those the shop has made. */
export function PoolPicker({ pool, optional = false, change }: PoolProps) {
  const said = useWords(text)
  const pools = usePools()
  if (pools.length === 0 && !pool)
    return optional ? null : (
      <p className={style.note}>
        {said.noPool}{' '}
        <Anchor component={Link} href="/coupons" inherit>
          {said.makePool}
        </Anchor>
      </p>
    )
  const known = pools.map(({ id, name }) => ({ value: String(id), label: name }))
  const chosen =
    pool && !pools.some(({ id }) => id === pool) ? [{ value: String(pool), label: `#${pool}` }] : []
  return (
    <Select
      label={said.pool}
      clearable={optional}
      allowDeselect={optional}
      searchable={known.length > 7}
      placeholder={optional ? said.noCoupon : undefined}
      data={[...known, ...chosen]}
      value={pool ? String(pool) : null}
      onChange={(value) => change(value === null ? undefined : Number(value))}
    />
  )
}

/** The pool that is given out. */
export function CouponForm({ step }: { readonly step: StepOf<'coupon'> }) {
  const said = useWords(text)
  const { put } = useEditing()
  return (
    <>
      <PoolPicker
        pool={step.pool || undefined}
        change={(pool) => put({ ...step, pool: pool ?? 0 })}
      />
      <p className={style.note}>{said.couponNote}</p>
    </>
  )
}

type ValueKind = 'text' | 'number' | 'flag' | 'none'

function kindOfValue(value: StepOf<'set_trait'>['value']): ValueKind {
  if (value === null) return 'none'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'flag' : 'text'
}

/** A trait and what is written into it. */
export function SetTraitForm({ step }: { readonly step: StepOf<'set_trait'> }) {
  const said = useWords(text)
  const { put } = useEditing()
  const begun = { text: '', number: 0, flag: true, none: null } as const
  const { value } = step
  return (
    <>
      <div>
        <div className={style.label}>{said.trait}</div>
        <PathBlank of="trait" path={step.trait} onPick={(trait) => put({ ...step, trait })} />
      </div>
      <SegmentedControl
        aria-label={said.kind}
        size="sm"
        data={(['text', 'number', 'flag', 'none'] as const).map((one) => ({
          value: one,
          label: said[one],
        }))}
        value={kindOfValue(value)}
        onChange={(kind) => put({ ...step, value: begun[kind as ValueKind] })}
      />
      {typeof value === 'string' && (
        <TextInput
          label={said.value}
          maxLength={500}
          value={value}
          onChange={(event) => put({ ...step, value: event.currentTarget.value })}
        />
      )}
      {typeof value === 'number' && (
        <NumberInput
          label={said.value}
          value={value}
          onChange={(next) => put({ ...step, value: Number(next) || 0 })}
        />
      )}
      {typeof value === 'boolean' && (
        <SegmentedControl
          aria-label={said.value}
          size="sm"
          data={[
            { value: 'yes', label: said.yes },
            { value: 'no', label: said.no },
          ]}
          value={value ? 'yes' : 'no'}
          onChange={(next) => put({ ...step, value: next === 'yes' })}
        />
      )}
    </>
  )
}

/** A call whose answer the steps after it can use. */
export function CallForm({ step }: { readonly step: StepOf<'webhook'> }) {
  const said = useWords(text)
  const { put } = useEditing()
  return (
    <>
      <WebhookForm content={step.content} change={(content) => put({ ...step, content })} />
      <div>
        <div className={style.label}>{said.answer}</div>
        <Minutes
          label={said.answer}
          min={1}
          minutes={step.answerMinutes}
          change={(minutes) => put({ ...step, answerMinutes: Math.min(minutes, 1_440) })}
        />
      </div>
      <p className={style.note}>{said.answerNote}</p>
    </>
  )
}

/** The step to go on at. */
export function GotoForm({ step }: { readonly step: StepOf<'goto'> }) {
  const said = useWords(text)
  const language = useLanguage()
  const voice = useVoice()
  const { flow, put } = useEditing()
  const names = inLanguage(kindNames, language)
  const targets = stepsOf(flow).flatMap((one, at) =>
    one.id === step.id
      ? []
      : [
          {
            value: String(one.id),
            label: `${at + 1}. ${names[one.kind]}: ${stepSentence(one, flow, voice)}`.slice(0, 80),
          },
        ],
  )
  return (
    <>
      <Select
        label={said.to}
        allowDeselect={false}
        data={targets}
        value={targets.some(({ value }) => value === String(step.to)) ? String(step.to) : null}
        onChange={(value) => value && put({ ...step, to: Number(value) })}
      />
      <p className={style.note}>{said.gotoNote}</p>
    </>
  )
}

/** Nothing to decide: people leave. */
export function ExitForm() {
  return <p className={style.note}>{useWords(text).exitNote}</p>
}
