import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ListChangeKind, listChanges } from '../../../server/src/segments/lists/list.ts'
import { problemIn } from '../api/client.ts'
import { checkFile, createList, type ListRow, type Uploaded, uploadToList } from '../api/lists.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { people } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import { Bones } from '../design/states.tsx'
import { ListAnswer } from './list-answer.tsx'
import { ListDrop } from './list-drop.tsx'
import style from './lists.module.css'
import { firstLines } from './peek.ts'

const text = words({
  title: { ko: '파일 올리기', en: 'Upload a file' },
  peek: { ko: '파일의 첫 줄들', en: 'The first lines of the file' },
  to: { ko: '어느 명단에', en: 'Into which list' },
  fresh: { ko: '새 명단', en: 'A new list' },
  name: { ko: '새 명단의 이름', en: 'Name of the new list' },
  how: { ko: '무엇을 할까요', en: 'What to do' },
  added: { ko: '명단에 더하기', en: 'Add to the list' },
  removed: { ko: '명단에서 빼기', en: 'Take off the list' },
  reading: {
    ko: '파일을 읽고 고객을 찾고 있어요. 아직 아무것도 바꾸지 않았어요.',
    en: 'Reading the file and looking for its people. Nothing has been changed yet.',
  },
  before: {
    ko: '아직 올리지 않았어요. 살펴보고 아래 단추를 누르면 명단이 바뀌어요.',
    en: 'Nothing is uploaded yet. Look it over; the button below changes the list.',
  },
  nobody: {
    ko: '이 파일로 바뀔 고객이 없어요.',
    en: 'This file changes nobody.',
  },
  goAdded: {
    ko: (who: string) => `${who}을 명단에 더하기`,
    en: (who: string) => `Add ${who} to the list`,
  },
  goRemoved: {
    ko: (who: string) => `${who}을 명단에서 빼기`,
    en: (who: string) => `Take ${who} off the list`,
  },
  doneAdded: {
    ko: (who: string) => `${who}을 명단에 더했어요.`,
    en: (who: string) => `${who} added to the list.`,
  },
  doneRemoved: {
    ko: (who: string) => `${who}을 명단에서 뺐어요.`,
    en: (who: string) => `${who} taken off the list.`,
  },
  invalid: {
    ko: '누구인지 알려 주는 열을 찾지 못했어요. 빈 파일이 아닌지 보고, 첫 줄에 ‘회원아이디’, ‘이메일’, ‘전화번호’ 가운데 하나를 제목으로 적어 주세요.',
    en: 'No column says who. See that the file is not empty, and name a column “member id”, “email” or “phone” in its first line.',
  },
  'too-large': {
    ko: '파일이 너무 커요. 10만 줄, 16MB까지 올릴 수 있으니 나눠서 올려 주세요.',
    en: 'The file is too large: 100,000 lines and 16 MB at most. Upload it in parts.',
  },
  'too-many': {
    ko: '명단 하나에는 20만 명까지, 명단은 100개까지 둘 수 있어요.',
    en: 'A list may hold 200,000 people, and a shop 100 lists.',
  },
  rest: {
    ko: (who: string) => `찾은 고객 가운데 ${who}은 이미 그래서 그대로예요.`,
    en: (who: string) => `Of those found, ${who} stay as they are.`,
  },
})

const freshValue = 'new'

/** A file as it was picked: `pick` tells apart two picks of one name. */
type Picked = { readonly file: File; readonly pick: number; readonly lines: readonly string[] }

