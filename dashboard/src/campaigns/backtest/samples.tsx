import { Link } from 'wouter'
import type { BacktestSide } from '../../../../server/src/campaigns/backtest/backtest.ts'
import type { Backtest } from '../../api/backtests.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { dayAndTime, personName } from '../../design/format.ts'
import { eventNoun } from '../../events/noun.ts'
import style from './backtest.module.css'
import { backtestWords, outcomeWords } from './words.ts'

type Props = {
  readonly samples: BacktestSide['samples']
  readonly names: Backtest['names']
}

/** Some people, each with their whole way in sentences. */
export function Samples({ samples, names }: Props) {
  const said = useWords(backtestWords)
  const outcomes = useWords(outcomeWords)
  const language = useLanguage()
  const { shop } = useSession()
  if (samples.length === 0) return null
  const nameOf = new Map(names.map((one) => [one.customer, one.name]))
  const at = (time: number) => dayAndTime(time, { timeZone: shop.timeZone, language })
  return (
    <section className={style.part}>
      <h3>{said.samples}</h3>
      <ul className={style.people}>
        {samples.map(({ customer, outcome, trace }) => (
          <li key={customer}>
            <details>
              <summary>
                <span>{personName(nameOf.get(customer) ?? null, language)}</span>
                <span className={style.outcome}>{outcomes[outcome]}</span>
              </summary>
              <ol className={style.trace}>
                {trace.map((one) => (
                  <li key={`${one.at}/${one.step}/${one.en}`}>
                    <time dateTime={new Date(one.at).toISOString()}>{at(one.at)}</time>
                    {one.event !== null && `${eventNoun(one.event, language)} · `}
                    {one[language]}
                    {one.until !== null && ` (${said.until(at(one.until))})`}
                  </li>
                ))}
              </ol>
              <Link href={`/customers/${customer}`}>
                {personName(nameOf.get(customer) ?? null, language)}
              </Link>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}
