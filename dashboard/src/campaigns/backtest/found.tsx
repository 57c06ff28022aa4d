import { Button, Progress } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BacktestResult } from '../../../../server/src/campaigns/backtest/backtest.ts'
import { type Backtest, cancelBacktest, getBacktest } from '../../api/backtests.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { cases, people } from '../../design/format.ts'
import { Bones, Failure } from '../../design/states.tsx'
import style from './backtest.module.css'
import { Period } from './period.tsx'
import { Samples } from './samples.tsx'
import { Side } from './side.tsx'
import { backtestWords } from './words.ts'

const lookEveryMs = 500

/** One backtest: how far it is, then what it found. */
export function Found({ id, again }: { readonly id: number; readonly again: () => void }) {
  const said = useWords(backtestWords)
  const language = useLanguage()
  const { data, error, refetch } = useQuery({
    queryKey: ['backtests', id],
    queryFn: ({ signal }) => getBacktest(id, signal),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : lookEveryMs),
  })
  if (!data) return error ? <Failure error={error} retry={refetch} /> : <Bones lines={6} />
  if (!isOver(data)) return <Running backtest={data} />
  return (
    <>
      <div className={style.row}>
        <Button variant="default" onClick={again}>
          {said.again}
        </Button>
        <span className={style.outcome}>
          <Period of={data} />
        </span>
      </div>
      {data.state === 'cancelled' && <p className={style.says}>{said.cancelled}</p>}
      {data.state === 'failed' && (
        <p className={style.says} role="alert">
          {data.problem?.[language]}
        </p>
      )}
      {data.result && <Result backtest={data} result={data.result} />}
    </>
  )
}

function isOver(backtest: Backtest | undefined): boolean {
  return backtest !== undefined && backtest.state !== 'queued' && backtest.state !== 'running'
}

function Running({ backtest }: { readonly backtest: Backtest }) {
  const said = useWords(backtestWords)
  const language = useLanguage()
  const queries = useQueryClient()
  const { id, done, people: all } = backtest
  const stopping = useMutation({
    mutationFn: () => cancelBacktest(id),
    onSuccess: (next) => queries.setQueryData(['backtests', id], next),
  })
  return (
    <div className={style.part}>
      <p className={style.says} aria-live="polite">
        {backtest.state === 'queued'
          ? said.waiting
          : all === 0
            ? said.finding
            : done === 0
              ? said.reading(people(all, language))
              : said.running(people(done, language), people(all, language))}
      </p>
      {/* Nothing to measure yet: the bar moves without saying how far it is. */}
      <Progress
        value={done === 0 ? 100 : (done / all) * 100}
        animated={done === 0}
        {...(done === 0 ? { color: 'gray' } : {})}
        transitionDuration={lookEveryMs}
        aria-label={said.title}
      />
      {stopping.error && <Failure error={stopping.error} />}
      <div>
        <Button variant="default" loading={stopping.isPending} onClick={() => stopping.mutate()}>
          {said.cancel}
        </Button>
      </div>
    </div>
  )
}

type ResultProps = { readonly backtest: Backtest; readonly result: BacktestResult }

function Result({ backtest, result }: ResultProps) {
  const said = useWords(backtestWords)
  const language = useLanguage()
  const { side, against } = result
  return (
    <>
      <div className={style.sides} data-two={against !== null}>
        <Side side={side} {...(against ? { title: said.draft } : {})} />
        {against && <Side side={against} title={said.live} />}
      </div>
      <Samples samples={side.samples} names={backtest.names} />
      <section className={style.part}>
        <h3>{said.assumed}</h3>
        <ul className={style.assumed}>
          <li>
            {said.looked(people(result.looked, language), cases(result.happenings, language))}
          </li>
          {result.assumptions.map((one) => (
            <li key={one.code}>{one[language]}</li>
          ))}
        </ul>
      </section>
    </>
  )
}
