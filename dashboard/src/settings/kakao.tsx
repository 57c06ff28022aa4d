import { Button, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import {
  type AlimtalkTemplates,
  getKakao,
  type KakaoAccount,
  putKakao,
  removeKakao,
} from '../api/kakao.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Code, Failure, Tag } from '../design/states.tsx'
import { KakaoProfile, useTemplates } from './kakao-profile.tsx'
import { KakaoTemplates } from './kakao-templates.tsx'
import { LetGo } from './let-go.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '카카오 발송', en: 'Sending by Kakao' },
  note: {
    ko: '솔라피나 NHN Cloud 계정을 연결하면 알림톡과 브랜드 메시지를 진짜 고객에게 보내요. 연결하기 전에는 테스트 수신함으로 가요.',
    en: 'Connect an account at Solapi or NHN Cloud to send Alimtalk and Brand Messages to real people. Until then they go to the test inbox.',
  },
  on: { ko: '연결됨', en: 'Connected' },
  failing: { ko: '연결에 문제가 있어요', en: 'The connection fails' },
  unread: {
    ko: '저장했지만 채널과 템플릿을 불러오지 못했어요. 아래에서 이유를 확인해 주세요.',
    en: 'Saved, but its channels and templates could not be read. See why below.',
  },
  off: { ko: '테스트 수신함으로 보내요', en: 'Goes to the test inbox' },
  provider: { ko: '발송 대행사', en: 'Provider' },
  solapi: { ko: '솔라피 (SOLAPI)', en: 'Solapi' },
  nhn: { ko: 'NHN Cloud', en: 'NHN Cloud' },
  solapiKey: { ko: 'API Key', en: 'API key' },
  nhnKey: { ko: 'Appkey (KakaoTalk Bizmessage)', en: 'Appkey (KakaoTalk Bizmessage)' },
  solapiSecret: { ko: 'API Secret', en: 'API secret' },
  nhnSecret: { ko: 'SecretKey', en: 'SecretKey' },
  kept: {
    ko: '저장된 비밀 키가 있어요. 바꿀 때만 적어 주세요.',
    en: 'A secret is stored. Type one only to change it.',
  },
  secretNote: {
    ko: '암호화해 보관하고 다시 보여드리지 않아요.',
    en: 'Stored encrypted and never shown again.',
  },
  alimtalkWon: { ko: '알림톡 한 건 값 (원)', en: 'Price of an Alimtalk (won)' },
  brandWon: { ko: '브랜드 메시지 한 건 값 (원)', en: 'Price of a Brand Message (won)' },
  wonNote: {
    ko: '보내기 전 예상 비용과 예산에 써요.',
    en: 'For the cost shown before sending, and the budget.',
  },
  hook: {
    ko: '대행사의 웹훅에 이 주소를 넣으면 전달 결과를 바로 알아요. 넣지 않아도 조금 늦게 직접 물어봐요. 비밀 주소예요.',
    en: 'Give this address to the provider’s webhook to learn at once what was delivered. Without it we ask ourselves, a little later. The address is a secret.',
  },
  save: { ko: '이 계정으로 보내기', en: 'Send through this account' },
  saved: {
    ko: '저장하고 채널과 템플릿을 불러왔어요.',
    en: 'Saved; channels and templates were read.',
  },
  remove: { ko: '연결 끊고 테스트 수신함으로', en: 'Disconnect, use the test inbox' },
  removed: {
    ko: '연결을 끊었어요. 이제 테스트 수신함으로 보내요.',
    en: 'Disconnected. Messages go to the test inbox.',
  },
})

/** Notes stand under the field, so that two fields side by side stay level. */
const below: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
]

const none: KakaoAccount = {
  provider: 'solapi',
  apiKey: '',
  profile: '',
  profileName: '',
  alimtalkWon: 0,
  brandWon: 0,
  hook: '',
}

/** The account KakaoTalk messages go by, and its templates. */
export function Kakao() {
  const said = useWords(text)
  const account = useQuery({ queryKey: ['kakao'], queryFn: ({ signal }) => getKakao(signal) })
  const templates = useTemplates()
  if (account.error) return <Failure error={account.error} retry={() => account.refetch()} />
  const connected = Boolean(account.data)
  const isFailing = connected && Boolean(templates.data?.error)
  return (
    <div className={style.stack}>
      <Card
        title={said.title}
        note={said.note}
        beside={
          account.isSuccess && (
            <Tag dot meaning={isFailing ? 'broken' : connected ? 'caused' : 'attention'}>
              {isFailing ? said.failing : connected ? said.on : said.off}
            </Tag>
          )
        }
      >
        {account.isSuccess ? (
          <Form
            key={account.data?.profile ?? ''}
            known={account.data ?? none}
            isKnown={connected}
          />
        ) : (
          <Bones lines={5} />
        )}
      </Card>
      <KakaoTemplates />
    </div>
  )
}

