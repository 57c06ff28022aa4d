import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { removeSegment, type SegmentRow } from '../api/segments.ts'
import { useWords, words } from '../app/language.ts'
import { Failure } from '../design/states.tsx'
import style from './segments.module.css'

const text = words({
  open: { ko: '지우기', en: 'Delete' },
  title: {
    ko: (name: string) => `‘${name}’ 세그먼트를 지울까요?`,
    en: (name: string) => `Delete the segment “${name}”?`,
  },
  says: {
    ko: '누가 언제 들어왔는지도 함께 사라지고 되돌릴 수 없어요. 고객은 그대로 남아요.',
    en: 'Who entered when goes with it, and it cannot be undone. The customers stay.',
  },
  type: {
    ko: '지우려면 세그먼트 이름을 그대로 적어 주세요',
    en: 'Type the name of the segment to delete it',
  },
  go: { ko: '이 세그먼트 지우기', en: 'Delete this segment' },
})

/** Deleting a segment, with its name typed as the confirmation. */
export function RemoveSegment({ segment }: { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const queries = useQueryClient()
  const [, go] = useLocation()
  const [asking, setAsking] = useState(false)
  const [typed, setTyped] = useState('')
  const removing = useMutation({
    mutationFn: () => removeSegment(segment.id),
    onSuccess: async () => {
      go('/segments')
      await queries.invalidateQueries({ queryKey: ['segments', 'list'] })
    },
  })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {said.open}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={said.title(segment.name)}>
        <form
          className={style.stack}
          onSubmit={(event) => {
            event.preventDefault()
            if (typed === segment.name) removing.mutate()
          }}
        >
          <p className={style.hint}>{said.says}</p>
          <TextInput
            data-autofocus
            label={said.type}
            placeholder={segment.name}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {removing.error && <Failure error={removing.error} />}
          <Button
            type="submit"
            color="red"
            loading={removing.isPending}
            disabled={typed !== segment.name}
          >
            {said.go}
          </Button>
        </form>
      </Modal>
    </>
  )
}
