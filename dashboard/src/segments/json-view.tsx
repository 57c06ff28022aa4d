import { Button, Textarea } from '@mantine/core'
import { useClipboard, useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Definition } from '../../../server/src/segments/definition.ts'
import { problemIn } from '../api/client.ts'
import { changeSegment, previewSegment, type SegmentRow } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { people } from '../design/format.ts'
import style from './segments.module.css'

const text = words({
  title: { ko: '개발자용 JSON', en: 'JSON' },
  note: {
    ko: '화면의 문장과 같은 정의예요. API의 POST /api/segments에 그대로 쓸 수 있어요. 고치면 서버가 바로 확인해요.',
    en: 'The same definition as the sentence; POST /api/segments takes it as it is. The server checks every change.',
  },
  label: { ko: '세그먼트의 정의', en: 'Definition' },
  copy: { ko: '복사하기', en: 'Copy' },
  copied: { ko: '복사했어요', en: 'Copied' },
  save: { ko: '고친 정의 저장하기', en: 'Save the change' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
  reset: { ko: '처음으로', en: 'Reset' },
  broken: {
    ko: (where: string) => `JSON으로 읽을 수 없어요. ${where}`,
    en: (where: string) => `This is not JSON. ${where}`,
  },
  right: {
    ko: (count: string) => `서버가 읽었어요. 지금 ${count}이에요.`,
    en: (count: string) => `The server reads it: ${count} now.`,
  },
})

type Read = { readonly definition?: Definition; readonly error?: string }

function read(text: string): Read {
  try {
    return { definition: JSON.parse(text) as Definition }
  } catch (error) {
    return { error: error instanceof Error ? error.message : '' }
  }
}

/** The definition as the API takes it, to copy and to edit. */
export function JsonView({ segment }: { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const queries = useQueryClient()
  const first = JSON.stringify(segment.definition, null, 2)
  const [typed, setTyped] = useState(first)
  const [settled] = useDebouncedValue(typed, 300)
  const clipboard = useClipboard({ timeout: 2000 })
  const { definition, error } = read(settled)
  const checked = useQuery({
    queryKey: ['segments', 'preview', definition ?? settled],
    queryFn: ({ signal }) => previewSegment(definition as Definition, signal),
    enabled: definition !== undefined,
    retry: false,
  })
  const saving = useMutation({
    mutationFn: () => {
      const { name, description } = segment
      return changeSegment(segment.id, { name, description, definition: definition as Definition })
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['segments'] })
      notifications.show({ message: said.saved })
    },
  })
  const problem = problemIn(saving.error) ?? problemIn(checked.error)
  const fault = error !== undefined ? said.broken(error) : problem?.detail || problem?.title
  const changed = typed !== first
  return (
    <Card title={said.title} note={said.note}>
      <Textarea
        label={said.label}
        autosize
        minRows={8}
        maxRows={28}
        spellCheck={false}
        readOnly={!may}
        classNames={{ input: style.code ?? '' }}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          saving.reset()
        }}
        error={fault}
      />
      <p className={style.hint} aria-live="polite">
        {!fault && checked.data ? said.right(people(checked.data.count, language)) : ' '}
      </p>
      <div className={style.inline}>
        {may && (
          <Button
            disabled={!changed || fault !== undefined || typed !== settled}
            loading={saving.isPending}
            onClick={() => saving.mutate()}
          >
            {said.save}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() => clipboard.copy(typed)}
        >
          {clipboard.copied ? said.copied : said.copy}
        </Button>
        {changed && (
          <Button variant="subtle" color="gray" onClick={() => setTyped(first)}>
            {said.reset}
          </Button>
        )}
      </div>
    </Card>
  )
}
