import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getBacktest } from '../../api/backtests.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { dayAndTime } from '../../design/format.ts'
import { Bones, Failure } from '../../design/states.tsx'
import style from './backtest.module.css'
import { periodOf } from './period.tsx'
import { Side } from './side.tsx'
import { backtestWords } from './words.ts'

/** Two earlier ones side by side, the older first. */
export function Pair({
  ids,
  back,
}: {
  readonly ids: readonly number[]
  readonly back: () => void
}) {
  const said = useWords(backtestWords)
  return (
    <>
      <div className={style.row}>
        <Button variant="default" onClick={back}>
          {said.back}
        </Button>
      </div>
      <div className={style.sides} data-two>
        {ids
          .toSorted((a, b) => a - b)
          .map((id) => (
            <One key={id} id={id} />
          ))}
      </div>
    </>
  )
}

function One({ id }: { readonly id: number }) {
  const language = useLanguage()
  const { shop } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: ['backtests', id],
    queryFn: ({ signal }) => getBacktest(id, signal),
  })
  if (!data?.result) return error ? <Failure error={error} retry={refetch} /> : <Bones lines={6} />
  const when = { timeZone: shop.timeZone, language }
  const title = `${periodOf(data, when)} (${dayAndTime(data.createdAt, when)})`
  return <Side side={data.result.side} title={title} />
}
