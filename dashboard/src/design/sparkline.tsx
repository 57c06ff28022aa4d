type Props = {
  readonly values: readonly number[]
  readonly width?: number
  readonly height?: number
}

/** The shape of a series, without axes: decoration beside a number that says it in words. */
export function Sparkline({ values, width = 88, height = 32 }: Props) {
  const top = Math.max(...values, 0)
  const bottom = Math.min(...values, 0)
  const range = top - bottom || 1
  const step = (width - 4) / Math.max(1, values.length - 1)
  const points = values.map((value, index) => {
    const x = 2 + index * step
    const y = 2 + (height - 4) * (1 - (value - bottom) / range)
    return [x, y] as const
  })
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
  const last = points.at(-1)
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline
        points={line}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {last && <circle cx={last[0]} cy={last[1]} r="2.5" fill="var(--accent)" />}
    </svg>
  )
}
