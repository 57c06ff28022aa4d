import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconArrowsSplit,
  IconChevronDown,
  IconCopy,
  IconDownload,
  IconTrash,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { problemIn } from '../api/client.ts'
import { duplicateSegment, exportAddress } from '../api/segment-page.ts'
import type { SegmentRow } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { RemoveSegment } from './remove.tsx'

const text = words({
  more: { ko: '더 하기', en: 'More' },
  duplicate: { ko: '복제하기', en: 'Duplicate' },
  copyOf: {
    ko: (name: string) => `${name} (복제)`.slice(0, 100),
    en: (name: string) => `${name} (copy)`.slice(0, 100),
  },
  duplicated: { ko: '복제했어요.', en: 'Duplicated.' },
  csv: { ko: 'CSV로 내려받기', en: 'Download as CSV' },
  split: { ko: '다른 도구로 보낼 명단 나누기', en: 'Split for another tool' },
  remove: { ko: '지우기', en: 'Delete' },
})

/** What else can be done with a segment. */
export function SegmentMenu({ segment }: { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [, go] = useLocation()
  const may = useMay('marketer')
  const [removing, setRemoving] = useState(false)
  const duplicating = useMutation({
    mutationFn: () => duplicateSegment(segment.id, said.copyOf(segment.name)),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['segments'] })
      notifications.show({ message: said.duplicated })
      go(`/segments/${id}`)
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  if (!may) return null
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button
            variant="default"
            loading={duplicating.isPending}
            rightSection={<IconChevronDown size={16} />}
          >
            {said.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => duplicating.mutate()}>
            {said.duplicate}
          </Menu.Item>
          <Menu.Item
            component="a"
            href={exportAddress(segment.id, language)}
            download
            leftSection={<IconDownload size={16} />}
          >
            {said.csv}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsSplit size={16} />}
            onClick={() => go(`/insight/splits/new?segment=${segment.id}`)}
          >
            {said.split}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setRemoving(true)}>
            {said.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RemoveSegment segment={segment} opened={removing} close={() => setRemoving(false)} />
    </>
  )
}
