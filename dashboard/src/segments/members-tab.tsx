import { Button, Drawer, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { listCustomers } from '../api/customers.ts'
import { useKeyset } from '../api/keyset.ts'
import { getMembership, listMembers, type Membership } from '../api/segment-page.ts'
import type { SegmentPerson, SegmentRow } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { ago, dayAndTime, personName } from '../design/format.ts'
import { Bones, EmptyState, Failure, Tag } from '../design/states.tsx'
import { eventNoun } from '../events/noun.ts'
import style from './segments.module.css'
import { WhyParts } from './why.tsx'

const text = words({
  people: { ko: '이 세그먼트의 고객', en: 'People in this segment' },
  search: {
    ko: '이 사람은 들어 있나요? 이름, 전체 이메일이나 전화번호',
    en: 'Is somebody in it? A name, whole e-mail or phone number',
  },
  name: { ko: '고객', en: 'Customer' },
  kind: { ko: '구분', en: 'Kind' },
  member: { ko: '회원', en: 'Member' },
  anonymous: { ko: '비회원', en: 'Not a member' },
  entered: { ko: '들어온 때', en: 'Entered' },
  last: { ko: '마지막 활동', en: 'Last seen' },
  why: { ko: '왜', en: 'Why' },
  whyWho: { ko: (name: string) => `${name}: 왜`, en: (name: string) => `${name}: why` },
  open: { ko: '고객 페이지 보기', en: 'Open the customer' },
  in: { ko: '지금 들어 있어요', en: 'In now' },
  out: { ko: '지금은 들어 있지 않아요', en: 'Not in now' },
  since: {
    ko: (when: string) => `${when}에 들어왔어요.`,
    en: (when: string) => `Entered ${when}.`,
  },
  byEvent: {
    ko: (what: string) => `${what} 때문에 들어왔어요.`,
    en: (what: string) => `Brought in by: ${what}.`,
  },
  byTime: {
    ko: '시간이 지나면서 조건이 맞게 됐어요.',
    en: 'Time passed, and the conditions came to hold.',
  },
  byBackfill: {
    ko: '세그먼트를 만들거나 고칠 때 이미 조건에 맞았어요.',
    en: 'Met the conditions already when the segment was made or changed.',
  },
  something: { ko: '어떤 행동', en: 'something they did' },
  noneTitle: { ko: '아직 아무도 없어요', en: 'Nobody yet' },
  none: {
    ko: '조건에 맞는 고객이 생기는 그 순간 여기에 나타나요.',
    en: 'People appear here at the very moment they meet the conditions.',
  },
  notFoundTitle: { ko: '찾는 고객이 없어요', en: 'Nobody found' },
  notFound: {
    ko: '이메일과 전화번호는 전체를 적어야 찾을 수 있어요.',
    en: 'Type e-mails and phone numbers whole.',
  },
})

/** Who is in, the newest first; anybody else can be looked up with why they are not. */
export function MembersTab({ segment }: { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const [asked, setAsked] = useState<SegmentPerson>()
  return (
    <>
      <TextInput
        mb={12}
        leftSection={<IconSearch size={17} />}
        placeholder={said.search}
        aria-label={said.search}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Card flush>
        {search ? (
          <Looked search={search} ask={setAsked} />
        ) : (
          <In segment={segment} ask={setAsked} />
        )}
      </Card>
      <WhyPanel segment={segment} person={asked} close={() => setAsked(undefined)} />
    </>
  )
}

type AskProps = { readonly ask: (person: SegmentPerson) => void }

function useColumns({ ask }: AskProps): readonly Column<SegmentPerson>[] {
  const said = useWords(text)
  const language = useLanguage()
  return [
    {
      key: 'name',
      head: said.name,
      cell: (row) => (
        <Link href={`/customers/${row.id}`} className={style.name ?? ''}>
          {personName(row.name, language)}
        </Link>
      ),
    },
    {
      key: 'kind',
      head: said.kind,
      leaves: 'sm',
      cell: (row) => (
        <Tag meaning={row.member ? 'accent' : 'quiet'}>
          {row.member ? said.member : said.anonymous}
        </Tag>
      ),
    },
    {
      key: 'last',
      head: said.last,
      align: 'right',
      leaves: 'sm',
      cell: (row) => ago(row.lastSeenAt, Date.now(), language),
    },
    {
      key: 'why',
      head: said.why,
      align: 'right',
      cell: (row) => (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={said.whyWho(personName(row.name, language))}
          onClick={() => ask(row)}
        >
          {said.why}
        </Button>
      ),
    },
  ]
}

function In({ segment, ask }: AskProps & { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const list = useKeyset(
    ['segments', 'members', segment.id],
    (after, signal) => listMembers(segment.id, { after, limit: 25 }, signal),
    10_000,
  )
  const columns = useColumns({ ask })
  const entered: Column<SegmentPerson & { readonly enteredAt: number }> = {
    key: 'entered',
    head: said.entered,
    align: 'right',
    cell: (row) => dayAndTime(row.enteredAt, { timeZone, language }, Date.now()),
  }
  return (
    <DataTable
      label={said.people}
      columns={[...columns.slice(0, 2), entered, ...columns.slice(2)]}
      keyOf={(row) => row.id}
      {...list}
      empty={<EmptyState title={said.noneTitle}>{said.none}</EmptyState>}
    />
  )
}

function Looked({ search, ask }: AskProps & { readonly search: string }) {
  const said = useWords(text)
  const list = useKeyset(['customers', 'list', search], (after, signal) =>
    listCustomers({ search, after, limit: 10 }, signal),
  )
  return (
    <DataTable
      label={said.people}
      columns={useColumns({ ask })}
      keyOf={(row) => row.id}
      {...list}
      empty={<EmptyState title={said.notFoundTitle}>{said.notFound}</EmptyState>}
    />
  )
}

type PanelProps = {
  readonly segment: SegmentRow
  readonly person: SegmentPerson | undefined
  readonly close: () => void
}

/** Why one person is in, or is not. */
function WhyPanel({ segment, person, close }: PanelProps) {
  const said = useWords(text)
  const language = useLanguage()
  const asked = useQuery({
    queryKey: ['segments', 'membership', segment.id, person?.id],
    queryFn: ({ signal }) =>
      getMembership({ segment: segment.id, customer: person?.id ?? 0 }, signal),
    enabled: person !== undefined,
  })
  return (
    <Drawer
      opened={person !== undefined}
      onClose={close}
      position="right"
      title={person && personName(person.name, language)}
      closeButtonProps={{ 'aria-label': language === 'ko' ? '닫기' : 'Close' }}
    >
      {asked.error ? (
        <Failure error={asked.error} retry={() => asked.refetch()} />
      ) : asked.data ? (
        <div className={style.stack}>
          <div>
            <Tag meaning={asked.data.member ? 'caused' : 'quiet'} dot>
              {asked.data.member ? said.in : said.out}
            </Tag>
          </div>
          <Cause membership={asked.data} />
          <WhyParts why={asked.data.why} definition={segment.definition} />
          <Link href={`/customers/${asked.data.customer}`} className={style.link ?? ''}>
            {said.open}
          </Link>
        </div>
      ) : (
        <Bones lines={4} />
      )}
    </Drawer>
  )
}

function Cause({ membership }: { readonly membership: Membership }) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const { since, cause } = membership
  if (since === null) return null
  const what =
    cause?.kind === 'event'
      ? said.byEvent(cause.name ? eventNoun(cause.name, language) : said.something)
      : cause?.kind === 'time'
        ? said.byTime
        : cause
          ? said.byBackfill
          : ''
  return (
    <p className={style.hint}>
      {said.since(dayAndTime(since, { timeZone, language }, Date.now()))} {what}
    </p>
  )
}
