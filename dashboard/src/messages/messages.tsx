import { Drawer, SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { useKeyset } from '../api/keyset.ts'
import { getMessage, listMessages, type MessageRow, type MessageState } from '../api/messages.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { dayAndTime, personName } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { RuleNote } from '../design/rule-note.tsx'
import { Bone, EmptyState, Failure, type Meaning, Tag } from '../design/states.tsx'
import { channelNames } from './channel-names.ts'
import { Decisions } from './decisions.tsx'
import { HaltButton } from './halt.tsx'
import style from './messages.module.css'
import { Picture } from './picture.tsx'
import { Unconfirmed } from './unconfirmed.tsx'

const text = words({
  title: { ko: '발송 내역', en: 'Messages' },
  purpose: {
    ko: '누구에게 무엇을 보냈는지, 보내지 않았다면 왜인지 모두 남아 있어요.',
    en: 'Everything that was sent, to whom, and why something was not.',
  },
  messages: { ko: '메시지', en: 'Messages' },
  decisions: { ko: '결정과 이유', en: 'Decisions' },
  subject: { ko: '제목', en: 'Subject' },
  to: { ko: '받는 고객', en: 'To' },
  campaign: { ko: '캠페인', en: 'Campaign' },
  state: { ko: '상태', en: 'State' },
  when: { ko: '때', en: 'When' },
  all: { ko: '모든 상태', en: 'All states' },
  queued: { ko: '보낼 차례', en: 'Queued' },
  sending: { ko: '보내는 중', en: 'Sending' },
  sent: { ko: '발송', en: 'Sent' },
  delivered: { ko: '도착', en: 'Delivered' },
  clicked: { ko: '누름', en: 'Clicked' },
  unconfirmed: { ko: '미발송 확인 필요', en: 'Unknown' },
  failed: { ko: '실패', en: 'Failed' },
  refused: { ko: '제외', en: 'Refused' },
  untitled: { ko: '(아직 쓰지 않은 메시지)', en: '(not written yet)' },
  emptyTitle: { ko: '아직 보낸 메시지가 없어요', en: 'Nothing sent yet' },
  empty: {
    ko: '캠페인을 켜면 보낸 메시지가 받는 사람이 본 모습 그대로 여기에 쌓여요.',
    en: 'Once a campaign is live, its messages collect here as their readers saw them.',
  },
  open: { ko: '메시지', en: 'Message' },
  notice: { ko: '수신동의 안내', en: 'Notice of consent' },
  again: {
    ko: (times: number, why: string) =>
      `${times}번 보내 봤지만 받는 서버나 대행사가 받지 않았어요. 저절로 다시 보내요. ${why}`,
    en: (times: number, why: string) =>
      `Tried ${times} times and not taken by the server or provider; it is tried again by itself. ${why}`,
  },
  later: {
    ko: (at: string) => `${at}부터 보내요`,
    en: (at: string) => `Goes from ${at}`,
  },
})

const states: readonly MessageState[] = [
  'queued',
  'sending',
  'sent',
  'unconfirmed',
  'failed',
  'refused',
]
const meanings: Readonly<Record<MessageState, Meaning>> = {
  queued: 'quiet',
  sending: 'quiet',
  sent: 'accent',
  unconfirmed: 'attention',
  failed: 'broken',
  refused: 'quiet',
}

/** 발송 내역: what was sent, each mail as it was, and why something was not. */
export function Messages() {
  const said = useWords(text)
  const [params, setParams] = useSearchParams()
  const view = params.get('view') === 'decisions' ? 'decisions' : 'messages'
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      action={
        <>
          <HaltButton />
          <SegmentedControl
            aria-label={said.title}
            data={[
              { value: 'messages', label: said.messages },
              { value: 'decisions', label: said.decisions },
            ]}
            value={view}
            onChange={(value) => setParams(value === 'decisions' ? { view: value } : {})}
          />
        </>
      }
    >
      {view === 'decisions' ? <Decisions /> : <Sent />}
    </Page>
  )
}

