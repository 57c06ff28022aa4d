import style from './number.module.css'

type Props = {
  readonly value: number
  readonly low: number
  readonly high: number
  /** There are people enough for a colour to mean something. */
  readonly isKnown: boolean
  readonly label: string
}

/** A difference against zero, small enough for a row of a table: zero stands in the middle of every row. */
export function RowInterval({ value, low, high, isKnown, label }: Props) {
  const reach = Math.max(Math.abs(low), Math.abs(high), 1e-12)
  const x = (at: number) => `${50 + (at / reach) * 46}%`
  const colour =
    !isKnown || (low <= 0 && high >= 0)
      ? 'var(--held-mark)'
      : low > 0
        ? 'var(--caused)'
        : 'var(--broken)'
  return (
    <svg className={style.rate} role="img" aria-label={label}>
      <line x1="2%" x2="98%" y1="10" y2="10" stroke="var(--line)" />
      <line x1="50%" x2="50%" y1="1" y2="19" stroke="var(--line-strong)" strokeWidth="1.5" />
      <line
        x1={x(low)}
        x2={x(high)}
        y1="10"
        y2="10"
        stroke={colour}
        strokeWidth="6"
        opacity="0.4"
      />
      <circle cx={x(value)} cy="10" r="6" fill={colour} stroke="var(--surface)" strokeWidth="2" />
    </svg>
  )
}
