import { Button, PasswordInput, TagsInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import {
  getMorning,
  type MorningAnswer,
  type Place,
  previewMorning,
  putMorning,
  testMorning,
} from '../api/morning.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure, Tag } from '../design/states.tsx'
import own from './morning.module.css'
import style from './settings.module.css'

const text = words({
  title: { ko: '아침 소식', en: 'Morning message' },
  note: {
    ko: '매일 아침 8시 30분에 어제 일을 알려드려요. 월요일에는 지난주를 모아 보내요. 고객의 이름이나 연락처는 담지 않아요.',
    en: 'What happened yesterday, at 08:30 each morning; on Mondays the whole week. No customer’s name or address is in it.',
  },
  emails: { ko: '받을 메일 주소', en: 'E-mail addresses' },
  emailsNote: {
    ko: '주소를 적고 Enter를 눌러 주세요. 열 개까지예요.',
    en: 'Type one and press Enter; ten at most.',
  },
  slack: { ko: 'Slack 주소 (Incoming Webhook)', en: 'Slack address (incoming webhook)' },
  slackNew: {
    ko: 'Slack의 앱 설정에서 Incoming Webhook을 만들고 그 주소를 붙여 넣어 주세요. 암호화해 보관하고 다시 보여드리지 않아요.',
    en: 'Make an incoming webhook in Slack and paste its address. It is stored encrypted and never shown again.',
  },
  slackKept: {
    ko: '연결돼 있어요. 바꿀 때만 적어 주세요.',
    en: 'Connected. Type an address only to change it.',
  },
  slackOff: { ko: 'Slack 연결 끊기', en: 'Disconnect Slack' },
  webhook: { ko: '우리 서버 주소 (웹훅)', en: 'Our server (webhook)' },
  webhookNote: {
    ko: '웹훅 설정의 비밀로 서명해 보내요.',
    en: 'Signed with the secret of the webhook settings.',
  },
  save: { ko: '이렇게 받기', en: 'Send it there' },
  saved: {
    ko: '저장했어요. 다음 소식은 8시 30분에 가요.',
    en: 'Saved. The next one goes out at 08:30.',
  },
  off: {
    ko: '저장했어요. 이제 아침 소식을 보내지 않아요.',
    en: 'Saved. No morning message is sent.',
  },
  test: { ko: '지금 한 번 보내보기', en: 'Send it once now' },
  tested: {
    ko: (place: string) => `${place}: 보냈어요.`,
    en: (place: string) => `${place}: sent.`,
  },
  untested: {
    ko: (place: string, why: string) => `${place}: 보내지 못했어요. ${why}`,
    en: (place: string, why: string) => `${place}: not sent. ${why}`,
  },
  previewTitle: { ko: '지금 보낸다면', en: 'If it went out now' },
  last: { ko: '최근에 보낸 소식', en: 'The last ones' },
  none: {
    ko: '아직 없어요. 받을 곳을 정하면 다음 날 아침부터 보내요.',
    en: 'None yet. Say where it goes and it begins the next morning.',
  },
  sent: { ko: '보냈어요', en: 'Sent' },
  due: { ko: '다시 보내는 중', en: 'Trying again' },
  failed: { ko: '보내지 못했어요', en: 'Not sent' },
  unconfirmed: { ko: '나갔는지 확인 필요', en: 'Nobody saw it arrive' },
})

/** Where the team's morning message goes, and what it would say. */
export function MorningMessage() {
  const said = useWords(text)
  const known = useQuery({ queryKey: ['morning'], queryFn: ({ signal }) => getMorning(signal) })
  if (known.error) return <Failure error={known.error} retry={() => known.refetch()} />
  return (
    <div className={style.stack}>
      <Card title={said.title} note={said.note}>
        {known.data ? (
          <Places key={String(known.data.hasSlack)} known={known.data} />
        ) : (
          <Bones lines={4} />
        )}
      </Card>
      <Preview />
      {known.data && <Last known={known.data} />}
    </div>
  )
}

function Places({ known }: { readonly known: MorningAnswer }) {
  const said = useWords(text)
  const may = useMay('marketer', 'developer')
  const queries = useQueryClient()
  const [form, setForm] = useState({ emails: [...known.emails], slack: '', webhook: known.webhook })
  const saving = useMutation({
    mutationFn: (slack: string | undefined) =>
      putMorning(
        { emails: form.emails, webhook: form.webhook, ...(slack === undefined ? {} : { slack }) },
        known,
      ),
    onSuccess: async ({ emails, hasSlack, webhook }) => {
      await queries.invalidateQueries({ queryKey: ['morning'] })
      setForm({ emails: [...emails], slack: '', webhook })
      const isOn = emails.length > 0 || hasSlack || webhook !== ''
      notifications.show({ message: isOn ? said.saved : said.off })
    },
  })
  const problem = saving.error ? problemIn(saving.error) : undefined
  const language = useLanguage()
  const wrong = (field: string) =>
    problem?.field?.startsWith(field) ? problemSentence(problem, language) : undefined
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate(form.slack === '' ? undefined : form.slack)
      }}
    >
      <TagsInput
        label={said.emails}
        description={said.emailsNote}
        maxTags={10}
        acceptValueOnBlur
        disabled={!may}
        value={form.emails}
        error={wrong('emails')}
        onChange={(emails) => setForm({ ...form, emails })}
      />
      <PasswordInput
        label={said.slack}
        description={known.hasSlack ? said.slackKept : said.slackNew}
        autoComplete="off"
        disabled={!may}
        value={form.slack}
        error={wrong('slack')}
        onChange={(event) => setForm({ ...form, slack: event.currentTarget.value.trim() })}
      />
      <TextInput
        label={said.webhook}
        description={said.webhookNote}
        disabled={!may}
        value={form.webhook}
        error={wrong('webhook')}
        onChange={(event) => setForm({ ...form, webhook: event.currentTarget.value.trim() })}
      />
      {problem && !problem.field && <Failure error={saving.error} />}
      {may && (
        <div className={style.buttons}>
          <Button type="submit" loading={saving.isPending}>
            {said.save}
          </Button>
          {known.hasSlack && (
            <Button variant="default" onClick={() => saving.mutate('')}>
              {said.slackOff}
            </Button>
          )}
          <TestButton
            disabled={known.emails.length === 0 && !known.hasSlack && known.webhook === ''}
          />
        </div>
      )}
    </form>
  )
}

