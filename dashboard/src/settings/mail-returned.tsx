import { Button, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import {
  checkMailbox,
  getMailbox,
  type MailAccount,
  type Mailbox,
  putMailbox,
  removeMailbox,
} from '../api/mail.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import { providerSentence } from '../design/provider-words.ts'
import { Bones, Code, Failure, Tag } from '../design/states.tsx'
import { CheckedSentence, type LookedAt, useChecked } from './checked.tsx'
import { LetGo } from './let-go.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '되돌아온 메일', en: 'Returned mail' },
  note: {
    ko: '없는 주소이거나 스팸으로 신고한 고객에게는 다시 보내지 않아요. 메일함이 가득 찬 것처럼 잠깐인 일로는 막지 않아요.',
    en: 'Addresses that do not exist, and people who reported spam, get nothing more. A full mailbox and the like close nobody.',
  },
  inbox: {
    ko: '메일 서버나 서비스를 연결하면 되돌아온 메일을 알 수 있어요.',
    en: 'With a mail server or service connected, returned mail becomes known.',
  },
  ses: {
    ko: 'SNS 주제를 하나 만들어 SES 자격 증명의 알림(Bounce, Complaint, Delivery)에 연결하고, 이 주소를 HTTPS 구독으로 추가해 주세요. 구독 확인은 저절로 해요.',
    en: 'Make an SNS topic, set it for the identity’s Bounce, Complaint and Delivery notifications, and add this address as an HTTPS subscription. It is confirmed by itself.',
  },
  resend: {
    ko: 'Resend의 Webhooks에 이 주소를 등록하고 email.delivered, email.bounced, email.complained, email.failed, email.suppressed를 고른 뒤, 서명 비밀을 위에 붙여 넣어 주세요.',
    en: 'Add this address under Webhooks at Resend with email.delivered, email.bounced, email.complained, email.failed and email.suppressed, and paste the signing secret above.',
  },
  told: { ko: '소식을 받고 있어요', en: 'Reports arrive' },
  untold: { ko: '아직 연결 전이에요', en: 'Not connected yet' },
  mailbox: {
    ko: '되돌아온 메일은 보내는 주소의 메일함으로 와요. IMAP으로 5분마다 읽어서 찾아내요. 메일은 지우거나 옮기지 않아요.',
    en: 'Returned mail arrives in the mailbox of the address you send from. It is read over IMAP every five minutes; nothing is deleted or moved.',
  },
  host: { ko: 'IMAP 서버', en: 'IMAP server' },
  hostNote: { ko: '예: imap.gmail.com, imap.naver.com', en: 'For example imap.gmail.com' },
  port: { ko: '포트', en: 'Port' },
  user: { ko: '아이디', en: 'User' },
  password: { ko: '비밀번호 (앱 비밀번호)', en: 'Password (app password)' },
  kept: {
    ko: '저장된 비밀번호가 있어요. 바꿀 때만 적어 주세요.',
    en: 'A password is stored. Type one only to change it.',
  },
  sealed: {
    ko: '암호화해 보관하고 다시 보여드리지 않아요.',
    en: 'Stored encrypted and never shown again.',
  },
  save: { ko: '이 메일함 읽기', en: 'Read this mailbox' },
  saved: { ko: '저장했어요. 5분마다 읽어요.', en: 'Saved. It is read every five minutes.' },
  check: { ko: '연결 확인하기', en: 'Check the connection' },
  works: {
    ko: (mails: string) => `메일함을 열었어요. 메일 ${mails}통이 있어요.`,
    en: (mails: string) => `Opened the mailbox; it holds ${mails} mails.`,
  },
  worksNot: { ko: '메일함을 열지 못했어요.', en: 'Could not open the mailbox.' },
  remove: { ko: '그만 읽기', en: 'Stop reading it' },
  removed: { ko: '이제 읽지 않아요.', en: 'It is not read any more.' },
  read: {
    ko: (when: string, found: string) => `${when}에 읽었어요. 지금까지 되돌아온 메일 ${found}통.`,
    en: (when: string, found: string) => `Read ${when}; ${found} returned mails so far.`,
  },
})

