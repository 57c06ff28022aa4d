import { useQuery } from '@tanstack/react-query'
import { Redirect, useParams } from 'wouter'
import { problemIn } from '../api/client.ts'
import { getCustomer, getErasure } from '../api/customers.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Columns } from '../design/card.tsx'
import { personName } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bones, Failure, Tag } from '../design/states.tsx'
import { Coupons } from './coupons.tsx'
import style from './customers.module.css'
import { Facts } from './facts.tsx'
import { InternalTag, Marking } from './internal.tsx'
import { Requests } from './requests.tsx'
import { Timeline } from './timeline.tsx'
import { Why } from './why.tsx'

const text = words({
  back: { ko: '고객 목록', en: 'Customers' },
  customer: { ko: '고객', en: 'Customer' },
  member: { ko: '회원', en: 'Member' },
  anonymous: { ko: '미가입', en: 'Not signed up' },
  here: { ko: '지금 상점에 있어요', en: 'in the shop now' },
})

/** One person: who, what we may send, and everything that happened in one line of time. */
export function CustomerPage() {
  const said = useWords(text)
  const language = useLanguage()
  const { id } = useParams<{ readonly id: string }>()
  const customer = useQuery({
    queryKey: ['customers', 'one', id],
    queryFn: ({ signal }) => getCustomer(Number(id), signal),
    refetchInterval: 10_000,
  })
  const person = customer.data
  return (
    <Page
      title={person ? personName(person.name, language) : said.customer}
      back={{ to: '/customers', label: said.back }}
      action={
        person && (
          <div className={style.acts}>
            <Marking person={person} />
            <Requests person={person} />
          </div>
        )
      }
      beside={
        person && (
          <>
            <Tag meaning={person.member ? 'accent' : 'quiet'}>
              {person.member ? said.member : said.anonymous}
            </Tag>
            {person.internal && <InternalTag person={person} />}
            {person.visits.here && (
              <Tag meaning="caused" dot>
                {said.here}
              </Tag>
            )}
          </>
        )
      }
    >
      {customer.error ? (
        <Gone id={id} error={customer.error} retry={() => customer.refetch()} />
      ) : (
        <Columns layout="left">
          <div className={style.stack}>
            {person ? <Facts person={person} /> : <Bones />}
            <Coupons customer={Number(id)} />
          </div>
          <div className={style.stack}>
            <Why customer={Number(id)} />
            <Timeline customer={Number(id)} />
          </div>
        </Columns>
      )}
    </Page>
  )
}

/** Somebody who is not there: their certificate where they were erased. */
function Gone({
  id,
  error,
  retry,
}: {
  readonly id: string
  readonly error: unknown
  readonly retry: () => unknown
}) {
  const isMissing = problemIn(error)?.status === 404
  const erasure = useQuery({
    queryKey: ['customers', 'erasure', id],
    queryFn: ({ signal }) => getErasure(Number(id), signal),
    enabled: isMissing,
    retry: false,
  })
  return erasure.data ? (
    <Redirect to={`/customers/${id}/erased`} />
  ) : (
    <Failure error={error} retry={retry} />
  )
}
