import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { useKeyset } from '../api/keyset.ts'
import { type Considering, getWhy } from '../api/why.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { Failure } from '../design/states.tsx'
import { channelNames } from '../messages/channel-names.ts'
import style from './why.module.css'

const text = words({
  title: { ko: '왜 받았나요, 왜 안 갔나요', en: 'Why it went, why it did not' },
  note: {
    ko: '이 고객을 살펴본 캠페인과 그때 정한 일이에요. 문장을 복사해서 고객에게 답할 수 있어요.',
    en: 'Campaigns that considered this person and what they decided. Sentences can be copied into an answer.',
  },
  mail: { ko: '메시지 보기', en: 'See the message' },
  more: { ko: '캠페인 더 보기', en: 'More campaigns' },
})

/** Campaigns asked for at a time. */
const pageLimit = 5

/** What campaigns decided about one person and why; nothing where none considered them. */
export function Why({ customer }: { readonly customer: number }) {
  const said = useWords(text)
  const list = useKeyset(
    ['customers', 'why', customer],
    (after, signal) => getWhy(customer, { after, limit: pageLimit }, signal),
    10_000,
  )
  if (list.rows?.length === 0 || (!list.rows && !list.error)) return null
  return (
    <Card title={said.title} note={said.note}>
      {list.error && <Failure error={list.error} retry={list.retry} />}
      <ul className={style.campaigns}>
        {list.rows?.map((one) => (
          <Told key={one.campaign} told={one} />
        ))}
      </ul>
      {list.more && (
        <Button variant="default" loading={list.moreBusy} onClick={() => void list.more?.()}>
          {said.more}
        </Button>
      )}
    </Card>
  )
}

function Told({ told }: { readonly told: Considering }) {
  const said = useWords(text)
  const channels = useWords(channelNames)
  const language = useLanguage()
  return (
    <li>
      <Link href={`/campaigns/${told.campaign}/report`}>{told.name}</Link>
      <ul className={style.lines}>
        {told.entries
          .filter(({ state }) => state === 'active')
          .map(({ enrolment, line }) => (
            <li key={`entry-${enrolment}`}>{line[language]}</li>
          ))}
        {told.decisions.map(({ id, channel, message, line }) => (
          <li key={`decision-${id}`}>
            {channels[channel]}: {line[language]}{' '}
            {message !== null && <Link href={`/messages?message=${message}`}>{said.mail}</Link>}
          </li>
        ))}
        {told.entries
          .filter(({ state, enrolment }) => state !== 'active' && !isDecided(told, enrolment))
          .map(({ enrolment, line }) => (
            <li key={`entry-${enrolment}`}>{line[language]}</li>
          ))}
        {told.notEntered.map(({ why, line }) => (
          <li key={why}>{line[language]}</li>
        ))}
      </ul>
    </li>
  )
}

/** An entry that came to a message is told by what was decided about it. */
function isDecided({ decisions }: Considering, enrolment: number): boolean {
  return decisions.some((one) => one.enrolment === enrolment)
}
