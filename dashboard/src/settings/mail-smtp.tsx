import { Button, Checkbox, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import { removeMail } from '../api/mail.ts'
import { checkSmtp, putSmtp, removeSmtp, type SmtpSettings } from '../api/settings.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Failure } from '../design/states.tsx'
import { CheckedSentence, type LookedAt, useChecked } from './checked.tsx'
import { LetGo } from './let-go.tsx'
import style from './settings.module.css'

const text = words({
  host: { ko: '서버 주소', en: 'Host' },
  hostNote: { ko: '예: smtp.gmail.com, smtp.naver.com', en: 'For example smtp.gmail.com' },
  port: { ko: '포트', en: 'Port' },
  secure: { ko: '암호화해서 연결하기 (권장)', en: 'Encrypt the connection (advised)' },
  user: { ko: '아이디', en: 'User' },
  password: { ko: '비밀번호', en: 'Password' },
  passwordKept: {
    ko: '저장된 비밀번호가 있어요. 바꿀 때만 적어 주세요.',
    en: 'A password is stored. Type one only to change it.',
  },
  passwordNote: {
    ko: '암호화해 보관하고 다시 보여드리지 않아요.',
    en: 'Stored encrypted and never shown again.',
  },
  save: { ko: '이 서버로 보내기', en: 'Send through this server' },
  check: { ko: '연결 확인하기', en: 'Check the connection' },
  works: {
    ko: '서버에 연결하고 로그인했어요. 보낼 준비가 됐어요.',
    en: 'Connected and signed in. Ready to send.',
  },
  worksNot: {
    ko: '연결하지 못했어요. 주소, 포트, 비밀번호를 확인해 주세요.',
    en: 'Could not connect. Check the host, port and password.',
  },
  remove: { ko: '연결 끊고 테스트 수신함으로', en: 'Disconnect, use the test inbox' },
  removed: {
    ko: '연결을 끊었어요. 이제 테스트 수신함으로 보내요.',
    en: 'Disconnected. Mails go to the test inbox.',
  },
  saved: {
    ko: '저장했어요. 이제 이 서버로 보내요.',
    en: 'Saved. Mails go through this server now.',
  },
})

const none: SmtpSettings = { host: '', port: 587, secure: true, user: '', hasPassword: false }

/** The shop's own mail server. Saved, mail goes there and no longer through a mail service. */
export function MailSmtp({ known }: { readonly known: SmtpSettings | null }) {
  return <Form key={String(known !== null)} known={known ?? none} seen={known} />
}

type FormProps = { readonly known: SmtpSettings; readonly seen: SmtpSettings | null }

function Form({ known, seen }: FormProps) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('developer')
  const queries = useQueryClient()
  const [form, setForm] = useState({ ...known, password: '' })
  const [opened, setOpened] = useState(seen)
  const checked = useChecked('smtp', checkSmtp)
  const saving = useMutation({
    mutationFn: async () => {
      const { host, port, secure, user, password } = form
      const typed = password ? { password } : {}
      setOpened(await putSmtp({ host: host.trim(), port, secure, user, ...typed }, opened))
      // One carrier at a time: what was chosen last carries the mail.
      await removeMail()
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['smtp'] })
      await queries.invalidateQueries({ queryKey: ['mail'] })
      notifications.show({ message: said.saved })
      setForm((now) => ({ ...now, password: '' }))
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
          onChange={(event) => setForm({ ...form, host: event.currentTarget.value })}
        />
        <NumberInput
          label={said.port}
          min={1}
          max={65_535}
          disabled={!may}
          value={form.port}
          error={wrong('port')}
          onChange={(value) => setForm({ ...form, port: Number(value) || 587 })}
        />
      </div>
      <Checkbox
        label={said.secure}
        disabled={!may}
        checked={form.secure}
        onChange={(event) => setForm({ ...form, secure: event.currentTarget.checked })}
      />
      <TextInput
        label={said.user}
        autoComplete="off"
        disabled={!may}
        value={form.user}
        error={wrong('user')}
        onChange={(event) => setForm({ ...form, user: event.currentTarget.value })}
      />
      <PasswordInput
        label={said.password}
        description={known.hasPassword ? said.passwordKept : said.passwordNote}
        autoComplete="new-password"
        disabled={!may}
        value={form.password}
        error={wrong('password')}
        onChange={(event) => setForm({ ...form, password: event.currentTarget.value })}
      />
      {problem && !problem.field && <Failure error={saving.error} />}
      {known.host !== '' && (
        <CheckedSentence checked={checked} works={() => said.works} worksNot={said.worksNot} />
      )}
      <div className={style.buttons}>
        {may && (
          <Button type="submit" loading={saving.isPending}>
            {said.save}
          </Button>
        )}
        {may && known.host !== '' && <Connection checked={checked} />}
      </div>
    </form>
  )
}

/** Looks whether the stored server takes us, and lets go of it. */
function Connection({ checked }: { readonly checked: LookedAt }) {
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
        remove={removeSmtp}
        onRemoved={() => {
          checked.forget()
          return Promise.all(
            ['smtp', 'mail'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
          )
        }}
      />
    </>
  )
}