/** How we learn of mails that came back: a hook at a service, a mailbox for SMTP. */
export function MailReturned({ mail }: { readonly mail: MailAccount }) {
  const said = useWords(text)
  const isTold =
    mail.carrier === 'ses'
      ? mail.ses?.topic !== ''
      : mail.carrier === 'resend'
        ? mail.resend?.hasWebhookSecret === true
        : undefined
  return (
    <Card
      title={said.title}
      note={said.note}
      beside={
        isTold !== undefined && (
          <Tag dot meaning={isTold ? 'caused' : 'attention'}>
            {isTold ? said.told : said.untold}
          </Tag>
        )
      }
    >
      {mail.carrier === 'inbox' && <p className={style.note}>{said.inbox}</p>}
      {mail.carrier === 'smtp' && <MailboxCard />}
      {(mail.carrier === 'ses' || mail.carrier === 'resend') && (
        <div className={style.form} style={{ maxWidth: 720 }}>
          <p className={style.note}>{said[mail.carrier]}</p>
          <Code text={mail.hooks[mail.carrier]} />
        </div>
      )}
    </Card>
  )
}

function MailboxCard() {
  const mailbox = useQuery({ queryKey: ['mailbox'], queryFn: ({ signal }) => getMailbox(signal) })
  if (mailbox.error) return <Failure error={mailbox.error} retry={() => mailbox.refetch()} />
  if (!mailbox.isSuccess) return <Bones lines={4} />
  return <MailboxForm key={String(mailbox.data !== null)} known={mailbox.data} />
}

function MailboxForm({ known }: { readonly known: Mailbox | null }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('developer')
  const { shop } = useSession()
  const queries = useQueryClient()
  const [form, setForm] = useState({
    host: known?.host ?? '',
    port: known?.port ?? 993,
    user: known?.user ?? '',
    password: '',
  })
  const [opened, setOpened] = useState(known)
  const checked = useChecked('mailbox', checkMailbox)
  const saving = useMutation({
    mutationFn: () => {
      const { password, ...rest } = form
      const typed = password ? { password } : {}
      const settings = { ...rest, secure: true, folder: opened?.folder ?? 'INBOX' }
      return putMailbox({ ...settings, ...typed }, opened)
    },
    onSuccess: async (next) => {
      setOpened(next)
      await queries.invalidateQueries({ queryKey: ['mailbox'] })
      setForm({ ...form, password: '' })
      notifications.show({ message: said.saved })
      checked.look()
    },
  })
  const problem = problemIn(saving.error)
  const wrong = (field: string) =>
    problem?.field?.includes(field) ? problemSentence(problem, language) : undefined
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <p className={style.note}>{said.mailbox}</p>
      {known?.error && (
        <p className={style.trouble} role="alert">
          {said.worksNot} {providerSentence(known.error, language)}
        </p>
      )}
      {known?.readAt && !known.error && (
        <p className={style.note}>
          {said.read(
            dayAndTime(known.readAt, { timeZone: shop.timeZone, language }),
            String(known.found),
          )}
        </p>
      )}
      <div className={style.pair}>
        <TextInput
          label={said.host}
          description={said.hostNote}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          withAsterisk={false}
          disabled={!may}
          value={form.host}
          error={wrong('host')}
          onChange={(event) => setForm({ ...form, host: event.currentTarget.value.trim() })}
        />
        <NumberInput
          label={said.port}
          min={1}
          max={65_535}
          disabled={!may}
          value={form.port}
          onChange={(value) => setForm({ ...form, port: Number(value) || 993 })}
        />
      </div>
      <TextInput
        label={said.user}
        autoComplete="off"
        required
        withAsterisk={false}
        disabled={!may}
        value={form.user}
        error={wrong('user')}
        onChange={(event) => setForm({ ...form, user: event.currentTarget.value.trim() })}
      />
      <PasswordInput
        label={said.password}
        description={known ? said.kept : said.sealed}
        autoComplete="new-password"
        disabled={!may}
        value={form.password}
        error={wrong('password')}
        onChange={(event) => setForm({ ...form, password: event.currentTarget.value })}
      />
      {problem && !problem.field && <Failure error={saving.error} />}
      {known && (
        <CheckedSentence
          checked={checked}
          works={(mails) => said.works(mails || '0')}
          worksNot={said.worksNot}
        />
      )}
      {may && (
        <div className={style.buttons}>
          <Button type="submit" loading={saving.isPending}>
            {said.save}
          </Button>
          {known && <MailboxButtons checked={checked} />}
        </div>
      )}
    </form>
  )
}

function MailboxButtons({ checked }: { readonly checked: LookedAt }) {
  const said = useWords(text)
  const queries = useQueryClient()
  return (
    <>
      <Button variant="default" loading={checked.isBusy} onClick={checked.look}>
        {said.check}
      </Button>
      <LetGo
        says={said.remove}
        saysAfter={said.removed}
        remove={removeMailbox}
        onRemoved={() => {
          checked.forget()
          return queries.invalidateQueries({ queryKey: ['mailbox'] })
        }}
      />
    </>
  )
}
