import { PasswordInput } from '@mantine/core'
import type { MailAccount } from '../api/mail.ts'
import { useWords, words } from '../app/language.ts'
import { AccountForm, useMailForm } from './mail-account.tsx'

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
})

/** An account at Resend. */
export function MailResend({ known }: { readonly known: MailAccount['resend'] }) {
  const said = useWords(text)
  const none = { key: '', webhookSecret: '' }
  const { form, secret, ...state } = useMailForm('resend', none, () => none)
  return (
    <AccountForm
      title={said.steps}
      steps={[said.step1, said.step2, said.step3]}
      isSet={known !== null}
      state={state}
      save={() => {
        const { key, webhookSecret } = form
        state.saving.mutate({
          provider: 'resend',
          ...(key ? { key } : {}),
          ...(webhookSecret ? { webhookSecret } : {}),
        })
      }}
    >
      <PasswordInput label={said.key} {...secret('key', known !== null)} />
      <PasswordInput
        label={said.secret}
        {...secret('webhookSecret', known?.hasWebhookSecret ?? false)}
      />
    </AccountForm>
  )
}
