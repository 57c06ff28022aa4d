import { Button, PasswordInput, TagsInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import type { Place, TeamPlacesAnswer, TeamPlacesWrite, testMorning } from '../api/morning.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Failure } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
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
  test: { ko: '지금 한 번 보내보기', en: 'Send it once now' },
  tested: {
    ko: (place: string) => `${place}: 보냈어요.`,
    en: (place: string) => `${place}: sent.`,
  },
  untested: {
    ko: (place: string, why: string) => `${place}: 보내지 못했어요. ${why}`,
    en: (place: string, why: string) => `${place}: not sent. ${why}`,
  },
})

type TeamPlacesProps = {
  readonly known: TeamPlacesAnswer
  readonly at: readonly string[]
  readonly put: (body: TeamPlacesWrite) => Promise<TeamPlacesAnswer>
  readonly test: typeof testMorning
  readonly roles: readonly ('marketer' | 'developer')[]
  readonly saved: string
  readonly off: string
}

/** Where messages to the shop's own people go: mail, Slack, their server. */
export function TeamPlaces({ known, at, put, test, roles, saved, off }: TeamPlacesProps) {
  const said = useWords(text)
  const may = useMay(...roles)
  const queries = useQueryClient()
  const [form, setForm] = useState({ emails: [...known.emails], slack: '', webhook: known.webhook })
  const saving = useMutation({
    mutationFn: (slack: string | undefined) =>
      put({
        emails: form.emails,
        webhook: form.webhook,
        ...(slack === undefined ? {} : { slack }),
      }),
    onSuccess: async ({ emails, hasSlack, webhook }) => {
      await queries.invalidateQueries({ queryKey: at })
      setForm({ emails: [...emails], slack: '', webhook })
      const isOn = emails.length > 0 || hasSlack || webhook !== ''
      notifications.show({ message: isOn ? saved : off })
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
            test={test}
            disabled={known.emails.length === 0 && !known.hasSlack && known.webhook === ''}
          />
        </div>
      )}
    </form>
  )
}

type TestButtonProps = { readonly test: typeof testMorning; readonly disabled: boolean }

function TestButton({ test, disabled }: TestButtonProps) {
  const said = useWords(text)
  const language = useLanguage()
  const testing = useMutation({
    mutationFn: test,
    onSuccess: ({ items }) => {
      for (const { place, ok, detail } of items) {
        notifications.show(
          ok
            ? { message: said.tested(placeName(place)) }
            : { color: 'red', message: said.untested(placeName(place), detail ?? '') },
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

export const placeName = ({ kind, address }: Place) =>
  address ?? (kind === 'slack' ? 'Slack' : kind)
