import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { problemIn } from '../api/client.ts'
import { changeSegment, createSegment, getSegment, type SegmentRow } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Page } from '../design/page.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import { Conditions } from './condition-list.tsx'
import { type Draft, definitionOf, draftOf } from './conditions.ts'
import { LiveCount, Members, usePreview } from './preview.tsx'
import { RemoveSegment } from './remove.tsx'
import style from './segments.module.css'

const text = words({
  new: { ko: '새 세그먼트', en: 'New segment' },
  segment: { ko: '세그먼트', en: 'Segment' },
  purpose: {
    ko: '문장의 빈칸을 고르면 몇 명인지 바로 세어 드려요.',
    en: 'Fill in the sentences; the number of people follows at once.',
  },
  back: { ko: '세그먼트', en: 'Segments' },
  name: { ko: '이름', en: 'Name' },
  namePlaceholder: { ko: '예: 담고 떠난 손님', en: 'For example: left something in the cart' },
  nameMissing: {
    ko: '나중에 알아볼 수 있게 이름을 적어 주세요.',
    en: 'Give it a name you will know it by.',
  },
  save: { ko: '세그먼트 저장하기', en: 'Save the segment' },
  saved: {
    ko: '저장했어요. 지금부터 실시간으로 들어오고 나가요.',
    en: 'Saved. People enter and leave from now on.',
  },
})

/** `/segments/new` and `/segments/12`: the definition as sentences, the count beside it. */
export function Builder() {
  const said = useWords(text)
  const { id } = useParams<{ readonly id: string }>()
  const known = useQuery({
    queryKey: ['segments', 'one', id],
    queryFn: ({ signal }) => getSegment(Number(id), signal),
    enabled: id !== 'new',
  })
  const back = { to: '/segments', label: said.back }
  if (id !== 'new' && !known.data) {
    return (
      <Page title={said.segment} back={back}>
        {known.error ? <Failure error={known.error} retry={() => known.refetch()} /> : <Bones />}
      </Page>
    )
  }
  return <Editing key={id} known={known.data} />
}

const empty: Draft = { join: 'all', conditions: [] }

function Editing({ known }: { readonly known: SegmentRow | undefined }) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [, go] = useLocation()
  const may = useMay('marketer')
  const [name, setName] = useState(known?.name ?? '')
  const [draft, setDraft] = useState<Draft>(known ? draftOf(known.definition) : empty)
  const [tried, setTried] = useState(false)
  const definition = definitionOf(draft)
  const preview = usePreview(definition)
  const saving = useMutation({
    mutationFn: () => {
      if (!definition) return Promise.reject(new Error('a segment without a condition'))
      const body = { name: name.trim(), description: known?.description ?? '', definition }
      return known ? changeSegment(known.id, body) : createSegment(body)
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['segments'] })
      notifications.show({ message: said.saved })
      go('/segments')
    },
  })
  const save = () => {
    setTried(true)
    if (name.trim() !== '' && definition) saving.mutate()
  }
  return (
    <Page
      title={known ? known.name : said.new}
      purpose={said.purpose}
      back={{ to: '/segments', label: said.back }}
      action={
        may && (
          <>
            {known && <RemoveSegment segment={known} />}
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
              label={said.name}
              size="md"
              maxLength={100}
              placeholder={said.namePlaceholder}
              value={name}
              disabled={!may}
              onChange={(event) => setName(event.currentTarget.value)}
              error={
                tried && name.trim() === ''
                  ? said.nameMissing
                  : saving.error
                    ? problemSentence(problemIn(saving.error), language)
                    : undefined
              }
            />
          </Card>
          <Card>
            <fieldset disabled={!may} style={{ all: 'unset', display: 'block' }}>
              <Conditions draft={draft} change={setDraft} />
            </fieldset>
          </Card>
          {definition && <Members preview={preview} definition={definition} />}
        </div>
        <div className={style.panel}>
          <LiveCount preview={preview} asked={definition !== undefined} />
        </div>
      </div>
    </Page>
  )
}
