import style from './number.module.css'

type Props = {
  /** Shares, 0 to 1. */
  readonly rate: number
  readonly low: number
  readonly high: number
  /** The right end of the axis, which begins at 0; the same for all that are compared. */
  readonly top: number
  /** It is better than what it is compared with, beyond chance. */
  readonly leads: boolean
  readonly label: string
}

/** A rate as a dot with its interval, small enough for a row of a table. */
export function RateInterval({ rate, low, high, top, leads, label }: Props) {
  const x = (share: number) => `${2 + (share / top) * 94}%`
  const colour = leads ? 'var(--caused)' : 'var(--held-mark)'
  return (
    <svg className={style.rate} role="img" aria-label={label}>
      <line x1={x(0)} x2={x(top)} y1="10" y2="10" stroke="var(--line)" />
      <line
        x1={x(low)}
        x2={x(high)}
        y1="10"
        y2="10"
        stroke={colour}
        strokeWidth="6"
        opacity="0.4"
      />
      <circle cx={x(rate)} cy="10" r="6" fill={colour} stroke="var(--surface)" strokeWidth="2" />
    </svg>
  )
}
