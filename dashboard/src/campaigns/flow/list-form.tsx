import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createList } from '../../api/lists.ts'
import { useWords, words } from '../../app/language.ts'
import { Failure } from '../../design/states.tsx'
import { useSources } from '../../segments/sources.ts'
import type { StepOf } from '../flow-edit.ts'
import { useEditing } from './editing.ts'
import style from './flow.module.css'

const text = words({
  does: { ko: '넣을까요, 뺄까요', en: 'Add or take off' },
  add: { ko: '넣기', en: 'Add' },
  remove: { ko: '빼기', en: 'Take off' },
  list: { ko: '명단', en: 'List' },
  fresh: { ko: '새 명단 만들기', en: 'Make a new list' },
  freshNote: {
    ko: '처음에는 비어 있고, 여기까지 온 고객이 들어가요.',
    en: 'It is empty at first; whoever comes this far is put on it.',
  },
  name: { ko: '새 명단의 이름', en: 'Name of the new list' },
  make: { ko: '만들기', en: 'Make it' },
})

type Props = { readonly step: StepOf<'list'> }

/** A list of the shop, and whether people come onto it or off it. */
export function ListForm({ step }: Props) {
  const said = useWords(text)
  const { put } = useEditing()
  const { lists } = useSources()
  const [making, setMaking] = useState(false)
  const isNew = making || lists.length === 0
  return (
    <>
      <SegmentedControl
        aria-label={said.does}
        size="sm"
        data={(['add', 'remove'] as const).map((value) => ({ value, label: said[value] }))}
        value={step.does}
        onChange={(does) => put({ ...step, does: does === 'remove' ? 'remove' : 'add' })}
      />
      {lists.length > 0 && (
        <Select
          label={said.list}
          allowDeselect={false}
          data={lists.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={step.list > 0 ? String(step.list) : null}
          onChange={(value) => value && put({ ...step, list: Number(value) })}
        />
      )}
      {isNew ? (
        <NewList
          done={(list) => {
            put({ ...step, list })
            setMaking(false)
          }}
        />
      ) : (
        <div>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => setMaking(true)}
          >
            {said.fresh}
          </Button>
        </div>
      )}
    </>
  )
}

function NewList({ done }: { readonly done: (list: number) => void }) {
  const said = useWords(text)
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const making = useMutation({
    mutationFn: () => createList(name.trim()),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['lists'] })
      done(id)
    },
  })
  return (
    <>
      <TextInput
        label={said.name}
        description={said.freshNote}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {making.error && <Failure error={making.error} />}
      <div className={style.inline}>
        <Button
          variant="default"
          size="xs"
          disabled={name.trim() === ''}
          loading={making.isPending}
          onClick={() => making.mutate()}
        >
          {said.make}
        </Button>
      </div>
    </>
  )
}
