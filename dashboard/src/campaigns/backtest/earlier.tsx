import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type EarlierBacktest, earlierBacktests } from '../../api/backtests.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { dayAndTime, mails, people } from '../../design/format.ts'
import { Failure } from '../../design/states.tsx'
import style from './backtest.module.css'
import { periodOf } from './period.tsx'
import { backtestWords, stateWords } from './words.ts'

type Props = {
  readonly campaign: number
  readonly open: (id: number) => void
  readonly compare: (one: number, other: number) => void
}

/** What was tried of this campaign before: to be opened again, or two of them side by side. */
export function Earlier({ campaign, open, compare }: Props) {
  const said = useWords(backtestWords)
  const [picked, setPicked] = useState<readonly number[]>([])
  const { data, error, refetch } = useQuery({
    queryKey: ['backtests', 'of', campaign],
    queryFn: ({ signal }) => earlierBacktests(campaign, signal),
  })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data || data.items.length === 0) return null
  const done = data.items.filter((one) => one.state === 'done').length
  const [one, other] = picked
  const pick = (id: number) =>
    setPicked((before) =>
      // Of three the one picked first makes room.
      before.includes(id) ? before.filter((each) => each !== id) : [...before, id].slice(-2),
    )
  return (
    <section className={style.part}>
      <h3>{said.earlier}</h3>
      <ul className={style.earlier}>
        {data.items.map((each) => (
          <Row
            key={each.id}
            backtest={each}
            open={() => open(each.id)}
            {...(done > 1 && each.state === 'done'
              ? { picked: picked.includes(each.id), pick: () => pick(each.id) }
              : {})}
          />
        ))}
      </ul>
      {done > 1 && (
        <div className={style.row}>
          <Button
            variant="default"
            disabled={other === undefined}
            onClick={() => one !== undefined && other !== undefined && compare(one, other)}
          >
            {said.compareTwo}
          </Button>
          {other === undefined && <span className={style.outcome}>{said.pickTwo}</span>}
        </div>
      )}
      <p className={style.outcome}>{said.kept}</p>
    </section>
  )
}

type RowProps = {
  readonly backtest: EarlierBacktest
  readonly open: () => void
  readonly picked?: boolean
  readonly pick?: () => void
}

function Row({ backtest, open, picked, pick }: RowProps) {
  const said = useWords(backtestWords)
  const states = useWords(stateWords)
  const language = useLanguage()
  const when = { timeZone: useSession().shop.timeZone, language }
  const { by, createdAt, entered, sent, compares, state } = backtest
  const period = periodOf(backtest, when)
  const asked = dayAndTime(createdAt, when, Date.now())
  const who = by.startsWith('key:') ? said.byKey : by === 'system' ? said.bySystem : by
  const found =
    entered === null || sent === null
      ? states[state]
      : said.gist(people(entered, language), mails(sent, language))
  return (
    <li>
      {pick ? (
        <Checkbox
          aria-label={said.pick(`${asked} ${period}`)}
          checked={picked ?? false}
          onChange={pick}
        />
      ) : (
        <span />
      )}
      <button type="button" onClick={open}>
        <b>{period}</b>
        <span>{found}</span>
        <span className={style.outcome}>
          {asked} · {who}
          {compares && ` · ${said.ofTwo}`}
        </span>
      </button>
    </li>
  )
}
