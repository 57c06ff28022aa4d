import { useElementSize } from '@mantine/hooks'
import style from './number.module.css'

type Props = {
  readonly estimate: number
  readonly low: number
  readonly high: number
  readonly label: string
  readonly format: (value: number) => string
}

const height = 92
const margin = 48

/**
 * An effect as a dot with its interval against zero. Green only when the whole interval lies above zero, red below,
 * grey otherwise; the axis always shows zero.
 */
export function IntervalDot({ estimate, low, high, label, format }: Props) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.max(280, measured || 640)
  const reach = Math.max(Math.abs(low), Math.abs(high), Math.abs(estimate), 1e-9) * 1.15
  const [from, to] = [
    Math.min(-reach * 0.35, low * 1.15, 0),
    Math.max(reach * 0.35, high * 1.15, 0),
  ]
  const x = (value: number) => margin + ((value - from) / (to - from)) * (width - 2 * margin)
  const colour = low > 0 ? 'var(--caused)' : high < 0 ? 'var(--broken)' : 'var(--held-mark)'
  const text = { fontSize: 13, fill: 'var(--ink-3)' }
  return (
    <div ref={ref}>
      <svg
        className={style.interval}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={label}
      >
        <line
          x1={margin}
          x2={width - margin}
          y1="46"
          y2="46"
          stroke="var(--line)"
          strokeWidth="1"
        />
        <line x1={x(0)} x2={x(0)} y1="18" y2="74" stroke="var(--line-strong)" strokeWidth="1.5" />
        <text x={x(0)} y="88" textAnchor="middle" {...text}>
          0
        </text>
        <rect
          x={x(low)}
          y="40"
          width={Math.max(2, x(high) - x(low))}
          height="12"
          rx="6"
          fill={colour}
          opacity="0.28"
        />
        <circle
          cx={x(estimate)}
          cy="46"
          r="9"
          fill={colour}
          stroke="var(--surface)"
          strokeWidth="2"
        />
        <text x={x(low)} y="72" textAnchor="middle" {...text}>
          {format(low)}
        </text>
        <text x={x(high)} y="72" textAnchor="middle" {...text}>
          {format(high)}
        </text>
        <text
          x={x(estimate)}
          y="28"
          textAnchor="middle"
          fontSize="16"
          fontWeight="700"
          fill="var(--ink)"
        >
          {format(estimate)}
        </text>
      </svg>
    </div>
  )
}
