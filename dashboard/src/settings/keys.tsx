import { Button, Modal, Select, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Scope, scopes } from '../../../server/src/shops/access.ts'
import { problemIn } from '../api/client.ts'
import { type ApiKey, createKey, listKeys, revokeKey } from '../api/settings.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { ago, day } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import { Code, EmptyState, Failure, Tag } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: 'API 키', en: 'API keys' },
  note: {
    ko: '상점과 서버가 이벤트를 보내고, 다른 프로그램이 API를 쓸 때 필요해요.',
    en: 'For pages and servers that send events, and for programs that use the API.',
  },
  make: { ko: '키 만들기', en: 'Make a key' },
  makeTitle: { ko: '새 키', en: 'A new key' },
  name: { ko: '이름', en: 'Name' },
  namePlaceholder: { ko: '예: 주문 서버', en: 'For example: order server' },
  scope: { ko: '쓰임새', en: 'Use' },
  browser: { ko: '브라우저 (상점 페이지에 넣는 공개 키)', en: 'Browser (public, for pages)' },
  write: { ko: '서버 (이벤트를 보내는 비밀 키)', en: 'Server (secret, sends events)' },
  admin: { ko: '관리 (API로 모든 일을 하는 비밀 키)', en: 'Admin (secret, may do everything)' },
  browserShort: { ko: '브라우저', en: 'Browser' },
  writeShort: { ko: '서버', en: 'Server' },
  adminShort: { ko: '관리', en: 'Admin' },
  key: { ko: '키', en: 'Key' },
  used: { ko: '마지막 사용', en: 'Last used' },
  never: { ko: '아직 없어요', en: 'never' },
  made: { ko: '만든 날', en: 'Made' },
  revoked: { ko: '폐기됨', en: 'Revoked' },
  revoke: { ko: '폐기하기', en: 'Revoke' },
  revokeTitle: {
    ko: (name: string) => `‘${name}’ 키를 폐기할까요?`,
    en: (name: string) => `Revoke “${name}”?`,
  },
  revokeText: {
    ko: '5초 안에 이 키로 오는 요청을 모두 거절해요. 되돌릴 수 없으니, 쓰는 곳이 있다면 먼저 새 키로 바꿔 주세요.',
    en: 'Every server refuses it within five seconds. This cannot be undone; move its users to a new key first.',
  },
  revokeGo: { ko: '이 키 폐기하기', en: 'Revoke this key' },
  cancel: { ko: '그대로 두기', en: 'Keep it' },
  onceTitle: { ko: '지금 복사해 두세요', en: 'Copy it now' },
  once: { ko: '비밀 키는 이번 한 번만 보여드려요.', en: 'A secret key is shown this once only.' },
  close: { ko: '복사했어요', en: 'I have copied it' },
  emptyTitle: { ko: '아직 키가 없어요', en: 'No keys yet' },
  empty: {
    ko: '브라우저 키를 하나 만들어 상점 페이지에 넣으면 이벤트가 들어와요.',
    en: 'Make a browser key, put it in your pages, and events arrive.',
  },
})

export function Keys() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [making, { open, close }] = useDisclosure(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  const keys = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => listKeys(signal) })
  const short = { browser: said.browserShort, write: said.writeShort, admin: said.adminShort }
  const now = Date.now()
  const columns: readonly Column<ApiKey>[] = [
    { key: 'name', head: said.name, cell: (row) => <b>{row.name}</b> },
    { key: 'scope', head: said.scope, cell: (row) => <Tag>{short[row.scope]}</Tag> },
    {
      key: 'shown',
      head: said.key,
      leaves: 'sm',
      cell: (row) => <code>{row.shown}</code>,
    },
    {
      key: 'used',
      head: said.used,
      align: 'right',
      leaves: 'sm',
      cell: (row) => (row.lastUsedAt === null ? said.never : ago(row.lastUsedAt, now, language)),
    },
    {
      key: 'made',
      head: said.made,
      align: 'right',
      leaves: 'md',
      cell: (row) => day(row.createdAt, { timeZone: shop.timeZone, language }, now),
    },
    {
      key: 'act',
      head: '',
      align: 'right',
      cell: (row) =>
        row.revokedAt !== null ? (
          <Tag>{said.revoked}</Tag>
        ) : (
          <Button variant="default" size="xs" onClick={() => setRevoking(row)}>
            {said.revoke}
          </Button>
        ),
    },
  ]
  return (
    <Card
      title={said.title}
      note={said.note}
      beside={<Button onClick={open}>{said.make}</Button>}
      flush
    >
      <DataTable
        label={said.title}
        columns={columns}
        rows={keys.data?.items}
        error={keys.error}
        retry={() => keys.refetch()}
        keyOf={(row) => row.id}
        empty={<EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
      />
      {making && <MakeKey close={close} />}
      {revoking && <RevokeKey known={revoking} close={() => setRevoking(undefined)} />}
    </Card>
  )
}

function MakeKey({ close }: { readonly close: () => void }) {
  const said = useWords(text)
  const language = useLanguage()
  const owner = useMay()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>('write')
  const making = useMutation({
    mutationFn: () => createKey({ name: name.trim(), scope }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  })
  if (making.data) {
    return (
      <Modal opened onClose={close} title={said.onceTitle} size="lg" closeOnClickOutside={false}>
        <div className={style.stack}>
          <p className={style.note}>{said.once}</p>
          <Code text={making.data.key} />
          <Button onClick={close}>{said.close}</Button>
        </div>
      </Modal>
    )
  }
  const problem = problemIn(making.error)
  return (
    <Modal opened onClose={close} title={said.makeTitle}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <TextInput
          data-autofocus
          label={said.name}
          placeholder={said.namePlaceholder}
          required
          withAsterisk={false}
          maxLength={100}
          value={name}
          error={making.error ? problemSentence(problem, language) : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={said.scope}
          allowDeselect={false}
          data={scopes
            .filter((one) => owner || one !== 'admin')
            .map((value) => ({ value, label: said[value] }))}
          value={scope}
          onChange={(value) => setScope(scopes.find((one) => one === value) ?? scope)}
        />
        <Button type="submit" loading={making.isPending}>
          {said.make}
        </Button>
      </form>
    </Modal>
  )
}

function RevokeKey({ known, close }: { readonly known: ApiKey; readonly close: () => void }) {
  const said = useWords(text)
  const queries = useQueryClient()
  const revoking = useMutation({
    mutationFn: () => revokeKey(known.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['keys'] })
      close()
    },
  })
  return (
    <Modal opened onClose={close} title={said.revokeTitle(known.name)}>
      <div className={style.stack}>
        <p className={style.note}>{said.revokeText}</p>
        {revoking.error && <Failure error={revoking.error} />}
        <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close} data-autofocus>
            {said.cancel}
          </Button>
          <Button color="red" loading={revoking.isPending} onClick={() => revoking.mutate()}>
            {said.revokeGo}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
