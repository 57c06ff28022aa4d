import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type ListChangeKind, listChanges } from '../../../server/src/segments/lists/list.ts'
import {
  applyFile,
  cancelFile,
  getFile,
  isUnderWay,
  type ListFile,
  type ListRow,
  lookAgain,
} from '../api/lists.ts'
import { useWords, words } from '../app/language.ts'
import { Bones } from '../design/states.tsx'
import { ListAnswer } from './list-answer.tsx'
import { Fault, FileActs, FileState } from './list-file-state.tsx'
import style from './lists.module.css'

const text = words({
  to: { ko: '어느 명단에', en: 'Into which list' },
  fresh: { ko: '새 명단', en: 'A new list' },
  name: { ko: '새 명단의 이름', en: 'Name of the new list' },
  how: { ko: '무엇을 할까요', en: 'What to do' },
  added: { ko: '명단에 더하기', en: 'Add to the list' },
  removed: { ko: '명단에서 빼기', en: 'Take off the list' },
})

const freshValue = 'new'

type FileProps = {
  readonly id: number
  readonly lists: readonly ListRow[]
  readonly fileName: string
}

/** A file from the moment it was brought: how far it is, what it would do, the button that does it, what it did. */
export function ListFileCard({ id, lists, fileName }: FileProps) {
  const queries = useQueryClient()
  const now = useQuery({
    queryKey: ['lists', 'file', id],
    queryFn: ({ signal }) => getFile(id, signal),
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? 500 : false),
  })
  const file = now.data
  const ended = file?.state === 'done' || file?.state === 'cancelled'
  useEffect(() => {
    if (ended) void queries.invalidateQueries({ queryKey: ['lists'] })
  }, [ended, queries])
  const [name, setName] = useState<string>()
  const acting = useMutation({
    mutationFn: (act: () => Promise<ListFile>) => act(),
    onSuccess: (next) => {
      queries.setQueryData(['lists', 'file', id], next)
      void queries.invalidateQueries({ queryKey: ['lists'] })
    },
  })
  if (now.error) return <Fault error={now.error} />
  if (!file) return <Bones lines={3} />
  const named = (name ?? (fileName || file.fileName).replace(/\.[^.]+$/, '').slice(0, 100)).trim()
  const acts = (
    <FileActs
      file={file}
      pending={acting.isPending}
      isNamed={file.list !== null || named !== ''}
      go={() => acting.mutate(() => applyFile(id, file.list === null ? named : undefined))}
      stop={() => acting.mutate(() => cancelFile(id))}
    />
  )
  const mayChoose = file.state === 'looking' || file.state === 'looked_at'
  return (
    <>
      {mayChoose && (
        <TargetFields
          file={file}
          lists={lists}
          name={name ?? named}
          setName={setName}
          choose={(to) => acting.mutate(() => lookAgain(id, to))}
        />
      )}
      <div className={style.result}>
        <FileState file={file} />
        {isUnderWay(file) && acts}
        {file.answer && <ListAnswer id={id} answer={file.answer} />}
        {!isUnderWay(file) && acts}
        {acting.error && <Fault error={acting.error} />}
      </div>
    </>
  )
}

type TargetProps = {
  readonly file: ListFile
  readonly lists: readonly ListRow[]
  readonly name: string
  readonly setName: (name: string) => void
  readonly choose: (to: {
    readonly list: number | undefined
    readonly change: ListChangeKind
  }) => void
}

/** Which list, and what is to be done to it. */
function TargetFields({ file, lists, name, setName, choose }: TargetProps) {
  const said = useWords(text)
  const { list, change } = file
  return (
    <div className={style.fields}>
      <Select
        label={said.to}
        allowDeselect={false}
        data={[
          { value: freshValue, label: said.fresh },
          ...lists.map(({ id: one, name: known }) => ({ value: String(one), label: known })),
        ]}
        value={list === null ? freshValue : String(list)}
        onChange={(next) =>
          choose(
            next === null || next === freshValue
              ? { list: undefined, change: 'added' }
              : { list: Number(next), change },
          )
        }
      />
      {list === null ? (
        <TextInput
          label={said.name}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      ) : (
        <SegmentedControl
          aria-label={said.how}
          data={listChanges.map((value) => ({ value, label: said[value] }))}
          value={change}
          onChange={(next) => choose({ list, change: next === 'removed' ? next : 'added' })}
        />
      )}
    </div>
  )
}
