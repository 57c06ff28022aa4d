import { SegmentedControl, Select, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords, words } from '../app/language.ts'
import style from './filters.module.css'
import { Hint } from './hint.tsx'

const text = words({
  everything: { ko: '전체', en: 'All' },
  none: { ko: '찾지 못했어요', en: 'Nothing found' },
})

/** The row of filters above a report. */
export function Filters({ children }: { readonly children: ReactNode }) {
  return <div className={style.filters}>{children}</div>
}

type Offered<T> = readonly (readonly [value: T, label: string])[]
type Named = { readonly label: string; readonly hint?: string }

/** One of a few, folded. */
export function OneOf<T extends string>({
  label,
  hint,
  width,
  value,
  offered,
  change,
}: OneOfProps<T>) {
  return (
    <Select
      label={<Label label={label} hint={hint} />}
      w={width}
      allowDeselect={false}
      value={value}
      onChange={(next) => change((next ?? value) as T)}
      data={offered.map(([one, name]) => ({ value: one, label: name }))}
    />
  )
}
type OneOfProps<T> = Named & {
  readonly width: number
  readonly value: T
  readonly offered: Offered<T>
  readonly change: (value: T) => void
}

/** One of two or three, side by side. */
export function Either<T extends string>({ label, hint, value, offered, change }: EitherProps<T>) {
  return (
    <div>
      <div className={style.label}>
        <Label label={label} hint={hint} />
      </div>
      <SegmentedControl
        aria-label={label}
        value={value}
        onChange={(next) => change(next as T)}
        data={offered.map(([one, name]) => ({ value: one, label: name }))}
      />
    </div>
  )
}
type EitherProps<T> = Omit<OneOfProps<T>, 'width'>

/** One of many, or all of them; what the address names is offered although nobody listed it. */
export function AnyOf({ label, width, value, offered, change, search }: AnyOfProps) {
  const said = useWords(text)
  const isListed = value === null || offered.some(([one]) => one === value)
  const all = isListed ? offered : [...offered, [value, value] as const]
  return (
    <Select
      label={label}
      w={width}
      clearable
      searchable
      placeholder={said.everything}
      nothingFoundMessage={said.none}
      value={value}
      onChange={change}
      {...(search ? { onSearchChange: search } : {})}
      data={all.map(([one, name]) => ({ value: one, label: name }))}
    />
  )
}
type AnyOfProps = Pick<Named, 'label'> & {
  readonly width: number
  readonly value: string | null
  readonly offered: Offered<string>
  readonly change: (value: string | null) => void
  /** Hears what is typed, where more can be found than is offered. */
  readonly search?: (typed: string) => void
}

/** On or off. */
export function OnOff({ label, hint, isOn, change }: OnOffProps) {
  return (
    <span className={style.switch}>
      <Switch
        label={label}
        checked={isOn}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      {hint && <Hint text={hint} about={label} />}
    </span>
  )
}
type OnOffProps = Named & { readonly isOn: boolean; readonly change: (isOn: boolean) => void }

function Label({ label, hint }: { readonly label: string; readonly hint: string | undefined }) {
  return hint ? (
    <>
      {label} <Hint text={hint} about={label} />
    </>
  ) : (
    label
  )
}
