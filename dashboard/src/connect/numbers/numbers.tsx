import { SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link, useSearchParams } from 'wouter'
import { type NumberPeriod, numberPeriods } from '../../../../server/src/connect/numbers/period.ts'
import { getNumbers, type NumbersAnswer } from '../../api/numbers.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { BeginHere } from '../../design/begin-here.tsx'
import { Card } from '../../design/card.tsx'
import { type Column, DataTable } from '../../design/data-table.tsx'
import { count, day, dayAndTime, money } from '../../design/format.ts'
import { Page } from '../../design/page.tsx'
import { Bones, Failure } from '../../design/states.tsx'
import { waysWords } from '../platform/ways-words.ts'
import { numberText, reasonNames } from './number-words.ts'
import style from './numbers.module.css'

/** The shop's numbers beside ours, and every order that counts differently with its reason. */
export function Numbers() {
  const said = useWords(numberText)
  const queries = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('period')
  const period: NumberPeriod = numberPeriods.find((one) => one === asked) ?? 'yesterday'
  const answer = useQuery({
    queryKey: ['numbers', period],
    queryFn: ({ signal }) => getNumbers(period, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
  const checkedAt = answer.data?.checkedAt
  useEffect(() => {
    if (checkedAt) void queries.invalidateQueries({ queryKey: ['number-checks'] })
  }, [checkedAt, queries])
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      action={
        <SegmentedControl
          aria-label={said.period}
          data={numberPeriods.map((value) => ({ value, label: said[value] }))}
          value={period}
          onChange={(value) => setSearch({ period: value }, { replace: true })}
        />
      }
    >
      <div className={style.stack}>
        {answer.error && <Failure error={answer.error} retry={() => answer.refetch()} />}
        {answer.data ? <Compared answer={answer.data} /> : !answer.error && <Bones lines={6} />}
        <div className={style.links}>
          <Link href="/connect/figures">{said.figures}</Link>
          <Link href="/connect/files">{said.files}</Link>
        </div>
      </div>
    </Page>
  )
}

function Compared({ answer }: { readonly answer: NumbersAnswer }) {
  const said = useWords(numberText)
  const language = useLanguage()
  const { shop } = useSession()
  const when = { timeZone: shop.timeZone, language }
  if (answer.sources.length === 0)
    return (
      <BeginHere title={said.empty} to="/connect/files" go={said.files}>
        {said.emptyText}
      </BeginHere>
    )
  const { members } = answer
  const off =
    Object.values(answer.reasons).reduce((sum, one) => sum + one, 0) +
    members.theirs -
    members.known
  const last = answer.to - 1
  const [from, to] = [day(answer.from, when), day(last, when)]
  const span = from === to ? from : `${from} – ${to}`
  // Nothing on either side is no proof of anything.
  const isEmpty = off === 0 && answer.theirs.orders === 0 && members.theirs === 0
  const title = isEmpty ? said.noOrders : said.matches
  const text = isEmpty
    ? said.noOrdersText
    : said.matchesText(count(answer.same, language), dayAndTime(answer.checkedAt, when))
  return (
    <>
      <Card
        title={off === 0 ? title : said.differs(count(off, language))}
        note={
          <>
            {span} · {off === 0 ? text : said.differsText}
          </>
        }
        flush
      >
        <Sides answer={answer} />
      </Card>
      {answer.differences.length > 0 && <Differences answer={answer} />}
      {members.unknown.length > 0 && (
        <Card title={said.unknownMembers}>
          <p className={style.ids}>{members.unknown.join(', ')}</p>
        </Card>
      )}
      <Sources answer={answer} />
    </>
  )
}

function Sides({ answer }: { readonly answer: NumbersAnswer }) {
  const said = useWords(numberText)
  const language = useLanguage()
  const { shop } = useSession()
  const { ours, theirs, members } = answer
  const plain = (value: number) => count(value, language)
  const paid = (value: number) => money(value, shop.currency, language)
  const hasMembers = answer.sources.some((source) => source.members > 0)
  const rows = [
    [said.orders, theirs.orders, ours.orders, plain],
    [said.paid, theirs.paid, ours.paid, paid],
    [said.refunded, theirs.refunded, ours.refunded, paid],
    ...(hasMembers ? [[said.members, members.theirs, members.known, plain] as const] : []),
  ] as const
  return (
    <div className={style.scroll}>
      <table className={style.sides} aria-label={said.title}>
        <thead>
          <tr>
            {[said.what, said.shop, said.ours, said.difference].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, there, here, show]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{show(there)}</td>
              <td>{show(here)}</td>
              <td className={there === here ? style.quiet : style.off}>
                {there === here
                  ? said.same
                  : `${here > there ? '+' : '−'}${show(Math.abs(here - there))}`}
              </td>
            </tr>
          ))}
          {!hasMembers && (
            <tr>
              <th scope="row">{said.members}</th>
              <td colSpan={3} className={style.quiet}>
                {said.noMembers}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

type Difference = NumbersAnswer['differences'][number]

function Differences({ answer }: { readonly answer: NumbersAnswer }) {
  const said = useWords(numberText)
  const reasons = useWords(reasonNames)
  const language = useLanguage()
  const { shop } = useSession()
  const when = { timeZone: shop.timeZone, language }
  const amount = (paid: number | null, back: number) =>
    paid === null
      ? said.notCounted
      : `${money(paid, shop.currency, language)}${back > 0 ? ` (−${money(back, shop.currency, language)})` : ''}`
  const columns: readonly Column<Difference>[] = [
    {
      key: 'id',
      head: said.order,
      cell: (one) => (
        <>
          <span className={style.ids}>{one.id}</span>
          <br />
          <span className={style.quiet}>{reasons[one.reason]}</span>
        </>
      ),
    },
    {
      key: 'theirs',
      head: said.shop,
      align: 'right',
      cell: (one) => amount(one.theirs, one.refundedTheirs),
    },
    {
      key: 'ours',
      head: said.ours,
      align: 'right',
      cell: (one) => amount(one.ours, one.refundedOurs),
    },
    { key: 'at', head: said.at, leaves: 'md', cell: (one) => dayAndTime(one.at, when) },
  ]
  const all = Object.entries(answer.reasons) as [keyof typeof reasonNames, number][]
  const total = all.reduce((sum, [, one]) => sum + one, 0)
  return (
    <Card
      title={said.reasons}
      note={total > answer.differences.length ? said.more(count(total, language)) : undefined}
      flush
    >
      <ul className={style.list} style={{ padding: '0 24px 16px' }}>
        {all.map(([reason, orders]) => (
          <li key={reason}>
            <span>{reasons[reason]}</span>
            <b>{count(orders, language)}</b>
          </li>
        ))}
      </ul>
      <DataTable
        label={said.reasons}
        columns={columns}
        rows={answer.differences}
        keyOf={(one) => `${one.id}${one.reason}`}
      />
    </Card>
  )
}

function Sources({ answer }: { readonly answer: NumbersAnswer }) {
  const said = useWords(numberText)
  const ways = useWords(waysWords)
  const language = useLanguage()
  const { shop } = useSession()
  const when = { timeZone: shop.timeZone, language }
  return (
    <Card title={said.sources}>
      <ul className={style.list}>
        {answer.sources.map(({ kind, name, orders, members, seenAt }) => (
          <li key={`${kind}${name}`}>
            <b>{kind === 'files' ? said.byFile : `${ways[kind]} · ${name}`}</b>
            <span className={style.quiet}>
              {said.source(count(orders, language), count(members, language))}
              {seenAt !== null && ` · ${said.seen(dayAndTime(seenAt, when))}`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
