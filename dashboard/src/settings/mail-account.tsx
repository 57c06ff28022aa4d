import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { problemIn } from '../api/client.ts'
import {
  checkMail,
  type MailAccount,
  type MailAccountWrite,
  putMail,
  removeMail,
} from '../api/mail.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { providerSentence } from '../design/provider-words.ts'
import { Failure } from '../design/states.tsx'
import { CheckedSentence, type LookedAt, useChecked } from './checked.tsx'
import { LetGo } from './let-go.tsx'
import style from './settings.module.css'

const text = words({
  kept: {
    ko: '저장된 값이 있어요. 바꿀 때만 적어 주세요.',
    en: 'One is stored. Type one only to change it.',
  },
  sealed: {
    ko: '암호화해 보관하고 다시 보여드리지 않아요.',
    en: 'Stored encrypted and never shown again.',
  },
  save: { ko: '이 서비스로 보내기', en: 'Send through this service' },
  check: { ko: '연결 확인하기', en: 'Check the connection' },
  remove: { ko: '연결 끊기', en: 'Disconnect' },
  saved: {
    ko: '저장했어요. 이제 이 서비스로 보내요.',
    en: 'Saved. Mails go through this service now.',
  },
  removed: { ko: '연결을 끊었어요.', en: 'Disconnected.' },
  works: { ko: '키가 맞아요. 보낼 준비가 됐어요.', en: 'The key works. Ready to send.' },
  worksNot: {
    ko: '연결하지 못했어요. 키를 확인해 주세요.',
    en: 'It does not work. Check the key.',
  },
})

/** What the form of a mail service needs: its fields as they are typed, and saving them. `emptied` forgets the secrets. */
export function useMailForm<Form extends Readonly<Record<string, string>>>(
  service: 'ses' | 'resend',
  first: Form,
  emptied: (form: Form) => Form,
) {
  const may = useMay('developer')
  const [form, setForm] = useState(first)
  const checked = useChecked(service, checkMail)
  // The account is looked at as soon as it is stored.
  const { saving, wrong, isOther } = useSaving(() => {
    setForm(emptied)
    checked.look()
  })
  const field = (name: keyof Form & string) => ({
    disabled: !may,
    value: form[name],
    error: wrong(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value.trim() }),
  })
  /** A secret shows only whether one is stored. */
  const secret = (name: keyof Form & string, isStored: boolean) => ({
    ...field(name),
    autoComplete: 'new-password',
    description: <Kept isStored={isStored} />,
  })
  return { form, saving, isOther, field, secret, checked }
}

function Kept({ isStored }: { readonly isStored: boolean }) {
  const said = useWords(text)
  return isStored ? said.kept : said.sealed
}

/** Saving an account at a mail service; `wrong` says what is at fault with a field. */
function useSaving(done: () => void) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [opened, setOpened] = useState(() => queries.getQueryData<MailAccount>(['mail']))
  const saving = useMutation({
    mutationFn: (body: MailAccountWrite) => putMail(body, opened),
    onSuccess: async (next) => {
      setOpened(next)
      await queries.invalidateQueries({ queryKey: ['mail'] })
      await queries.invalidateQueries({ queryKey: ['mail-domain'] })
      notifications.show({ message: said.saved })
      done()
    },
  })
  const problem = problemIn(saving.error)
  const wrong = (field: string) =>
    problem?.field?.includes(field) ? problemSentence(problem, language) : undefined
  return { saving, wrong, isOther: problem !== undefined && !problem.field }
}

/** The form of a mail service: what to do there first, its fields, and the buttons. */
export function AccountForm(props: {
  readonly title: string
  readonly steps: readonly string[]
  readonly isSet: boolean
  readonly state: Pick<ReturnType<typeof useMailForm>, 'saving' | 'isOther' | 'checked'>
  readonly save: () => void
  readonly children: ReactNode
}) {
  const said = useWords(text)
  const language = useLanguage()
  const { saving, isOther, checked } = props.state
  const may = useMay('developer')
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        props.save()
      }}
    >
      <details className={style.guide} open={!props.isSet}>
        <summary>{props.title}</summary>
        <ol>
          {props.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </details>
      {props.children}
      {isOther && <Failure error={saving.error} />}
      {props.isSet && (
        <CheckedSentence
          checked={checked}
          works={(told) => [said.works, providerSentence(told, language)].filter(Boolean).join(' ')}
          worksNot={said.worksNot}
        />
      )}
      {may && <AccountButtons busy={saving.isPending} isSet={props.isSet} checked={checked} />}
    </form>
  )
}

/** Saves, and once there is something: checks it and lets go of it. */
function AccountButtons({
  busy,
  isSet,
  checked,
}: {
  readonly busy: boolean
  readonly isSet: boolean
  readonly checked: LookedAt
}) {
  const said = useWords(text)
  const queries = useQueryClient()
  return (
    <div className={style.buttons}>
      <Button type="submit" loading={busy}>
        {said.save}
      </Button>
      {isSet && (
        <>
          <Button variant="default" loading={checked.isBusy} onClick={checked.look}>
            {said.check}
          </Button>
          <LetGo
            says={said.remove}
            saysAfter={said.removed}
            remove={removeMail}
            onRemoved={() => {
              checked.forget()
              return queries.invalidateQueries({ queryKey: ['mail'] })
            }}
          />
        </>
      )}
    </div>
  )
}
