import { NumberInput, Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import type { Span } from '../../../server/src/segments/comparison.ts'
import { useLanguage } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { listPopover } from '../design/list-popover.ts'
import style from './blank.module.css'
import { ChoiceList } from './choice-list.tsx'
import { dayOf, instantOf } from './days.ts'
import type { Choice } from './find.ts'
import { unitChoices } from './windows.ts'

type ChoiceBlankProps = {
  readonly label: string
  /** What the blank reads as in the sentence; nothing yet when undefined. */
  readonly shown: string | undefined
  readonly choices: readonly Choice[]
  readonly selected?: readonly string[]
  readonly onPick: (value: string) => void
  readonly typed?: ((text: string) => readonly Choice[]) | undefined
  readonly placeholder?: string | undefined
  readonly several?: boolean
  readonly plainly?: boolean
}

/** A blank of the sentence: a button that reads as its word and opens a searchable list. */
export function ChoiceBlank(props: ChoiceBlankProps) {
  const { label, shown, onPick, several = false } = props
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const leave = () => {
    setOpened(false)
    button.current?.focus({ preventScroll: true })
  }
  return (
    <Popover opened={opened} onChange={setOpened} {...listPopover}>
      <Popover.Target>
        <button
          ref={button}
          type="button"
          data-blank=""
          className={`${style.blank} ${shown ? '' : style.empty} ${props.plainly ? style.plainly : ''}`}
          aria-haspopup="listbox"
          aria-expanded={opened}
          aria-label={`${label}: ${shown ?? ''}`}
          onClick={() => setOpened(!opened)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
            event.preventDefault()
            setOpened(true)
          }}
        >
          {shown ?? label}
          <IconChevronDown size={14} aria-hidden className={style.chevron} />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={style.dropdown}>
        <ChoiceList
          label={label}
          choices={props.choices}
          selected={props.selected ?? []}
          typed={props.typed}
          placeholder={props.placeholder}
          several={several}
          autoFocus
          onLeave={leave}
          onPick={(value) => {
            onPick(value)
            if (!several) leave()
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

type NumberBlankProps = {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly min?: number
  readonly max?: number
  readonly decimals?: number
}

/** A number of the sentence, as wide as it is long. */
export function NumberBlank({
  label,
  value,
  onChange,
  min = 0,
  max,
  decimals = 0,
}: NumberBlankProps) {
  const [typing, setTyping] = useState<string | number>()
  const shown = typing ?? value
  const width = `${Math.max(2, value.toLocaleString('en').length) + 3.2}ch`
  return (
    <NumberInput
      data-blank=""
      className={style.number ?? ''}
      classNames={{ input: style.numberInput ?? '' }}
      w={width}
      aria-label={label}
      hideControls
      allowNegative={min < 0}
      allowDecimal={decimals > 0}
      decimalScale={decimals}
      thousandSeparator=","
      min={min}
      {...(max === undefined ? {} : { max })}
      value={shown}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => setTyping(undefined)}
      onChange={(next) => {
        setTyping(next)
        const number = typeof next === 'number' ? next : Number.parseFloat(next)
        if (Number.isFinite(number) && number >= min && (max === undefined || number <= max))
          onChange(number)
      }}
    />
  )
}

type DayBlankProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (instant: string) => void
}

/** A day of the sentence, midnight in the shop's time. */
export function DayBlank({ label, value, onChange }: DayBlankProps) {
  const { timeZone } = useSession().shop
  return (
    <input
      data-blank=""
      type="date"
      className={`${style.blank} ${style.day}`}
      aria-label={label}
      value={dayOf(value, timeZone)}
      onChange={(event) => {
        const day = event.currentTarget.value
        if (/^\d{4}-\d{2}-\d{2}$/.test(day)) onChange(instantOf(day, timeZone))
      }}
    />
  )
}

type SpanBlankProps = {
  readonly label: string
  readonly value: Span
  readonly onChange: (span: Span) => void
  readonly maxDays?: number
}

const inADay = { minutes: 1440, hours: 24, days: 1 } as const

/** A span of time: a number and its unit. */
export function SpanBlank({ label, value, onChange, maxDays = 400 }: SpanBlankProps) {
  const language = useLanguage()
  const units = unitChoices(language)
  return (
    <>
      <NumberBlank
        label={label}
        value={value.amount}
        min={1}
        max={maxDays * inADay[value.unit]}
        onChange={(amount) => onChange({ ...value, amount: Math.round(amount) })}
      />
      <ChoiceBlank
        label={language === 'ko' ? '단위' : 'Unit'}
        shown={units.find((one) => one.value === value.unit)?.label}
        choices={units}
        selected={[value.unit]}
        onPick={(unit) => {
          const to = unit as Span['unit']
          const amount = Math.min(value.amount, maxDays * inADay[to])
          onChange({ amount, unit: to })
        }}
      />
    </>
  )
}

/** Fixed words of the sentence. */
export function Said({ children }: { readonly children: ReactNode }) {
  return children ? <span className={style.said}>{children}</span> : null
}
