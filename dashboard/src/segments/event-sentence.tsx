import { Button, NumberInput, Select } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import type { EventCondition } from '../../../server/src/segments/event-condition.ts'
import type { Vocabulary } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { eventNoun } from '../events/noun.ts'
import { amountOf, firstAmount, type Mode, measured, modeOf, modes, rolling } from './conditions.ts'
import { EventFilter, freshFilter } from './event-filter.tsx'

const text = words({
  event: { ko: '행동', en: 'What' },
  when: { ko: '언제', en: 'When' },
  how: { ko: '얼마나', en: 'How' },
  number: { ko: '숫자', en: 'Number' },
  ever: { ko: '지금까지', en: 'ever' },
  lastDays: { ko: (n: number) => `최근 ${n}일 동안`, en: (n: number) => `in the last ${n} days` },
  between: { ko: '정한 기간에', en: 'between two dates' },
  object: { ko: '을(를)', en: '' },
  'at-least': { ko: '번 이상 했어요', en: 'times or more' },
  'at-most': { ko: '번 이하로 했어요', en: 'times or fewer' },
  never: { ko: '한 번도 안 했어요', en: 'never' },
  spent: { ko: '이상의 금액만큼 했어요', en: 'or more in value' },
  gone: { ko: '일 넘게 안 했어요', en: 'days or more since the last' },
  other: { ko: '다른 방법으로 정했어요', en: 'measured another way' },
  only: { ko: '그중 일부만', en: 'Only some of them' },
})

const windows = [1, 3, 7, 14, 30, 60, 90, 180, 365] as const

type Props = {
  readonly condition: EventCondition
  readonly vocabulary: Vocabulary | undefined
  readonly change: (condition: EventCondition) => void
}

/** `[최근 30일 동안] [주문]을(를) [2] [번 이상 했어요]`, each blank a picker. */
export function EventSentence({ condition, vocabulary, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const mode = modeOf(condition)
  const amount = amountOf(condition)
  const names = new Set([...(vocabulary?.events ?? []).map((event) => event.name), condition.event])
  const measure = (to: { readonly mode: Mode; readonly amount: number }) =>
    change(measured(condition, { ...to, currency: shop.currency }))
  const when = mode !== 'gone' && <WindowPicker key="when" condition={condition} change={change} />
  const what = (
    <Select
      key="what"
      aria-label={said.event}
      searchable
      allowDeselect={false}
      w={190}
      data={[...names].map((value) => ({ value, label: eventNoun(value, language) }))}
      value={condition.event}
      onChange={(event) => {
        if (!event) return
        const { where: _, ...rest } = condition
        change({ ...rest, event })
      }}
    />
  )
  const how = (
    <span key="how" style={{ display: 'inline-flex', gap: 8 }}>
      {mode !== 'never' && mode !== 'other' && (
        <NumberInput
          aria-label={said.number}
          w={mode === 'spent' ? 130 : 76}
          min={mode === 'spent' ? 0 : 1}
          max={mode === 'spent' ? 1_000_000_000 : mode === 'gone' ? 400 : 100}
          thousandSeparator=","
          allowDecimal={false}
          hideControls
          value={amount}
          onChange={(value) => measure({ mode, amount: Number(value) || 0 })}
        />
      )}
      <Select
        aria-label={said.how}
        allowDeselect={false}
        w={190}
        data={(mode === 'other' ? [...modes, 'other' as const] : modes).map((value) => ({
          value,
          label: said[value],
        }))}
        value={mode}
        onChange={(value) => {
          const next = (value ?? 'at-least') as Mode
          measure({ mode: next, amount: firstAmount[next] })
        }}
      />
    </span>
  )
  return (
    <>
      {language === 'ko'
        ? [when, what, <span key="을">{said.object}</span>, how]
        : [what, how, when]}
      {condition.where ? (
        <EventFilter condition={condition} vocabulary={vocabulary} change={change} />
      ) : (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFilter size={15} />}
          onClick={() => change({ ...condition, where: freshFilter(condition, vocabulary) })}
        >
          {said.only}
        </Button>
      )}
    </>
  )
}

function WindowPicker({ condition, change }: Omit<Props, 'vocabulary'>) {
  const said = useWords(text)
  const { window } = condition
  const days =
    window.kind === 'rolling' && window.span.unit === 'days' ? window.span.amount : undefined
  const offered =
    days !== undefined && !windows.some((n) => n === days) ? [...windows, days] : windows
  const value = window.kind === 'ever' ? 'ever' : days === undefined ? 'other' : String(days)
  return (
    <Select
      aria-label={said.when}
      allowDeselect={false}
      w={160}
      data={[
        ...offered.map((n) => ({ value: String(n), label: said.lastDays(n) })),
        { value: 'ever', label: said.ever },
        ...(value === 'other' ? [{ value, label: said.between }] : []),
      ]}
      value={value}
      onChange={(chosen) => {
        if (chosen && chosen !== 'other')
          change({ ...condition, window: rolling(chosen === 'ever' ? undefined : Number(chosen)) })
      }}
    />
  )
}
