import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Light } from '../../../server/src/channels/email/domain-check.ts'
import { problemIn } from '../api/client.ts'
import { getDomain, type MailAccount } from '../api/mail.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Code, type Meaning, Tag } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '도메인 인증', en: 'Your domain vouches' },
  note: {
    ko: '받는 메일함은 이 세 가지를 보고 스팸인지 판단해요. 지금 도메인(DNS)에 있는 그대로를 확인해요.',
    en: 'Mailboxes judge by these three. They are looked up in the DNS as it is now.',
  },
  of: { ko: (domain: string) => `${domain}의 상태`, en: (domain: string) => `State of ${domain}` },
  noSender: {
    ko: '보내는 메일 주소를 먼저 정해 주세요.',
    en: 'Set the address mails are sent from first.',
  },
  sender: { ko: '발신자 정보 열기', en: 'Open the sender’s data' },
  again: { ko: '다시 확인하기', en: 'Check again' },
  selector: { ko: '서명 키 이름 (selector)', en: 'Name of the signing key (selector)' },
  selectorNote: {
    ko: '예: google. 메일 서비스가 알려줘요. 비워 두면 자주 쓰는 이름을 찾아봐요.',
    en: 'For example google; your mail service tells it. The usual names are tried without it.',
  },
  add: { ko: '도메인에 넣을 기록', en: 'Enter this at your DNS' },
  host: { ko: '이름', en: 'Name' },
  good: { ko: '좋아요', en: 'Good' },
  weak: { ko: '아쉬워요', en: 'Weak' },
  missing: { ko: '없어요', en: 'Missing' },
  wrong: { ko: '잘못됐어요', en: 'Wrong' },
  unknown: { ko: '모르겠어요', en: 'Not known' },
})

const meanings = {
  good: 'caused',
  weak: 'attention',
  missing: 'broken',
  wrong: 'broken',
  unknown: 'quiet',
} satisfies Record<Light['state'], Meaning>

const names = { spf: 'SPF', dkim: 'DKIM', dmarc: 'DMARC' } satisfies Record<Light['name'], string>

/** Three lights: who may send, the signature, and the policy; each with what to enter. */
export function MailDomain({ carrier }: { readonly carrier: MailAccount['carrier'] }) {
  const said = useWords(text)
  const language = useLanguage()
  const [typed, setTyped] = useState('')
  const [selector, setSelector] = useState('')
  const domain = useQuery({
    queryKey: ['mail-domain', carrier, selector],
    queryFn: ({ signal }) => getDomain(selector, signal),
    staleTime: 60_000,
    retry: false,
  })
  const check = () => {
    if (typed.trim() === selector) void domain.refetch()
    else setSelector(typed.trim())
  }
  return (
    <Card title={said.title} note={said.note}>
      <div className={style.checks}>
        {domain.data && <div className={style.label}>{said.of(domain.data.domain)}</div>}
        {domain.isPending && <Bones lines={3} />}
        {domain.error && (
          <p className={style.note} role="alert">
            {problemIn(domain.error)?.field === 'sender.fromEmail' ? (
              <>
                {said.noSender} <Link href="/settings/sender">{said.sender}</Link>
              </>
            ) : (
              problemSentence(problemIn(domain.error), language)
            )}
          </p>
        )}
        {domain.data?.lights.map((light) => (
          <LightRow key={light.name} light={light} />
        ))}
        <form
          className={style.pair}
          style={{ alignItems: 'end' }}
          onSubmit={(event) => {
            event.preventDefault()
            check()
          }}
        >
          <TextInput
            label={said.selector}
            description={said.selectorNote}
            maxLength={100}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <div>
            <Button type="submit" variant="default" loading={domain.isFetching}>
              {said.again}
            </Button>
          </div>
        </form>
      </div>
    </Card>
  )
}

function LightRow({ light }: { readonly light: Light }) {
  const said = useWords(text)
  const language = useLanguage()
  const { record } = light
  return (
    <div className={style.check}>
      <span className={style.label} style={{ marginBottom: 0, paddingTop: 3 }}>
        {names[light.name]}
      </span>
      <div className={style.lightBody}>
        <div>
          <Tag dot meaning={meanings[light.state]}>
            {said[light.state]}
          </Tag>
        </div>
        <p className={style.note}>{light[language]}</p>
        {light.found && <code className={style.found}>{light.found}</code>}
        {record && (
          <>
            <div className={style.note}>
              {said.add}: {record.type} · {said.host} <code>{record.host}</code>
            </div>
            <Code text={record.value} />
          </>
        )}
      </div>
    </div>
  )
}
