import type { BacktestSide, Counted } from '../../../../server/src/campaigns/backtest/backtest.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { cases, count, mails, money, people } from '../../design/format.ts'
import style from './backtest.module.css'
import { Days } from './days.tsx'
import { backtestWords } from './words.ts'

type Props = {
  readonly side: BacktestSide
  /** Which of two versions. */
  readonly title?: string
}

/** What one version would have done. */
export function Side({ side, title }: Props) {
  const said = useWords(backtestWords)
  const language = useLanguage()
  const { perPerson } = side
  const refused = side.decisions.filter(
    (one) => one.outcome !== 'sent' && one.outcome !== 'waiting',
  )
  return (
    <section className={style.stack} aria-label={title}>
      {title && <h2 className={style.which}>{title}</h2>}
      <p className={style.verdict}>
        {side.entries === 0
          ? said.nobody
          : said.verdict(people(side.people, language), mails(side.sent, language))}
      </p>
      {perPerson.most > 0 && (
        <p className={style.says}>
          {said.most(mails(perPerson.most, language), mails(perPerson.mostInWeek, language))}{' '}
          {side.heldForNight > 0 && said.night(mails(side.heldForNight, language))}
        </p>
      )}
      <Numbers side={side} />
      {side.sent + side.heldOut > 0 && <Days days={side.days} />}
      {side.sent > 0 && <Hours hours={side.hours} />}
      <Reasons title={said.why} reasons={refused} />
      <Reasons title={said.notEntered} reasons={side.notEntered} />
      <Reasons title={said.ended} reasons={side.ended} />
      <Coupons coupons={side.coupons} />
      {perPerson.spread.length > 1 && (
        <div className={style.part}>
          <h3>{said.spread}</h3>
          <ul className={style.bars}>
            {perPerson.spread.map((one) => (
              <Bar
                key={one.messages}
                says={mails(one.messages, language)}
                amount={people(one.people, language)}
                share={one.people / side.people}
              />
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function Numbers({ side }: { readonly side: BacktestSide }) {
  const said = useWords(backtestWords)
  const language = useLanguage()
  const { shop } = useSession()
  const numbers = [
    [said.entered, people(side.people, language)],
    [said.sent, mails(side.sent, language)],
    [said.heldOut, people(side.heldOut, language)],
    [said.underWay, cases(side.underWay, language)],
    ...(side.cost > 0 ? [[said.cost, money(side.cost, shop.currency, language)] as const] : []),
  ] as const
  return (
    <dl className={style.numbers}>
      {numbers.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Hours({ hours }: { readonly hours: readonly number[] }) {
  const said = useWords(backtestWords)
  const language = useLanguage()
  const most = Math.max(1, ...hours)
  const named = hours.map((sent, hour) => ({ hour, sent }))
  return (
    <div className={style.part}>
      <h3>{said.byHour}</h3>
      <ul className={style.hours}>
        {named.map(({ hour, sent }) => {
          const label = said.hour(hour, mails(sent, language))
          return (
            <li key={hour} title={label} aria-label={label}>
              <div className={style.heat} aria-hidden="true">
                <span style={{ opacity: sent === 0 ? 0 : 0.15 + 0.85 * (sent / most) }} />
              </div>
              <span aria-hidden="true">{hour % 6 === 0 ? hour : ' '}</span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

type ReasonsProps = { readonly title: string; readonly reasons: readonly Counted[] }

/** How often each reason held, the most frequent first. */
function Reasons({ title, reasons }: ReasonsProps) {
  const language = useLanguage()
  if (reasons.length === 0) return null
  const most = Math.max(...reasons.map((one) => one.count))
  return (
    <div className={style.part}>
      <h3>{title}</h3>
      <ul className={style.bars}>
        {reasons.map((one) => (
          <Bar
            key={one.code}
            says={one[language]}
            amount={cases(one.count, language)}
            share={one.count / most}
          />
        ))}
      </ul>
    </div>
  )
}

type BarProps = { readonly says: string; readonly amount: string; readonly share: number }

function Bar({ says, amount, share }: BarProps) {
  return (
    <li>
      <span>{says}</span>
      <span className={style.amount}>{amount}</span>
      <div className={style.track} aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </div>
    </li>
  )
}

function Coupons({ coupons }: { readonly coupons: BacktestSide['coupons'] }) {
  const said = useWords(backtestWords)
  const language = useLanguage()
  const { shop } = useSession()
  if (coupons.length === 0) return null
  return (
    <div className={style.part}>
      <h3>{said.coupons}</h3>
      {coupons.map((one) => (
        <p key={one.pool} className={style.says}>
          {said.couponSays(
            one.name,
            count(one.given, language),
            money(one.mostOff, shop.currency, language),
          )}{' '}
          {one.missing > 0 && said.couponMissing(people(one.missing, language))}
        </p>
      ))}
    </div>
  )
}
