import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCheck, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import { type ListRow, listLists, removeList, renameList } from '../api/lists.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { day, people } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, EmptyState, Failure } from '../design/states.tsx'
import { ListUpload } from './list-upload.tsx'
import style from './segments.module.css'

const text = words({
  title: { ko: '명단', en: 'Lists' },
  purpose: {
    ko: '파일로 올린 고객 묶음이에요. 세그먼트의 조건으로 쓸 수 있어요.',
    en: 'People put together by a file, to be used in the conditions of segments.',
  },
  back: { ko: '세그먼트', en: 'Segments' },
  lists: { ko: '올린 명단', en: 'Your lists' },
  emptyTitle: { ko: '아직 명단이 없어요', en: 'No lists yet' },
  empty: {
    ko: '행사에서 받은 명단이나 다른 프로그램의 고객 파일을 올리면, 우리 상점의 고객과 짝을 지어 드려요.',
    en: 'Upload a file from an event or another program; its people are matched with your customers.',
  },
  rename: { ko: '이름 바꾸기', en: 'Rename' },
  keep: { ko: '이 이름으로', en: 'Keep this name' },
  name: { ko: '명단 이름', en: 'Name of the list' },
  remove: { ko: '명단 지우기', en: 'Delete the list' },
  used: {
    ko: '세그먼트의 조건에서 쓰고 있어서 지울 수 없어요. 먼저 그 조건을 바꿔 주세요.',
    en: 'A segment asks for it. Change that segment first.',
  },
  removeSure: { ko: '정말 지우기', en: 'Really delete' },
  removed: {
    ko: '명단을 지웠어요. 고객은 그대로 남아요.',
    en: 'The list is gone; the customers stay.',
  },
  updated: { ko: (when: string) => `${when} 바뀜`, en: (when: string) => `changed ${when}` },
})

/** `/segments/lists`: uploading, renaming and deleting lists of people. */
export function Lists() {
  const said = useWords(text)
  const may = useMay('marketer')
  const lists = useQuery({ queryKey: ['lists'], queryFn: ({ signal }) => listLists(signal) })
  const items = lists.data?.items
  return (
    <Page title={said.title} purpose={said.purpose} back={{ to: '/segments', label: said.back }}>
      <div className={style.stack}>
        {may && <ListUpload lists={items ?? []} />}
        <Card title={said.lists} flush>
          {lists.error ? (
            <Failure error={lists.error} retry={() => lists.refetch()} />
          ) : !items ? (
            <Bones lines={3} />
          ) : items.length === 0 ? (
            <EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>
          ) : (
            <ul className={style.members}>
              {items.map((list) => (
                <li key={list.id}>
                  <Row list={list} />
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </Page>
  )
}

function Row({ list }: { readonly list: ListRow }) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [name, setName] = useState<string>()
  const [sure, setSure] = useState(false)
  const again = () => queries.invalidateQueries({ queryKey: ['lists'] })
  const renaming = useMutation({
    mutationFn: (next: string) => renameList(list.id, next),
    onSuccess: async () => {
      setName(undefined)
      await again()
    },
  })
  const removing = useMutation({
    mutationFn: () => removeList(list.id),
    onSuccess: async () => {
      notifications.show({ message: said.removed })
      await again()
    },
  })
  const error = renaming.error ?? removing.error
  return (
    <>
      {name === undefined ? (
        <span style={{ flex: '1 1 200px', minWidth: 0 }}>
          <b>{list.name}</b>
          <div className={style.why}>
            {people(list.members, language)} ·{' '}
            {said.updated(day(list.updatedAt, { timeZone, language }, Date.now()))}
          </div>
        </span>
      ) : (
        <form
          className={style.inline}
          style={{ flex: '1 1 240px' }}
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() !== '') renaming.mutate(name.trim())
          }}
        >
          <TextInput
            autoFocus
            aria-label={said.name}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" loading={renaming.isPending} leftSection={<IconCheck size={16} />}>
            {said.keep}
          </Button>
        </form>
      )}
      {may && (
        <span className={style.inline}>
          <Tooltip label={said.rename}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`${said.rename}: ${list.name}`}
              onClick={() => setName(name === undefined ? list.name : undefined)}
            >
              <IconPencil size={17} />
            </ActionIcon>
          </Tooltip>
          {sure ? (
            <Button
              color="red"
              size="compact-sm"
              loading={removing.isPending}
              onClick={() => removing.mutate()}
            >
              {said.removeSure}
            </Button>
          ) : (
            <Tooltip label={said.remove}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={`${said.remove}: ${list.name}`}
                onClick={() => setSure(true)}
              >
                <IconTrash size={17} />
              </ActionIcon>
            </Tooltip>
          )}
        </span>
      )}
      {error && (
        <p role="alert" className={style.fault}>
          {problemIn(removing.error)?.code === 'conflict'
            ? said.used
            : problemSentence(problemIn(error), language)}
        </p>
      )}
    </>
  )
}