/** The list, with the ones nobody can be sure of on top. */
function Sent() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [params, setParams] = useSearchParams()
  const state = states.find((one) => one === params.get('state'))
  const campaign = params.get('campaign') ?? undefined
  const opened = params.get('message')
  const put = (key: string, value: string | null) =>
    setParams((before) => {
      const next = new URLSearchParams(before)
      if (value) next.set(key, value)
      else next.delete(key)
      return next
    })
  const list = useKeyset(
    ['messages', 'list', state, campaign],
    (after, signal) => listMessages({ after, state, campaign, limit: 50 }, signal),
    5_000,
  )
  const now = Date.now()
  const channels = useWords(channelNames)
  const columns: readonly Column<MessageRow>[] = [
    {
      key: 'subject',
      head: said.subject,
      cell: (row) =>
        row.subject ??
        row.excerpt ??
        channels[row.channel as keyof typeof channels] ??
        said.untitled,
    },
    {
      key: 'to',
      head: said.to,
      leaves: 'sm',
      cell: (row) => personName(row.customerName, language),
    },
    {
      key: 'campaign',
      head: said.campaign,
      leaves: 'md',
      cell: (row) => row.campaignName ?? said.notice,
    },
    {
      key: 'state',
      head: said.state,
      cell: (row) => (
        <Tag meaning={meanings[row.state]}>
          {row.clickedAt !== null
            ? said.clicked
            : row.deliveredAt !== null && row.state === 'sent' && row.reason !== 'sent'
              ? said.delivered
              : said[row.state]}
        </Tag>
      ),
    },
    {
      key: 'when',
      head: said.when,
      align: 'right',
      leaves: 'sm',
      cell: (row) => {
        const when = { timeZone: shop.timeZone, language }
        return isLater(row, now)
          ? said.later(dayAndTime(row.notBefore, when, now))
          : dayAndTime(row.sentAt ?? row.createdAt, when, now)
      },
    },
  ]
  return (
    <>
      <div className={style.stack}>
        <Unconfirmed />
        <div>
          <div className={style.filters}>
            <Select
              aria-label={said.state}
              w={190}
              allowDeselect={false}
              data={[
                { value: '', label: said.all },
                ...states.map((value) => ({ value, label: said[value] })),
              ]}
              value={state ?? ''}
              onChange={(value) => put('state', value)}
            />
          </div>
          <Card flush>
            <DataTable
              label={said.title}
              columns={columns}
              keyOf={(row) => row.id}
              to={(row) => `/messages?${withParam(params, 'message', String(row.id))}`}
              {...list}
              empty={<EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
            />
          </Card>
        </div>
      </div>
      <Drawer
        opened={opened !== null}
        onClose={() => put('message', null)}
        position="right"
        size="lg"
        title={said.open}
      >
        {opened !== null && <Opened id={Number(opened)} />}
      </Drawer>
    </>
  )
}

/** Held to a time to come: the morning, or the hour a notice is meant for. */
function isLater(row: Pick<MessageRow, 'state' | 'notBefore'>, now: number): boolean {
  return row.state === 'queued' && row.notBefore > now
}

function withParam(params: URLSearchParams, key: string, value: string): string {
  const next = new URLSearchParams(params)
  next.set(key, value)
  return next.toString()
}

function Opened({ id }: { readonly id: number }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const message = useQuery({
    queryKey: ['messages', 'one', id],
    queryFn: ({ signal }) => getMessage(id, signal),
  })
  if (message.error) return <Failure error={message.error} retry={() => message.refetch()} />
  if (!message.data) return <Bone height={420} />
  const { data } = message
  const when = dayAndTime(
    data.sentAt ?? data.createdAt,
    { timeZone: shop.timeZone, language },
    Date.now(),
  )
  return (
    <div className={style.stack}>
      <div className={style.row}>
        <Link href={`/customers/${data.customer}`} style={{ fontWeight: 600 }}>
          {personName(data.customerName, language)}
        </Link>
        <Tag meaning={meanings[data.state]}>{said[data.state]}</Tag>
      </div>
      {data.state === 'queued' && data.attempt > 0 && (
        <p className={style.why}>{said.again(data.attempt, data.detail ?? '')}</p>
      )}
      {isLater(data, Date.now()) && (
        <p className={style.why}>
          {said.later(
            dayAndTime(data.notBefore, { timeZone: shop.timeZone, language }, Date.now()),
          )}
        </p>
      )}
      {data.why && (
        <div className={style.reason}>
          <p className={style.why}>{data.why[language]}</p>
          <RuleNote rule={data.why.rule} />
        </div>
      )}
      <Picture
        message={{
          ...data,
          subject: data.subject ?? (data.channel === 'email' ? said.untitled : ''),
        }}
        meta={[data.recipient, data.campaignName, when].filter(Boolean).join(' · ')}
      />
    </div>
  )
}
