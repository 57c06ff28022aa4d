import { PasswordInput, TextInput } from '@mantine/core'
import type { MailAccount } from '../api/mail.ts'
import { useWords, words } from '../app/language.ts'
import { AccountForm, useMailForm } from './mail-account.tsx'

const text = words({
  steps: { ko: 'Amazon SES에서 할 일', en: 'What to do at Amazon SES' },
  step1: {
    ko: 'SES > 자격 증명(Identities)에서 보내는 도메인을 등록하고 DKIM의 CNAME 3개를 도메인에 넣어요.',
    en: 'Under SES > Identities, add your domain and enter its three DKIM CNAMEs at your DNS.',
  },
  step2: {
    ko: '샌드박스 해제(Production access)를 신청해요. 해제 전에는 확인된 주소로만 갈 수 있어요.',
    en: 'Ask for production access; until then only verified addresses get mail.',
  },
  step3: {
    ko: 'IAM에서 ses:SendEmail, ses:GetAccount 권한만 있는 사용자를 만들고 액세스 키를 발급해요.',
    en: 'In IAM, make a user that may only ses:SendEmail and ses:GetAccount, and an access key for it.',
  },
  region: { ko: '리전', en: 'Region' },
  regionNote: { ko: '서울은 ap-northeast-2예요.', en: 'Seoul is ap-northeast-2.' },
  id: { ko: '액세스 키 ID', en: 'Access key ID' },
  secret: { ko: '비밀 액세스 키', en: 'Secret access key' },
  set: { ko: '구성 세트 (없어도 돼요)', en: 'Configuration set (optional)' },
})

/** An account at Amazon SES. */
export function MailSes({ known }: { readonly known: MailAccount['ses'] }) {
  const said = useWords(text)
  const first = {
    region: known?.region ?? 'ap-northeast-2',
    accessKeyId: known?.accessKeyId ?? '',
    configurationSet: known?.configurationSet ?? '',
    secretKey: '',
  }
  const { form, field, secret, ...state } = useMailForm('ses', first, (now) => ({
    ...now,
    secretKey: '',
  }))
  return (
    <AccountForm
      title={said.steps}
      steps={[said.step1, said.step2, said.step3]}
      isSet={known !== null}
      state={state}
      save={() => {
        const { secretKey, ...rest } = form
        const topic = known?.topic ?? ''
        const typed = secretKey ? { secretKey } : {}
        state.saving.mutate({ provider: 'ses', ...rest, topic, ...typed })
      }}
    >
      <TextInput
        label={said.region}
        description={said.regionNote}
        required
        withAsterisk={false}
        {...field('region')}
      />
      <TextInput
        label={said.id}
        autoComplete="off"
        required
        withAsterisk={false}
        {...field('accessKeyId')}
      />
      <PasswordInput label={said.secret} {...secret('secretKey', known !== null)} />
      <TextInput label={said.set} autoComplete="off" {...field('configurationSet')} />
    </AccountForm>
  )
}
