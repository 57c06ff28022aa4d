import { Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { Definition } from '../../../server/src/segments/definition.ts'
import { createSegment } from '../api/segments.ts'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Failure } from '../design/states.tsx'

const text = words({
  make: { ko: '이 고객 세그먼트', en: 'Segment of them' },
})

/** One click: the people as a segment, open with who they are. */
export function AsSegment({ name, definition }: Props) {
  const said = useWords(text)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [, go] = useLocation()
  const making = useMutation({
    mutationFn: () => createSegment({ name, definition }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['segments'] })
      go(`/segments/${made.id}`)
    },
  })
  if (!may) return null
  return (
    <>
      {making.error && <Failure error={making.error} />}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconUsers size={15} aria-hidden />}
        loading={making.isPending}
        aria-label={`${said.make}: ${name}`}
        onClick={() => making.mutate()}
      >
        {said.make}
      </Button>
    </>
  )
}
type Props = { readonly name: string; readonly definition: Definition }
