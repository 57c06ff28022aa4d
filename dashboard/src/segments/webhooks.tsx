import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import type { SegmentRow } from '../api/segments.ts'
import {
  createWebhook,
  listWebhooks,
  removeWebhook,
  testWebhook,
  type Webhook,
  type WebhookOn,
} from '../api/webhooks.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Code, Failure } from '../design/states.tsx'
import { Deliveries } from './deliveries.tsx'
import style from './segments.module.css'

const text = words({
  title: { ko: '웹훅', en: 'Webhooks' },
  note: {
    ko: '고객이 들어오거나 나가는 순간 우리 서버에 알려요. 서명은 Standard Webhooks 방식이고, 적어도 한 번은 꼭 도착해요.',
    en: 'Tells your server when people enter or leave. Signed as Standard Webhooks says; each call arrives at least once.',
  },
  url: { ko: '받을 주소', en: 'Address' },
  on: { ko: '언제 알릴까요', en: 'When' },
  both: { ko: '들어올 때와 나갈 때', en: 'Entering and leaving' },
  enter: { ko: '들어올 때', en: 'Entering' },
  leave: { ko: '나갈 때', en: 'Leaving' },
  refused: {
    ko: '이 주소에는 보낼 수 없어요. https로 시작하고 인터넷에서 닿는 주소를 적어 주세요.',
    en: 'This address cannot be called. It must start with https and be on the public internet.',
  },
  add: { ko: '웹훅 만들기', en: 'Add a webhook' },
  secret: {
    ko: '서명을 확인할 비밀 키예요. 지금 한 번만 보여드리니 복사해 두세요.',
    en: 'The secret to check signatures with. It is shown only now: copy it.',
  },
  test: { ko: '시험 삼아 보내기', en: 'Send a test' },
  testNamed: {
    ko: (url: string) => `${url}에 시험 삼아 보내기`,
    en: (url: string) => `Send a test to ${url}`,
  },
  remove: { ko: '그만 보내기', en: 'Remove' },
  removeNamed: {
    ko: (url: string) => `${url}에 그만 보내기`,
    en: (url: string) => `Remove ${url}`,
  },
  answered: {
    ko: (status: string) => `답이 왔어요: ${status}`,
    en: (status: string) => `It answered: ${status}`,
  },
  failed: {
    ko: (why: string) => `닿지 않았어요: ${why}`,
    en: (why: string) => `It did not arrive: ${why}`,
  },
  none: { ko: '아직 웹훅이 없어요.', en: 'No webhooks yet.' },
})

/** Who is told when people enter and leave. */
export function Webhooks({ segment }: { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const hooks = useQuery({
    queryKey: ['segments', 'webhooks', segment.id],
    queryFn: ({ signal }) => listWebhooks(segment.id, signal),
  })
  return (
    <div className={style.stack}>
      <Card title={said.title} note={said.note}>
        <NewWebhook segment={segment.id} />
      </Card>
      <Card flush>
        {hooks.error ? (
          <Failure error={hooks.error} retry={() => hooks.refetch()} />
        ) : hooks.data ? (
          <ul className={style.members}>
            {hooks.data.items.length === 0 && <li className={style.why}>{said.none}</li>}
            {hooks.data.items.map((hook) => (
              <li key={hook.id}>
                <Hook segment={segment.id} hook={hook} />
              </li>
            ))}
          </ul>
        ) : (
          <Bones lines={2} />
        )}
      </Card>
    </div>
  )
}

function NewWebhook({ segment }: { readonly segment: number }) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [url, setUrl] = useState('')
  const [on, setOn] = useState<WebhookOn>('both')
  const making = useMutation({
    mutationFn: () => createWebhook(segment, { url: url.trim(), on }),
    onSuccess: async () => {
      setUrl('')
      await queries.invalidateQueries({ queryKey: ['segments', 'webhooks', segment] })
    },
  })
  const problem = problemIn(making.error)
  const fault = making.error
    ? problem?.field === 'url'
      ? said.refused
      : problemSentence(problem, language)
    : undefined
  return (
    <form
      className={style.stack}
      onSubmit={(event) => {
        event.preventDefault()
        if (url.trim() !== '') making.mutate()
      }}
    >
      <TextInput
        label={said.url}
        type="url"
        placeholder="https://shop.example/hooks/danggol"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={fault}
      />
      <div className={style.inline}>
        <SegmentedControl
          aria-label={said.on}
          data={(['both', 'enter', 'leave'] as const).map((value) => ({
            value,
            label: said[value],
          }))}
          value={on}
          onChange={(next) => setOn(next as WebhookOn)}
        />
        <Button type="submit" loading={making.isPending} disabled={url.trim() === ''}>
          {said.add}
        </Button>
      </div>
      {making.data && (
        <div role="status">
          <p className={style.hint}>{said.secret}</p>
          <Code text={making.data.secret} />
        </div>
      )}
    </form>
  )
}

function Hook({ segment, hook }: { readonly segment: number; readonly hook: Webhook }) {
  const said = useWords(text)
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: ['segments', 'webhooks', segment] })
  const testing = useMutation({
    mutationFn: () => testWebhook(segment, hook.id),
    onSuccess: ({ ok, status, error }) =>
      notifications.show(
        ok
          ? { message: said.answered(String(status ?? '')) }
          : { color: 'red', message: said.failed(error ?? String(status ?? '')) },
      ),
  })
  const removing = useMutation({
    mutationFn: () => removeWebhook(segment, hook.id),
    onSuccess: again,
  })
  return (
    <>
      <span style={{ flex: '1 1 240px', minWidth: 0 }}>
        <b style={{ overflowWrap: 'anywhere' }}>{hook.url}</b>
        <div className={style.why}>{said[hook.on]}</div>
      </span>
      <span className={style.inline}>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={said.testNamed(hook.url)}
          loading={testing.isPending}
          onClick={() => testing.mutate()}
        >
          {said.test}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={said.removeNamed(hook.url)}
          loading={removing.isPending}
          onClick={() => removing.mutate()}
        >
          {said.remove}
        </Button>
      </span>
      {(testing.error || removing.error) && <Failure error={testing.error ?? removing.error} />}
      <Deliveries segment={segment} webhook={hook.id} />
    </>
  )
}