function useAccount(seen: KakaoAccount | null) {
  const said = useWords(text)
  const queries = useQueryClient()
  const [opened, setOpened] = useState(seen)
  const saving = useMutation({
    mutationFn: (account: Parameters<typeof putKakao>[0]) => putKakao(account, opened),
    onSuccess: async (next) => {
      setOpened(next)
      await queries.invalidateQueries({ queryKey: ['kakao'] })
      // Saving reads them at once; an account that cannot be read is told, not praised.
      const read = queries.getQueryData<AlimtalkTemplates>(['kakao', 'templates'])
      notifications.show(
        read?.error ? { color: 'red', message: said.unread } : { message: said.saved },
      )
    },
  })
  return saving
}

function Form({ known, isKnown }: { readonly known: KakaoAccount; readonly isKnown: boolean }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('developer')
  const queries = useQueryClient()
  const saving = useAccount(isKnown ? known : null)
  const [form, setForm] = useState({ ...known, secret: '' })
  const problem = problemIn(saving.error)
  const wrong = (field: string) =>
    problem?.field?.includes(field) ? problemSentence(problem, language) : undefined
  const isSame = isKnown && form.provider === known.provider && form.apiKey === known.apiKey
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        const { secret, profileName: _, hook: __, ...rest } = form
        const profile = isSame ? rest.profile : ''
        saving.mutate(
          { ...rest, profile, ...(secret === '' ? {} : { secret }) },
          { onSuccess: () => setForm((now) => ({ ...now, secret: '' })) },
        )
      }}
    >
      <Select
        label={said.provider}
        allowDeselect={false}
        disabled={!may}
        data={(['solapi', 'nhn'] as const).map((value) => ({ value, label: said[value] }))}
        value={form.provider}
        onChange={(value) => setForm({ ...form, provider: value === 'nhn' ? 'nhn' : 'solapi' })}
      />
      <div className={style.pair}>
        <TextInput
          label={form.provider === 'nhn' ? said.nhnKey : said.solapiKey}
          required
          withAsterisk={false}
          autoComplete="off"
          disabled={!may}
          value={form.apiKey}
          error={wrong('apiKey')}
          onChange={(event) => setForm({ ...form, apiKey: event.currentTarget.value.trim() })}
        />
        <PasswordInput
          label={form.provider === 'nhn' ? said.nhnSecret : said.solapiSecret}
          description={isSame ? said.kept : said.secretNote}
          inputWrapperOrder={below}
          autoComplete="new-password"
          disabled={!may}
          value={form.secret}
          error={wrong('secret')}
          onChange={(event) => setForm({ ...form, secret: event.currentTarget.value })}
        />
      </div>
      {isSame && (
        <KakaoProfile
          value={form.profile}
          name={form.profileName}
          disabled={!may}
          error={wrong('profile')}
          put={(profile) => setForm({ ...form, profile })}
        />
      )}
      <div className={style.pair}>
        <NumberInput
          label={said.alimtalkWon}
          description={said.wonNote}
          inputWrapperOrder={below}
          min={0}
          max={10_000}
          decimalScale={1}
          disabled={!may}
          value={form.alimtalkWon}
          onChange={(value) => setForm({ ...form, alimtalkWon: Number(value) || 0 })}
        />
        <NumberInput
          label={said.brandWon}
          min={0}
          max={10_000}
          decimalScale={1}
          disabled={!may}
          value={form.brandWon}
          onChange={(value) => setForm({ ...form, brandWon: Number(value) || 0 })}
        />
      </div>
      {isKnown && may && (
        <div>
          <div className={style.note}>{said.hook}</div>
          <Code text={`${window.location.origin}${known.hook}`} />
        </div>
      )}
      {problem && !problem.field && <Failure error={saving.error} />}
      {may && (
        <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
          <Button type="submit" loading={saving.isPending}>
            {said.save}
          </Button>
          {isKnown && (
            <LetGo
              says={said.remove}
              saysAfter={said.removed}
              remove={removeKakao}
              onRemoved={() => queries.invalidateQueries({ queryKey: ['kakao'] })}
            />
          )}
        </div>
      )}
    </form>
  )
}
