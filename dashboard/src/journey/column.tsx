import { Button } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight, IconMinus, IconUsers } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { StageColumn } from '../api/journey.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { count, lasting, people } from '../design/format.ts'
import { Hint } from '../design/hint.tsx'
import { Sparkline } from '../design/sparkline.tsx'
import style from './journey.module.css'
import { Serving } from './serving.tsx'
import { stageMeanings, stageNames } from './stages.ts'

const text = words({
  change: { ko: (n: string) => `7일 동안 ${n}`, en: (n: string) => `${n} in 7 days` },
  one: { ko: '명', en: 'people' },
  changeHint: {
    ko: (entered: string, left: string) =>
      `7일 동안 들어온 횟수 ${entered}번에서 나간 횟수 ${left}번을 뺐어요.`,
    en: (entered: string, left: string) =>
      `Came in ${entered} times, went on ${left} times in seven days.`,
  },
  median: { ko: '머문 시간(중앙값)', en: 'Median time here' },
  daily: { ko: '하루에 들어오는 고객', en: 'Coming in a day' },
  unknown: { ko: '아직 몰라요', en: 'not known yet' },
  about: { ko: (n: string) => `약 ${n}`, en: (n: string) => `about ${n}` },
  fewer: { ko: '1명 미만', en: 'fewer than 1' },
  show: { ko: '누가 있는지 보기', en: 'See who is here' },
  showNamed: {
    ko: (name: string) => `누가 있는지 보기: ${name}`,
    en: (name: string) => `See who is here: ${name}`,
  },
})

/** One stage: who is there, how that moves, and what serves them. */
export function Column({ column }: { readonly column: StageColumn }) {
  const said = useWords(text)
  const names = useWords(stageNames)
  const meanings = useWords(stageMeanings)
  const language = useLanguage()
  const name = names[column.stage]
  return (
    <section className={style.column} aria-labelledby={`stage-${column.stage}`}>
      <h2 className={style.name} id={`stage-${column.stage}`}>
        {name}
        <Hint text={meanings[column.stage]} about={name} />
      </h2>
      <div className={style.size}>
        {count(column.people, language)}
        <span className={language === 'ko' ? '' : style.unit}>{said.one}</span>
      </div>
      <Change column={column} />
      <dl className={style.facts}>
        <div>
          <dt>{said.median}</dt>
          <dd>{column.medianMs === null ? said.unknown : roughly(column.medianMs, language)}</dd>
        </div>
        <div>
          <dt>{said.daily}</dt>
          <dd className={style.daily}>
            <Daily entered={column.entered} days={column.days.length} />
            <span className={style.spark}>
              <Sparkline values={column.days} width={64} height={22} />
            </span>
          </dd>
        </div>
      </dl>
      <Button
        component={Link}
        href={`/journey?stage=${column.stage}`}
        variant="default"
        size="xs"
        leftSection={<IconUsers size={15} aria-hidden />}
        aria-label={said.showNamed(name)}
      >
        {said.show}
      </Button>
      <Serving column={column} />
    </section>
  )
}

/** Two units are too exact for a median: `3일` rather than `3일 4시간`, and hours below a day. */
function roughly(durationMs: number, language: 'ko' | 'en'): string {
  const unit = [86_400_000, 3_600_000, 60_000].find((one) => durationMs >= one) ?? 1_000
  return lasting(Math.round(durationMs / unit) * unit, language)
}

function Daily({ entered, days }: { readonly entered: number; readonly days: number }) {
  const said = useWords(text)
  const language = useLanguage()
  if (days === 0) return said.unknown
  const average = entered / days
  if (average > 0 && average < 1) return said.fewer
  return said.about(people(Math.round(average), language))
}

function Change({ column }: { readonly column: StageColumn }) {
  const said = useWords(text)
  const language = useLanguage()
  const { entered, left } = column
  const change = entered - left
  const Arrow = change > 0 ? IconArrowUpRight : change < 0 ? IconArrowDownRight : IconMinus
  const size = language === 'ko' ? people(Math.abs(change), 'ko') : count(Math.abs(change), 'en')
  const signed = `${change > 0 ? '+' : change < 0 ? '-' : ''}${size}`
  return (
    <p className={style.change}>
      <Arrow size={15} aria-hidden />
      {said.change(signed)}
      <Hint
        text={said.changeHint(count(entered, language), count(left, language))}
        about={said.change(signed)}
      />
    </p>
  )
}
