import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type CustomerDetail, getContacts } from '../api/customers.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { ago, count, day, dayAndTime } from '../design/format.ts'
import { Failure, Tag } from '../design/states.tsx'
import style from './customers.module.css'

const text = words({
  who: { ko: '누구인가요', en: 'Who' },
  email: { ko: '이메일', en: 'E-mail' },
  phone: { ko: '전화번호', en: 'Phone' },
  first: { ko: '처음 온 날', en: 'First seen' },
  last: { ko: '마지막 활동', en: 'Last seen' },
  visits: { ko: '방문', en: 'Visits' },
  visitCount: { ko: (n: string) => `${n}번`, en: (n: string) => n },
  devices: { ko: '기기', en: 'Devices' },
  deviceCount: { ko: (n: string) => `${n}대`, en: (n: string) => n },
  merged: { ko: '합쳐진 기록', en: 'Merged records' },
  number: { ko: '고객 번호', en: 'Customer number' },
  none: { ko: '없어요', en: 'none' },
  masked: {
    ko: '연락처는 암호화해 보관하고 일부만 보여드려요.',
    en: 'Contacts are stored encrypted and shown in part.',
  },
  reveal: { ko: '연락처 전체 보기', en: 'Show the whole contacts' },
  revealed: {
    ko: '본 사람과 때가 감사 기록에 남았어요.',
    en: 'Who looked, and when, is in the audit log.',
  },
  consents: { ko: '수신동의', en: 'Consent' },
  noConsents: {
    ko: '받은 동의가 없어요. 광고 메시지는 보내지 않아요.',
    en: 'No consent was given, so no advertising is sent.',
  },
  granted: { ko: '광고 동의', en: 'Ads allowed' },
  night: { ko: '야간 포함', en: 'Night too' },
  refused: { ko: '거부', en: 'Refused' },
  opted_out: { ko: '거부한 주소예요', en: 'Address opted out' },
  hard_bounce: { ko: '반송돼 막힌 주소예요', en: 'Address bounced' },
  complaint: { ko: '스팸으로 신고해 막혔어요', en: 'Reported as spam' },
  admin: { ko: '상점이 막은 주소예요', en: 'Closed by the shop' },
  since: { ko: (when: string) => `${when}부터`, en: (when: string) => `since ${when}` },
  traits: { ko: '특성', en: 'Traits' },
  noTraits: { ko: '아직 알려진 특성이 없어요.', en: 'No traits are known yet.' },
  channelEmail: { ko: '이메일', en: 'E-mail' },
  channelSms: { ko: '문자', en: 'Text message' },
  channelKakao: { ko: '카카오', en: 'Kakao' },
  channelWeb: { ko: '웹 푸시', en: 'Web push' },
  channelApp: { ko: '앱 푸시', en: 'App push' },
  channelPhone: { ko: '전화', en: 'Phone call' },
})

/** Who the person is, what we may send them, and what is known of them. */
export function Facts({ person }: { readonly person: CustomerDetail }) {
  const said = useWords(text)
  // The name is the page's title already.
  const traits = Object.entries(person.traits).filter(([key]) => key !== 'name')
  return (
    <>
      <Card title={said.who}>
        <Who person={person} />
      </Card>
      <Card title={said.consents}>
        <Consents person={person} />
      </Card>
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

function Who({ person }: { readonly person: CustomerDetail }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const { shop } = useSession()
  const looking = useMutation({ mutationFn: () => getContacts(person.id) })
  const now = Date.now()
  const masked = (channel: 'email' | 'phone') =>
    person.contacts.find((one) => one.channel === channel)?.masked
  const shown = looking.data
  return (
    <>
      <dl className={style.facts}>
        <dt>{said.email}</dt>
        <dd>{shown?.email ?? masked('email') ?? said.none}</dd>
        <dt>{said.phone}</dt>
        <dd>{shown?.phone ?? masked('phone') ?? said.none}</dd>
        <dt>{said.first}</dt>
        <dd>{dayAndTime(person.firstSeenAt, { timeZone: shop.timeZone, language }, now)}</dd>
        <dt>{said.last}</dt>
        <dd>{ago(person.lastSeenAt, now, language)}</dd>
        {person.visits.count > 0 && (
          <>
            <dt>{said.visits}</dt>
            <dd>{said.visitCount(count(person.visits.count, language))}</dd>
          </>
        )}
        <dt>{said.devices}</dt>
        <dd>{said.deviceCount(count(person.devices, language))}</dd>
        {person.merged.length > 0 && (
          <>
            <dt>{said.merged}</dt>
            <dd>{count(person.merged.length, language)}</dd>
          </>
        )}
        <dt>{said.number}</dt>
        <dd>{person.id}</dd>
      </dl>
      {person.contacts.length > 0 && (
        <p className={style.when} style={{ margin: '12px 0 0' }}>
          {shown ? said.revealed : said.masked}
        </p>
      )}
      {looking.error && <Failure error={looking.error} />}
      {may && person.contacts.length > 0 && !shown && (
        <Button
          variant="default"
          size="xs"
          mt={12}
          loading={looking.isPending}
          onClick={() => looking.mutate()}
        >
          {said.reveal}
        </Button>
      )}
    </>
  )
}

function Trait({ name, value }: { readonly name: string; readonly value: unknown }) {
  const language = useLanguage()
  const names = useWords(traitNames)
  const { shop } = useSession()
  const shown =
    typeof value === 'string'
      ? isTime.test(value)
        ? dayAndTime(Date.parse(value), { timeZone: shop.timeZone, language }, Date.now())
        : value
      : typeof value === 'number'
        ? String(value)
        : JSON.stringify(value)
  return (
    <>
      <dt>{name in names ? names[name as keyof typeof names] : name}</dt>
      <dd>{shown}</dd>
    </>
  )
}

const isTime = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/

/** Traits that most shops send, in their usual words; others keep the shop's own name. */
const traitNames = words({
  joined_at: { ko: '가입한 때', en: 'Joined' },
  created_at: { ko: '가입한 때', en: 'Joined' },
  createdAt: { ko: '가입한 때', en: 'Joined' },
  grade: { ko: '등급', en: 'Grade' },
  points: { ko: '적립금', en: 'Points' },
  cafe24_group: { ko: '카페24 등급 번호', en: 'Grade number at Cafe24' },
  city: { ko: '지역', en: 'City' },
  country: { ko: '국가', en: 'Country' },
  gender: { ko: '성별', en: 'Gender' },
  birthday: { ko: '생일', en: 'Birthday' },
  birth_year: { ko: '태어난 해', en: 'Year of birth' },
})

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
                <Tag meaning={consent.closed ? 'quiet' : 'caused'}>{said.granted}</Tag>
              ) : (
                <Tag>{said.refused}</Tag>
              )}
              {consent.closed && (consent.adDay || consent.closed !== 'opted_out') && (
                <Tag meaning="broken">{said[consent.closed]}</Tag>
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
