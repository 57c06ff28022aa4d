import { Button, SegmentedControl, TagsInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import {
  createWebhook,
  listWebhooks,
  removeWebhook,
  resumeWebhook,
  testWebhook,
  type Webhook,
  type WebhookOn,
} from '../api/webhooks.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Code, Failure, Tag } from '../design/states.tsx'
import { Deliveries } from './deliveries.tsx'
import style from './segments.module.css'

const text = words({
  title: { ko: '웹훅', en: 'Webhooks' },
  eventsTitle: { ko: '이벤트를 우리 서버로', en: 'Events to your server' },
  eventsNote: {
    ko: '고객이 한 일을 일어나는 대로 알려요. 서명하고, 닿을 때까지 다시 보내요. 하루 동안 닿지 않으면 멈추고 알려드려요.',
    en: 'Tells what customers do as it happens: signed, and repeated until it arrives. After a day without an answer it stops and says so.',
  },
  events: { ko: '어떤 이벤트를 알릴까요', en: 'Which events' },
  eventsHint: { ko: '비워 두면 고객이 한 모든 일이에요.', en: 'None: everything customers do.' },
  all: { ko: '고객이 한 모든 일', en: 'Everything customers do' },
  failing: { ko: '닿지 않아요', en: 'Not arriving' },
  paused: { ko: '멈췄어요', en: 'Stopped' },
  pausedSays: {
    ko: '하루 넘게 닿지 않아 멈췄어요. 멈춘 동안 일어난 일은 보내지 않아요.',
    en: 'Nothing arrived for a day. What happens meanwhile is not told.',
  },
  resume: { ko: '다시 켜기', en: 'Resume' },
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

/** What other tools are told of most; any other name can be written. */
export const usualEvents = [
  'Order Completed',
  'Order Refunded',
  'Checkout Started',
  'Product Added',
  'Product Viewed',
  'Signed Up',
  'Message Sent',
  'Message Clicked',
]

/** Who is told when people enter and leave a segment; without one, of what customers do. */
export function Webhooks({ segment }: { readonly segment: number | null }) {
  const said = useWords(text)
  const hooks = useQuery({
    queryKey: ['segments', 'webhooks', segment],
    queryFn: ({ signal }) => listWebhooks(segment, signal),
  })
  return (
    <div className={style.stack}>
      <Card
        title={segment === null ? said.eventsTitle : said.title}
        note={segment === null ? said.eventsNote : said.note}
      >
        <NewWebhook segment={segment} />
      </Card>
      <Card flush>
        {hooks.error ? (
          <Failure error={hooks.error} retry={() => hooks.refetch()} />
        ) : hooks.data ? (
          <ul className={style.members}>
            {hooks.data.items.length === 0 && <li className={style.why}>{said.none}</li>}
            {hooks.data.items.map((hook) => (
              <li key={hook.id}>
                <Hook segment={segment} hook={hook} />
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

function NewWebhook({ segment }: { readonly segment: number | null }) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [url, setUrl] = useState('')
  const [on, setOn] = useState<WebhookOn>('both')
  const [events, setEvents] = useState<string[]>([])
  const making = useMutation({
    mutationFn: () =>
      createWebhook(segment, { url: url.trim(), ...(segment === null ? { events } : { on }) }),
    onSuccess: async () => {
      setUrl('')
      setEvents([])
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
      {segment === null && (
        <TagsInput
          label={said.events}
          description={said.eventsHint}
          data={usualEvents}
          value={events}
          onChange={setEvents}
        />
      )}
      <div className={style.inline}>
        {segment !== null && (
          <SegmentedControl
            aria-label={said.on}
            data={(['both', 'enter', 'leave'] as const).map((value) => ({
              value,
              label: said[value],
            }))}
            value={on}
            onChange={(next) => setOn(next as WebhookOn)}
          />
        )}
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

function Hook({ segment, hook }: { readonly segment: number | null; readonly hook: Webhook }) {
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
  const resuming = useMutation({
    mutationFn: () => resumeWebhook(segment, hook.id),
    onSuccess: again,
  })
  const removing = useMutation({
    mutationFn: () => removeWebhook(segment, hook.id),
    onSuccess: again,
  })
  return (
    <>
      <span style={{ flex: '1 1 240px', minWidth: 0 }}>
        <b style={{ overflowWrap: 'anywhere' }}>{hook.url}</b>
        <div className={style.why}>
          {hook.events === null ? said[hook.on] : hook.events.join(', ') || said.all}
        </div>
        {hook.pausedAt !== null && <div className={style.why}>{said.pausedSays}</div>}
      </span>
      <span className={style.inline}>
        {hook.pausedAt !== null ? (
          <>
            <Tag meaning="broken" dot>
              {said.paused}
            </Tag>
            <Button
              size="compact-sm"
              loading={resuming.isPending}
              onClick={() => resuming.mutate()}
            >
              {said.resume}
            </Button>
          </>
        ) : (
          hook.failingSince !== null && (
            <Tag meaning="attention" dot>
              {said.failing}
            </Tag>
          )
        )}
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
      {(testing.error || removing.error || resuming.error) && (
        <Failure error={testing.error ?? removing.error ?? resuming.error} />
      )}
      <Deliveries segment={segment} webhook={hook.id} />
    </>
  )
}