/** Puts the people of a file on a list: first what the file would do, then, when asked to, it is done. */
export function ListUpload({ lists }: { readonly lists: readonly ListRow[] }) {
  const said = useWords(text)
  const [picked, setPicked] = useState<Picked>()
  const [to, setTo] = useState(freshValue)
  const [name, setName] = useState('')
  const [wanted, setWanted] = useState<ListChangeKind>('added')
  const [done, setDone] = useState<Done>()
  const fresh = to === freshValue
  const change = fresh ? 'added' : wanted
  const take = async (file: File | null | undefined) => {
    if (!file) return
    const { lines } = await firstLines(file)
    setPicked((before) => ({ file, lines, pick: (before?.pick ?? 0) + 1 }))
    setDone(undefined)
    if (done) setTo(freshValue)
    if (name === '' || done) setName(file.name.replace(/\.[^.]+$/, '').slice(0, 100))
  }
  return (
    <Card title={said.title}>
      <ListDrop take={take} again={picked !== undefined} />
      {picked && (
        <div className={style.form}>
          <div>
            <h3 className={style.subtitle}>{said.peek}</h3>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
            <pre className={style.peek} tabIndex={0}>
              {picked.lines.join('\n')}
            </pre>
          </div>
          {done ? (
            <Result done={done} />
          ) : (
            <>
              <div className={style.fields}>
                <Select
                  label={said.to}
                  allowDeselect={false}
                  data={[
                    { value: freshValue, label: said.fresh },
                    ...lists.map(({ id, name: known }) => ({ value: String(id), label: known })),
                  ]}
                  value={to}
                  onChange={(next) => setTo(next ?? freshValue)}
                />
                {fresh ? (
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
                    value={wanted}
                    onChange={(next) => setWanted(next === 'removed' ? next : 'added')}
                  />
                )}
              </div>
              <Check
                picked={picked}
                to={fresh ? { name: name.trim() } : { list: Number(to) }}
                change={change}
                made={(id) => setTo(String(id))}
                finish={(uploaded) => setDone({ uploaded, change })}
              />
            </>
          )}
        </div>
      )}
    </Card>
  )
}

type CheckProps = {
  readonly picked: Picked
  /** A list there is, or the name of a new one. */
  readonly to: { readonly list: number } | { readonly name: string }
  readonly change: ListChangeKind
  /** The new list is there: whatever comes now, it is not made twice. */
  readonly made: (id: number) => void
  readonly finish: (uploaded: Uploaded) => void
}

/** What the file would do, and the button that does it. */
function Check({ picked, to, change, made, finish }: CheckProps) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const list = 'list' in to ? to.list : undefined
  const uploading = useMutation({
    mutationFn: async (): Promise<Uploaded> => {
      if ('list' in to) return uploadToList(to.list, picked.file, change)
      const { id } = await createList(to.name)
      made(id)
      return uploadToList(id, picked.file, change)
    },
    onSuccess: finish,
    onSettled: () => queries.invalidateQueries({ queryKey: ['lists'] }),
  })
  const checked = useQuery({
    queryKey: ['list-check', picked.pick, list, change],
    queryFn: ({ signal }) => checkFile(picked.file, { list, change }, signal),
    // Switching the list keeps the last answer in sight; while the file is being uploaded nothing is asked.
    enabled: !uploading.isPending,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const error = uploading.error ?? checked.error
  const fault = problemIn(error)
  const answer = checked.data
  const who = people(answer?.changed ?? 0, language)
  return (
    <div className={style.result}>
      {checked.isPending && (
        <>
          <p role="status" className={style.quiet}>
            {said.reading}
          </p>
          <Bones lines={3} />
        </>
      )}
      {answer && (
        <>
          <p role="status" className={style.quiet}>
            {answer.changed > 0 ? said.before : said.nobody}
          </p>
          <ListAnswer answer={answer} />
          {answer.changed > 0 && (
            <div>
              <Button
                disabled={checked.isPlaceholderData || ('name' in to && to.name === '')}
                loading={uploading.isPending}
                onClick={() => uploading.mutate()}
              >
                {change === 'added' ? said.goAdded(who) : said.goRemoved(who)}
              </Button>
            </div>
          )}
        </>
      )}
      {error && (
        <p role="alert" className={style.fault}>
          {fault?.code === 'invalid' || fault?.code === 'too-large' || fault?.code === 'too-many'
            ? said[fault.code]
            : problemSentence(fault, language)}
        </p>
      )}
    </div>
  )
}

type Done = { readonly uploaded: Uploaded; readonly change: ListChangeKind }

function Result({ done }: { readonly done: Done }) {
  const said = useWords(text)
  const language = useLanguage()
  const { changed, people: found } = done.uploaded
  const who = people(changed, language)
  return (
    <div role="status" className={style.result}>
      <p>
        <b>{done.change === 'added' ? said.doneAdded(who) : said.doneRemoved(who)}</b>{' '}
        {found > changed && said.rest(people(found - changed, language))}
      </p>
      <ListAnswer answer={done.uploaded} />
    </div>
  )
}