function TestButton({ disabled }: { readonly disabled: boolean }) {
  const said = useWords(text)
  const language = useLanguage()
  const testing = useMutation({
    mutationFn: testMorning,
    onSuccess: ({ items }) => {
      for (const { place, ok, detail } of items) {
        notifications.show(
          ok
            ? { message: said.tested(nameOf(place)) }
            : { color: 'red', message: said.untested(nameOf(place), detail ?? '') },
        )
      }
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  return (
    <Button
      variant="default"
      disabled={disabled}
      loading={testing.isPending}
      onClick={() => testing.mutate()}
    >
      {said.test}
    </Button>
  )
}

function Preview() {
  const said = useWords(text)
  const preview = useQuery({
    queryKey: ['morning', 'preview'],
    queryFn: ({ signal }) => previewMorning(signal),
  })
  return (
    <Card title={said.previewTitle}>
      {preview.error && <Failure error={preview.error} retry={() => preview.refetch()} />}
      {preview.isLoading && <Bones lines={5} />}
      {preview.data && (
        <article className={own.letter}>
          <h3>{preview.data.subject}</h3>
          {preview.data.parts.map(({ title, lines }) => (
            <section key={title}>
              <h4>{title}</h4>
              {lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </section>
          ))}
        </article>
      )}
    </Card>
  )
}

function Last({ known }: { readonly known: MorningAnswer }) {
  const said = useWords(text)
  return (
    <Card title={said.last}>
      {known.last.length === 0 ? (
        <p className={style.note}>{said.none}</p>
      ) : (
        <ul className={own.mornings}>
          {known.last.map(({ day, place, state, detail }) => (
            <li key={`${day} ${place.kind} ${place.address}`}>
              <span>{day}</span>
              <span>{nameOf(place)}</span>
              <Tag meaning={state === 'sent' ? 'quiet' : 'attention'}>{said[stateOf(state)]}</Tag>
              {detail && <span className={style.note}>{detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

const nameOf = ({ kind, address }: Place) => address ?? (kind === 'slack' ? 'Slack' : kind)

function stateOf(state: string): 'sent' | 'due' | 'failed' | 'unconfirmed' {
  if (state === 'sent' || state === 'due' || state === 'failed') return state
  return 'unconfirmed'
}
