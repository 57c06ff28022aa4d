import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { MailAccount } from '../api/mail.ts'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Failure } from '../design/states.tsx'
import { AccountButtons, useMailAccount } from './mail-account.tsx'
import style from './settings.module.css'

const text = words({
  steps: { ko: 'Resend에서 할 일', en: 'What to do at Resend' },
  step1: {
    ko: 'Domains에서 보내는 도메인을 등록하고 보여주는 기록을 도메인에 넣어요.',
    en: 'Under Domains, add your domain and enter the records it shows at your DNS.',
  },
  step2: {
    ko: 'API Keys에서 보내기 전용(Sending access) 키를 만들어 아래에 붙여 넣어요.',
    en: 'Under API Keys, make a key with sending access and paste it below.',
  },
  step3: {
    ko: '저장하면 아래 “되돌아온 메일”에 주소가 나와요. Webhooks에 등록하고, 서명 비밀(whsec_)을 여기에 붙여 넣어요.',
    en: 'Once saved, “Returned mail” below shows an address. Add it under Webhooks, and paste its signing secret (whsec_) here.',
  },
  key: { ko: 'API 키', en: 'API key' },
  secret: { ko: '웹훅 서명 비밀', en: 'Signing secret of the webhook' },
  kept: {
    ko: '저장된 값이 있어요. 바꿀 때만 적어 주세요.',
    en: 'One is stored. Type one only to change it.',
  },
  sealed: {
    ko: '암호화해 보관하고 다시 보여드리지 않아요.',
    en: 'Stored encrypted and never shown again.',
  },
})

/** An account at Resend. */
export function MailResend({ known }: { readonly known: MailAccount['resend'] }) {
  const said = useWords(text)
  const may = useMay('developer')
  const [form, setForm] = useState({ key: '', webhookSecret: '' })
  const { saving, wrong, isOther } = useMailAccount(() => setForm({ key: '', webhookSecret: '' }))
  const field = (name: keyof typeof form) => ({
    autoComplete: 'new-password',
    disabled: !may,
    value: form[name],
    error: wrong(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value.trim() }),
  })
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        const { key, webhookSecret } = form
        saving.mutate({
          provider: 'resend',
          ...(key ? { key } : {}),
          ...(webhookSecret ? { webhookSecret } : {}),
        })
      }}
    >
      <details className={style.guide} open={!known}>
        <summary>{said.steps}</summary>
        <ol>
          {[said.step1, said.step2, said.step3].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </details>
      <PasswordInput
        label={said.key}
        description={known ? said.kept : said.sealed}
        {...field('key')}
      />
      <PasswordInput
        label={said.secret}
        description={known?.hasWebhookSecret ? said.kept : said.sealed}
        {...field('webhookSecret')}
      />
      {isOther && <Failure error={saving.error} />}
      {may && <AccountButtons busy={saving.isPending} isSet={known !== null} />}
    </form>
  )
}
