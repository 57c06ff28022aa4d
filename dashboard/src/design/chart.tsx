import { useComputedColorScheme } from '@mantine/core'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
import { Bone } from './states.tsx'

export type Palette = {
  readonly ink: string
  readonly quiet: string
  readonly line: string
  readonly surface: string
  readonly accent: string
  readonly accentSoft: string
  readonly caused: string
  readonly held: string
  readonly attention: string
  readonly font: string
}

type Props = {
  /** Made anew when `draws` changes; colours come from the tokens of the scheme on screen. */
  readonly option: (palette: Palette) => EChartsCoreOption
  readonly height: number
  /** What the picture shows, in words, for those who cannot see it. */
  readonly label: string
  readonly onPick?: (name: string) => void
}

function readPalette(): Palette {
  const root = getComputedStyle(document.documentElement)
  const token = (name: string) => root.getPropertyValue(`--${name}`).trim()
  return {
    ink: token('ink'),
    quiet: token('ink-3'),
    line: token('line'),
    surface: token('surface'),
    accent: token('accent'),
    accentSoft: token('accent-soft'),
    caused: token('caused'),
    held: token('held-mark'),
    attention: token('attention'),
    font: getComputedStyle(document.body).fontFamily,
  }
}

/** A chart in the house's colours. The library arrives with the first one. */
export function Chart({ option, height, label, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType>()
  const scheme = useComputedColorScheme('light')
  useEffect(() => {
    const element = box.current
    if (!element) return
    let gone = false
    let made: EChartsType | undefined
    void import('./echarts.ts').then(({ startChart }) => {
      if (gone) return
      made = startChart(element, null, { renderer: 'svg' })
      setChart(made)
    })
    const observer = new ResizeObserver(() => made?.resize())
    observer.observe(element)
    return () => {
      gone = true
      observer.disconnect()
      made?.dispose()
      setChart(undefined)
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette is read anew when the scheme changes
  useEffect(() => {
    if (!chart) return
    const palette = readPalette()
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.setOption(
      {
        animation: !calm,
        animationDuration: 200,
        textStyle: { fontFamily: palette.font },
        ...option(palette),
      },
      true,
    )
  }, [chart, option, scheme])
  useEffect(() => {
    if (!chart || !onPick) return
    const pick = (event: { readonly name?: string }) => {
      if (event.name) onPick(event.name)
    }
    chart.on('click', pick as never)
    return () => {
      chart.off('click', pick as never)
    }
  }, [chart, onPick])
  return (
    <div style={{ position: 'relative', height }} role="img" aria-label={label}>
      {!chart && <Bone height={height} />}
      <div ref={box} style={{ position: 'absolute', inset: 0 }} />
    </div>
  )
}

/** A tooltip drawn as the dashboard's own surfaces. */
export function tooltipOf(palette: Palette) {
  return {
    backgroundColor: palette.surface,
    borderColor: palette.line,
    borderWidth: 1,
    padding: [10, 14],
    textStyle: { color: palette.ink, fontSize: 13, fontFamily: palette.font },
    extraCssText: 'border-radius:10px;box-shadow:var(--shadow);line-height:1.6',
    confine: true,
  }
}

/** Text that goes into a chart's HTML tooltip: names come from the shop and are never trusted. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
