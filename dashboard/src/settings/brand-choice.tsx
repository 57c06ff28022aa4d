import { SegmentedControl } from '@mantine/core'
import style from './brand.module.css'

type ChoiceProps<V extends string> = {
  readonly label: string
  readonly note?: string
  readonly disabled: boolean
  readonly value: V
  readonly options: Readonly<Record<V, string>>
  readonly choose: (value: V) => void
}

/** One of a few, side by side under a heading. */
export function Choice<V extends string>(props: ChoiceProps<V>) {
  const { label, note, disabled, value, options, choose } = props
  const values = Object.keys(options) as V[]
  return (
    <div>
      <div className={style.label}>{label}</div>
      <SegmentedControl
        fullWidth
        aria-label={label}
        disabled={disabled}
        data={values.map((one) => ({ value: one, label: options[one] }))}
        value={value}
        onChange={(next) => choose(values.find((one) => one === next) ?? value)}
      />
      {note && <p className={style.note}>{note}</p>}
    </div>
  )
}
