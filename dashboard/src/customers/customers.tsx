import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { type CustomerRow, listCustomers } from '../api/customers.ts'
import { useKeyset } from '../api/keyset.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { ago, day, personName } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { EmptyState, Tag } from '../design/states.tsx'
import style from './customers.module.css'

const text = words({
  title: { ko: '고객 목록', en: 'Customers' },
  purpose: {
    ko: '상점에 온 모든 사람이에요. 아직 가입하지 않은 고객도 기록이 남아요.',
    en: 'Everyone who came to the shop, people who have not signed up included.',
  },
  search: {
    ko: '이름, 회원 아이디, 전체 이메일이나 전화번호',
    en: 'A name, member id, whole e-mail or phone number',
  },
  name: { ko: '고객', en: 'Customer' },
  kind: { ko: '구분', en: 'Kind' },
  member: { ko: '회원', en: 'Member' },
  anonymous: { ko: '미가입', en: 'Not signed up' },
  internal: { ko: '내부', en: 'Staff' },
  first: { ko: '처음 온 날', en: 'First seen' },
  last: { ko: '마지막 활동', en: 'Last seen' },
  emptyTitle: { ko: '아직 고객이 없어요', en: 'No customers yet' },
  empty: {
    ko: '코드를 붙이면 첫 고객부터 차곡차곡 쌓여요. 한 사람이 무엇을 보고 담고 샀는지, 우리가 무엇을 보냈는지 한 줄로 이어서 볼 수 있어요.',
    en: 'With the snippet in place, customers appear from the first visit on: what each one viewed, carted and bought, and what we sent, in one line of time.',
  },
  connect: { ko: '코드 붙이러 가기', en: 'Get the snippet' },
  noneTitle: { ko: '찾는 고객이 없어요', en: 'Nobody found' },
  none: {
    ko: '이메일과 전화번호는 암호화해 두어서 전체를 입력해야 찾을 수 있어요. 이름은 일부만 입력해도 돼요.',
    en: 'E-mails and phone numbers are stored encrypted, so type them whole. Part of a name is enough.',
  },
})

/** Everyone, most recently active first; found by name, id or whole contact. */
export function Customers() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [params, setParams] = useSearchParams()
  const [typed, setTyped] = useState(params.get('q') ?? '')
  const [search] = useDebouncedValue(typed.trim(), 250)
  useEffect(() => {
    setParams(search ? { q: search } : {}, { replace: true })
  }, [search, setParams])
  const list = useKeyset(['customers', 'list', search], (after, signal) =>
    listCustomers({ ...(search ? { search } : {}), after, limit: 50 }, signal),
  )
  const when = { timeZone: shop.timeZone, language }
  const now = Date.now()
  const columns: readonly Column<CustomerRow>[] = [
    {
      key: 'name',
      head: said.name,
      cell: (row) => (
        <span className={row.name ? '' : style.nameless}>
          {personName(row.name, language)} <span className={style.number}>{row.id}</span>
        </span>
      ),
    },
    {
      key: 'kind',
      head: said.kind,
      cell: (row) =>
        row.internal ? (
          <Tag meaning="attention">{said.internal}</Tag>
        ) : row.member ? (
          <Tag meaning="accent">{said.member}</Tag>
        ) : (
          <Tag>{said.anonymous}</Tag>
        ),
    },
    {
      key: 'first',
      head: said.first,
      leaves: 'sm',
      align: 'right',
      cell: (row) => day(row.firstSeenAt, when, now),
    },
    {
      key: 'last',
      head: said.last,
      align: 'right',
      cell: (row) => ago(row.lastSeenAt, now, language),
    },
  ]
  return (
    <Page title={said.title} purpose={said.purpose}>
      <TextInput
        mb={16}
        maw={460}
        leftSection={<IconSearch size={17} />}
        placeholder={said.search}
        aria-label={said.search}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Card flush>
        <DataTable
          label={said.title}
          columns={columns}
          keyOf={(row) => row.id}
          to={(row) => `/customers/${row.id}`}
          {...list}
          empty={
            search ? (
              <EmptyState title={said.noneTitle}>{said.none}</EmptyState>
            ) : (
              <EmptyState
                title={said.emptyTitle}
                action={
                  <Button component={Link} href="/setup">
                    {said.connect}
                  </Button>
                }
              >
                {said.empty}
              </EmptyState>
            )
          }
        />
      </Card>
    </Page>
  )
}
