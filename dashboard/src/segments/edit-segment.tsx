import { Button, TextInput, Tooltip } from '@mantine/core'
import { useHotkeys, useStateHistory } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Definition } from '../../../server/src/segments/definition.ts'
import { problemIn } from '../api/client.ts'
import { changeSegment, createSegment, type SegmentRow } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Page } from '../design/page.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { faultSentence } from './fault.ts'
import type { Group } from './language.ts'
import { LiveCount, Members, usePreview } from './preview.tsx'
import style from './segments.module.css'
import { Sentence } from './sentence.tsx'
import { asked, blanksIn, placeOf, rootOf } from './tree.ts'

const text = words({
  new: { ko: '새 세그먼트', en: 'New segment' },
  purpose: {
    ko: '문장의 빈칸을 고르면 몇 명인지 바로 세어 드려요.',
    en: 'Fill in the blanks of the sentence; the number of people follows at once.',
  },
  back: { ko: '세그먼트', en: 'Segments' },
  name: { ko: '이름', en: 'Name' },
  namePlaceholder: { ko: '예: 담고 떠난 고객', en: 'For example: left something in the cart' },
  nameMissing: {
    ko: '나중에 알아볼 수 있게 이름을 적어 주세요.',
    en: 'Give it a name you will know it by.',
  },
  blanksLeft: {
    ko: '아직 빈칸이 남은 조건이 있어요. 채우거나 지워 주세요.',
    en: 'A condition still has an empty blank. Fill it in or remove it.',
  },
  save: { ko: '세그먼트 저장하기', en: 'Save the segment' },
  saved: {
    ko: '저장했어요. 지금부터 실시간으로 들어오고 나가요.',
    en: 'Saved. People enter and leave from now on.',
  },
  undo: { ko: '되돌리기', en: 'Undo' },
})

const empty: Group = { kind: 'all', of: [] }

/** Editing one segment: its name, its sentence, and who is in it by now. */
export function EditSegment({ known }: { readonly known: SegmentRow | undefined }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const [name, setName] = useState(known?.name ?? '')
  const [root, history, { current }] = useStateHistory<Group>(
    known ? rootOf(known.definition) : empty,
  )
  const [tried, setTried] = useState(false)
  const nameInput = useRef<HTMLInputElement>(null)
  const definition = asked(root)
  const blanks = blanksIn(root)
  const { preview, about } = usePreview(definition)
  const saving = useSaving({ known, name, definition })
  useHotkeys([['mod+Z', () => history.back()]])
  const problem = problemIn(saving.error) ?? problemIn(preview.error)
  const path = problem && placeOf(root, problem.field)
  const fault = path && problem ? { path, message: faultSentence(problem, language) } : undefined
  const save = () => {
    setTried(true)
    if (name.trim() === '') nameInput.current?.focus()
    else if (definition && blanks === 0) saving.mutate()
  }
  const nameError =
    tried && name.trim() === ''
      ? said.nameMissing
      : problem && !fault && saving.error
        ? problemSentence(problem, language)
        : undefined
  return (
    <Page
      title={known ? known.name : said.new}
      purpose={said.purpose}
      back={
        known
          ? { to: `/segments/${known.id}`, label: known.name }
          : { to: '/segments', label: said.back }
      }
      action={
        may && (
          <>
            <Tooltip label="Ctrl+Z">
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={16} />}
                disabled={current === 0}
                onClick={() => history.back()}
              >
                {said.undo}
              </Button>
            </Tooltip>
            <Button loading={saving.isPending} disabled={!definition} onClick={save}>
              {said.save}
            </Button>
          </>
        )
      }
    >
      <div className={style.layout}>
        <div className={style.stack}>
          <Card>
            <TextInput
              ref={nameInput}
              label={said.name}
              size="md"
              maxLength={100}
              placeholder={said.namePlaceholder}
              value={name}
              disabled={!may}
              onChange={(event) => setName(event.currentTarget.value)}
              error={nameError}
            />
          </Card>
          <Card>
            <fieldset disabled={!may} style={{ all: 'unset', display: 'block' }}>
              <Sentence root={root} change={history.set} fault={fault} />
              {tried && blanks > 0 && (
                <p role="alert" className={style.fault}>
                  {said.blanksLeft}
                </p>
              )}
            </fieldset>
          </Card>
          {definition && <Members preview={preview} definition={definition} />}
        </div>
        <div className={style.panel}>
          <LiveCount
            preview={preview}
            about={about}
            asked={definition !== undefined}
            blanks={blanks}
            refused={fault !== undefined && problemIn(preview.error) !== undefined}
          />
        </div>
      </div>
    </Page>
  )
}

type Saving = {
  readonly known: SegmentRow | undefined
  readonly name: string
  readonly definition: Definition | undefined
}

function useSaving({ known, name, definition }: Saving) {
  const said = useWords(text)
  const queries = useQueryClient()
  const [, go] = useLocation()
  return useMutation({
    mutationFn: () => {
      if (!definition) return Promise.reject(new Error('a segment without a condition'))
      const body = {
        name: name.trim(),
        description: known?.description ?? '',
        definition: definition,
      }
      return known ? changeSegment(known.id, body) : createSegment(body)
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['segments'] })
      notifications.show({ message: said.saved })
      go(`/segments/${id}`)
    },
  })
}
