import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { getMail, type MailAccount } from '../api/mail.ts'
import { getSmtp, type SmtpSettings } from '../api/settings.ts'
import { useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { Bones, Failure, Tag } from '../design/states.tsx'
import { useFound } from './checked.tsx'
import { MailDomain } from './mail-domain.tsx'
import { MailResend } from './mail-resend.tsx'
import { MailReturned } from './mail-returned.tsx'
import { MailSes } from './mail-ses.tsx'
import { MailSmtp } from './mail-smtp.tsx'
import { MailTracking } from './mail-tracking.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '메일 발송', en: 'Sending mail' },
  note: {
    ko: '내 메일 서버나 메일 서비스를 연결하면 진짜 고객에게 보내요. 연결하기 전에는 모든 메일이 테스트 수신함으로 가요.',
    en: 'With a mail server or service of yours connected, mails go to real people. Until then all of them go to the test inbox.',
  },
  by: { ko: '무엇으로 보낼까요?', en: 'What carries your mail?' },
  smtp: { ko: '메일 서버 (SMTP)', en: 'Mail server (SMTP)' },
  on: { ko: (by: string) => `${by}로 보내는 중`, en: (by: string) => `Sent through ${by}` },
  failing: {
    ko: (by: string) => `${by}에 연결하지 못했어요`,
    en: (by: string) => `No connection to ${by}`,
  },
  off: { ko: '테스트 수신함으로 보내요', en: 'Goes to the test inbox' },
  inbox: { ko: '테스트 수신함 열기', en: 'Open the test inbox' },
})

const names = { smtp: 'SMTP', ses: 'Amazon SES', resend: 'Resend' } as const
type By = keyof typeof names

/** Who carries the mail, whether the domain vouches for it, what comes back of it and what is counted. */
export function MailServer() {
  const said = useWords(text)
  const mail = useQuery({ queryKey: ['mail'], queryFn: ({ signal }) => getMail(signal) })
  const smtp = useQuery({ queryKey: ['smtp'], queryFn: ({ signal }) => getSmtp(signal) })
  const error = mail.error ?? smtp.error
  if (error)
    return <Failure error={error} retry={() => Promise.all([mail.refetch(), smtp.refetch()])} />
  if (!mail.isSuccess || !smtp.isSuccess)
    return (
      <Card title={said.title} note={said.note}>
        <Bones lines={5} />
      </Card>
    )
  return (
    <div className={style.stack}>
      <Carrier key={mail.data.carrier} mail={mail.data} smtp={smtp.data} />
      <MailDomain carrier={mail.data.carrier} />
      <MailReturned mail={mail.data} />
      <MailTracking />
    </div>
  )
}

function Carrier({
  mail,
  smtp,
}: {
  readonly mail: MailAccount
  readonly smtp: SmtpSettings | null
}) {
  const said = useWords(text)
  const now = mail.carrier === 'inbox' ? undefined : mail.carrier
  const [by, setBy] = useState<By>(now ?? 'smtp')
  const isFailing = useFound(now)?.works === false
  return (
    <Card
      title={said.title}
      note={said.note}
      beside={
        isFailing && now ? (
          <Tag dot meaning="broken">
            {said.failing(names[now])}
          </Tag>
        ) : (
          <Tag dot meaning={now ? 'caused' : 'attention'}>
            {now ? said.on(names[now]) : said.off}
          </Tag>
        )
      }
    >
      <div className={style.stack}>
        <SegmentedControl
          aria-label={said.by}
          style={{ maxWidth: 560 }}
          // On a phone the names take two lines, else the last one is cut.
          fullWidth
          styles={{ label: { whiteSpace: 'normal' } }}
          data={[
            { value: 'smtp', label: said.smtp },
            { value: 'ses', label: names.ses },
            { value: 'resend', label: names.resend },
          ]}
          value={by}
          onChange={(value) => setBy(value === 'ses' || value === 'resend' ? value : 'smtp')}
        />
        {by === 'smtp' && <MailSmtp known={smtp} />}
        {by === 'ses' && <MailSes known={mail.ses} />}
        {by === 'resend' && <MailResend known={mail.resend} />}
        <div>
          <Button component={Link} href="/inbox" variant="subtle" size="compact-sm">
            {said.inbox}
          </Button>
        </div>
      </div>
    </Card>
  )
}
