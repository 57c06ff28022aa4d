import { useMemo } from 'react'
import type { BacktestSide } from '../../../../server/src/campaigns/backtest/backtest.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { DayBars } from '../../design/day-bars.tsx'
import { day } from '../../design/format.ts'
import style from './backtest.module.css'
import { backtestWords } from './words.ts'

/** Messages day by day, with the people held out on the same days. */
export function Days({ days }: { readonly days: BacktestSide['days'] }) {
  const said = useWords(backtestWords)
  const language = useLanguage()
  const bars = useMemo(
    () =>
      days.map(({ day: date, sent, heldOut, entered }) => ({
        ...{ sent, heldOut, also: entered },
        name: day(Date.parse(date), { timeZone: 'UTC', language }),
      })),
    [days, language],
  )
  const { sent, heldOut, entered } = said
  const names = useMemo(() => ({ sent, heldOut, also: entered }), [sent, heldOut, entered])
  return (
    <div className={style.part}>
      <h3>{said.byDay}</h3>
      <DayBars days={bars} names={names} height={180} label={said.byDayLabel} />
    </div>
  )
}
