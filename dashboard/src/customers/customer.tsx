import { useQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { type CustomerDetail, getCustomer } from '../api/customers.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card, Columns } from '../design/card.tsx'
import { ago, count, day, dayAndTime, personName } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bones, Failure, Tag } from '../design/states.tsx'
import style from './customers.module.css'
import { Timeline } from './timeline.tsx'

const text = words({
  back: { ko: '고객 목록', en: 'Customers' },
  customer: { ko: '고객', en: 'Customer' },
  member: { ko: '회원', en: 'Member' },
  anonymous: { ko: '미가입', en: 'Not signed up' },
  who: { ko: '누구인가요', en: 'Who' },
  email: { ko: '이메일', en: 'E-mail' },
  phone: { ko: '전화번호', en: 'Phone' },
  first: { ko: '처음 온 날', en: 'First seen' },
  last: { ko: '마지막 활동', en: 'Last seen' },
  number: { ko: '고객 번호', en: 'Customer number' },
  none: { ko: '없어요', en: 'none' },
  masked: {
    ko: '연락처는 암호화해 보관하고 일부만 보여드려요.',
    en: 'Contacts are stored encrypted and shown in part.',
  },
  consents: { ko: '수신동의', en: 'Consent' },
  noConsents: {
    ko: '받은 동의가 없어요. 광고 메시지는 보내지 않아요.',
    en: 'No consent was given, so no advertising is sent.',
  },
  granted: { ko: '광고 동의', en: 'Ads allowed' },
  night: { ko: '야간 포함', en: 'Night too' },
  refused: { ko: '거부', en: 'Refused' },
  since: { ko: (when: string) => `${when}부터`, en: (when: string) => `since ${when}` },
  traits: { ko: '특성', en: 'Traits' },
  noTraits: { ko: '아직 알려진 특성이 없어요.', en: 'No traits are known yet.' },
  segments: { ko: '속한 세그먼트', en: 'In segments' },
  channelEmail: { ko: '이메일', en: 'E-mail' },
  channelSms: { ko: '문자', en: 'Text message' },
  channelKakao: { ko: '카카오', en: 'Kakao' },
  channelWeb: { ko: '웹 푸시', en: 'Web push' },
  channelApp: { ko: '앱 푸시', en: 'App push' },
  channelPhone: { ko: '전화', en: 'Phone call' },
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
      beside={
        person && (
          <Tag meaning={person.member ? 'accent' : 'quiet'}>
            {person.member ? said.member : said.anonymous}
          </Tag>
        )
      }
    >
      {customer.error ? (
        <Failure error={customer.error} retry={() => customer.refetch()} />
      ) : (
        <Columns layout="left">
          <div className={style.stack}>{person ? <Facts person={person} /> : <Bones />}</div>
          <Timeline customer={Number(id)} />
        </Columns>
      )}
    </Page>
  )
}

function Facts({ person }: { readonly person: CustomerDetail }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const now = Date.now()
  const when = { timeZone: shop.timeZone, language }
  const traits = Object.entries(person.traits)
  return (
    <>
      <Card title={said.who}>
        <dl className={style.facts}>
          <dt>{said.email}</dt>
          <dd>{person.email ?? said.none}</dd>
          <dt>{said.phone}</dt>
          <dd>{person.phone ?? said.none}</dd>
          <dt>{said.first}</dt>
          <dd>{dayAndTime(person.firstSeenAt, when, now)}</dd>
          <dt>{said.last}</dt>
          <dd>{ago(person.lastSeenAt, now, language)}</dd>
          <dt>{said.number}</dt>
          <dd>{count(person.id, language)}</dd>
        </dl>
        {(person.email || person.phone) && (
          <p className={style.when} style={{ marginTop: 12 }}>
            {said.masked}
          </p>
        )}
      </Card>
      <Card title={said.consents}>
        <Consents person={person} />
      </Card>
      {person.segments && person.segments.length > 0 && (
        <Card title={said.segments}>
          <div className={style.chips}>
            {person.segments.map((segment) => (
              <Tag key={segment.id}>{segment.name}</Tag>
            ))}
          </div>
        </Card>
      )}
      <Card title={said.traits}>
        {traits.length === 0 ? (
          <p className={style.detail}>{said.noTraits}</p>
        ) : (
          <dl className={style.facts}>
            {traits.map(([key, value]) => (
              <Trait key={key} name={key} value={value} />
            ))}
          </dl>
        )}
      </Card>
    </>
  )
}

function Trait({ name, value }: { readonly name: string; readonly value: unknown }) {
  const language = useLanguage()
  const shown =
    typeof value === 'string'
      ? value
      : typeof value === 'number'
        ? count(value, language)
        : JSON.stringify(value)
  return (
    <>
      <dt>{name}</dt>
      <dd>{shown}</dd>
    </>
  )
}

function Consents({ person }: { readonly person: CustomerDetail }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  if (person.consents.length === 0) return <p className={style.detail}>{said.noConsents}</p>
  const channels: Readonly<Record<string, string>> = {
    email: said.channelEmail,
    sms: said.channelSms,
    kakao: said.channelKakao,
    web_push: said.channelWeb,
    app_push: said.channelApp,
    phone: said.channelPhone,
  }
  return (
    <ul className={style.consents}>
      {person.consents.map((consent) => {
        const since = consent.adDay ? consent.grantedAt : consent.refusedAt
        return (
          <li key={consent.channel}>
            <span>{channels[consent.channel] ?? consent.channel}</span>
            <span className={style.chips}>
              {consent.adDay ? (
                <Tag meaning="caused">{said.granted}</Tag>
              ) : (
                <Tag>{said.refused}</Tag>
              )}
              {consent.adNight && <Tag>{said.night}</Tag>}
            </span>
            {since !== null && (
              <span className={style.when}>
                {said.since(day(since, { timeZone: shop.timeZone, language }, Date.now()))}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
