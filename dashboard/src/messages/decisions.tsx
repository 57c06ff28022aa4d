import { Select } from '@mantine/core'
import { Link, useSearchParams } from 'wouter'
import { useKeyset } from '../api/keyset.ts'
import { type Decision, type DecisionOutcome, listDecisions } from '../api/messages.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { dayAndTime, personName } from '../design/format.ts'
import { RuleNote } from '../design/rule-note.tsx'
import { EmptyState, type Meaning, Tag } from '../design/states.tsx'
import style from './messages.module.css'

const text = words({
  label: { ko: '결정과 이유', en: 'Decisions' },
  customer: { ko: '고객', en: 'Customer' },
  outcome: { ko: '결정', en: 'Decision' },
  why: { ko: '이유', en: 'Why' },
  campaign: { ko: '캠페인', en: 'Campaign' },
  when: { ko: '때', en: 'When' },
  all: { ko: '모든 결정', en: 'All decisions' },
  sent: { ko: '발송', en: 'Sent' },
  queued: { ko: '보낼 차례', en: 'Queued' },
  held: { ko: '보류', en: 'Held' },
  refused: { ko: '제외', en: 'Refused' },
  would_send: { ko: '대조군', en: 'Held out' },
  unconfirmed: { ko: '미발송 확인 필요', en: 'Unknown' },
  failed: { ko: '실패', en: 'Failed' },
  emptyTitle: { ko: '아직 내린 결정이 없어요', en: 'No decisions yet' },
  until: {
    ko: (at: string) => `${at}에 다시 정해요.`,
    en: (at: string) => `Decided anew at ${at}.`,
  },
  notice: { ko: '수신동의 안내', en: 'Notice of consent' },
  empty: {
    ko: '캠페인이 고객 한 사람마다 보낼지 말지 정한 이유가 한 줄씩 남아요.',
    en: 'For every person a campaign decides on, one line says why it sent or did not.',
  },
})

const outcomes: readonly DecisionOutcome[] = [
  'sent',
  'queued',
  'held',
  'refused',
  'would_send',
  'unconfirmed',
  'failed',
]

const meanings: Readonly<Record<DecisionOutcome, Meaning>> = {
  sent: 'accent',
  queued: 'quiet',
  held: 'quiet',
  refused: 'quiet',
  would_send: 'quiet',
  unconfirmed: 'attention',
  failed: 'broken',
}

/** Why each message went, waits or did not go. */
export function Decisions() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [params, setParams] = useSearchParams()
  const outcome = outcomes.find((one) => one === params.get('outcome'))
  const list = useKeyset(
    ['decisions', outcome],
    (after, signal) => listDecisions({ after, outcome, limit: 50 }, signal),
    5_000,
  )
  const now = Date.now()
  const moment = (at: number) => dayAndTime(at, { timeZone: shop.timeZone, language }, now)
  const columns: readonly Column<Decision>[] = [
    {
      key: 'customer',
      head: said.customer,
      cell: (row) => (
        <Link href={`/customers/${row.customer}`} style={{ fontWeight: 600 }}>
          {personName(row.customerName, language)}
        </Link>
      ),
    },
    {
      key: 'outcome',
      head: said.outcome,
      cell: (row) => <Tag meaning={meanings[row.outcome]}>{said[row.outcome]}</Tag>,
    },
    {
      key: 'why',
      head: said.why,
      cell: (row) => (
        <div className={style.reason}>
          {row.why[language]}
          {row.until !== null && row.until > now && <div>{said.until(moment(row.until))}</div>}
          <RuleNote rule={row.why.rule} />
        </div>
      ),
    },
    {
      key: 'campaign',
      head: said.campaign,
      leaves: 'md',
      cell: (row) => row.campaignName ?? said.notice,
    },
    {
      key: 'when',
      head: said.when,
      align: 'right',
      leaves: 'sm',
      cell: (row) => moment(row.at),
    },
  ]
  return (
    <div>
      <div className={style.filters}>
        <Select
          aria-label={said.outcome}
          w={190}
          allowDeselect={false}
          data={[
            { value: '', label: said.all },
            ...outcomes.map((value) => ({ value, label: said[value] })),
          ]}
          value={outcome ?? ''}
          onChange={(value) =>
            setParams(value ? { view: 'decisions', outcome: value } : { view: 'decisions' })
          }
        />
      </div>
      <Card flush>
        <DataTable
          label={said.label}
          columns={columns}
          keyOf={(row) => row.id}
          {...list}
          empty={<EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
        />
      </Card>
    </div>
  )
}
