import { IconChevronRight } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { people } from '../design/format.ts'
import { Bone } from '../design/states.tsx'
import style from './line.module.css'
import { stageNames, stageOrder, useJourney } from './stages.ts'

const text = words({
  title: { ko: '고객이 서 있는 곳', en: 'Where people stand' },
  all: { ko: '여정 보기', en: 'See the journey' },
  change: { ko: (n: string) => `7일 ${n}`, en: (n: string) => `${n} in 7 days` },
  live: { ko: '캠페인 켜짐', en: 'campaign live' },
})

/** The five stages in one line, each a way into the journey. Says nothing where there is nobody. */
export function StagesLine() {
  const said = useWords(text)
  const names = useWords(stageNames)
  const language = useLanguage()
  const journey = useJourney()
  const columns = journey.data?.columns
  if (journey.error || columns?.every((one) => one.people === 0)) return null
  return (
    <Card
      title={said.title}
      flush
      beside={
        <Link href="/journey" className={style.all ?? ''}>
          {said.all} <IconChevronRight size={16} aria-hidden />
        </Link>
      }
    >
      <ol className={style.line}>
        {stageOrder.map((stage) => {
          const column = columns?.find((one) => one.stage === stage)
          const change = column ? column.entered - column.left : 0
          const sign = change > 0 ? '+' : change < 0 ? '-' : ''
          return (
            <li key={stage}>
              <Link href={`/journey?stage=${stage}`} className={style.stage ?? ''}>
                <span className={style.name}>{names[stage]}</span>
                {column ? (
                  <>
                    <b className={style.size}>{people(column.people, language)}</b>
                    <span className={style.change}>
                      {said.change(`${sign}${people(Math.abs(change), language)}`)}
                    </span>
                    {column.campaign?.state === 'live' && (
                      <span className={style.live}>{said.live}</span>
                    )}
                  </>
                ) : (
                  <Bone width={64} height={24} />
                )}
              </Link>
            </li>
          )
        })}
      </ol>
    </Card>
  )
}
