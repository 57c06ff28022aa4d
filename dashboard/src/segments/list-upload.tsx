import { Button, FileButton, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useState } from 'react'
import { problemIn } from '../api/client.ts'
import { createList, type ListRow, type Uploaded, uploadToList } from '../api/lists.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { count, people } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import style from './lists.module.css'
import { firstLines } from './peek.ts'

const text = words({
  title: { ko: '파일 올리기', en: 'Upload a file' },
  drop: { ko: 'CSV 파일을 여기에 놓거나', en: 'Drop a CSV file here, or' },
  pick: { ko: '파일 고르기', en: 'pick a file' },
  other: { ko: '다른 파일 고르기', en: 'Pick another file' },
  what: {
    ko: '회원 아이디, 이메일, 전화번호 가운데 하나가 있으면 돼요. 첫 줄은 제목이어도 되고, 엑셀에서 저장한 파일(CP949)도 읽어요. 10만 줄까지요.',
    en: 'One column of member ids, e-mails or phone numbers is enough; a header is welcome. UTF-8 or CP949, up to 100,000 lines.',
  },
  peek: { ko: '파일의 첫 줄들', en: 'The first lines of the file' },
  to: { ko: '어느 명단에', en: 'Into which list' },
  fresh: { ko: '새 명단', en: 'A new list' },
  name: { ko: '새 명단의 이름', en: 'Name of the new list' },
  how: { ko: '무엇을 할까요', en: 'What to do' },
  added: { ko: '명단에 더하기', en: 'Add to the list' },
  removed: { ko: '명단에서 빼기', en: 'Take off the list' },
  go: {
    ko: (lines: string) => `${lines}줄 올리기`,
    en: (lines: string) => `Upload ${lines} lines`,
  },
  done: { ko: '다 읽었어요', en: 'Read' },
  matched: { ko: '우리 고객과 짝이 맞음', en: 'Matched with customers' },
  unmatched: { ko: '찾지 못함', en: 'Not found' },
  changed: { ko: '새로 바뀐 고객', en: 'Newly changed' },
  line: { ko: '줄', en: 'Line' },
  value: { ko: '적힌 값', en: 'It says' },
  reason: { ko: '까닭', en: 'Why' },
  empty: { ko: '비어 있어요', en: 'It is empty' },
  not_found: { ko: '그런 고객이 없어요', en: 'There is no such customer' },
  too_many: { ko: '명단이 가득 찼어요', en: 'The list is full' },
})

const freshValue = 'new'

/** Puts the people of a file on a list: a look at the file first, then who was found and who was not. */
export function ListUpload({ lists }: { readonly lists: readonly ListRow[] }) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [file, setFile] = useState<File>()
  const [lines, setLines] = useState<readonly string[]>([])
  const [total, setTotal] = useState(0)
  const [to, setTo] = useState(freshValue)
  const [name, setName] = useState('')
  const [change, setChange] = useState<'added' | 'removed'>('added')
  const uploading = useMutation({
    mutationFn: async (chosen: File): Promise<Uploaded> => {
      const id = to === freshValue ? (await createList(name.trim())).id : Number(to)
      setTo(String(id))
      return uploadToList(id, chosen, to === freshValue ? 'added' : change)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['lists'] }),
  })
  const take = async (chosen: File | null | undefined) => {
    if (!chosen) return
    const peeked = await firstLines(chosen)
    setFile(chosen)
    setLines(peeked.lines)
    setTotal(peeked.total)
    if (name === '') setName(chosen.name.replace(/\.[^.]+$/, '').slice(0, 100))
    uploading.reset()
  }
  const ready = file && (to !== freshValue || name.trim() !== '')
  return (
    <Card title={said.title}>
      <Drop take={take} again={file !== undefined} />
      {file && (
        <div className={style.form}>
          <div>
            <h3 className={style.subtitle}>{said.peek}</h3>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
            <pre className={style.peek} tabIndex={0}>
              {lines.join('\n')}
            </pre>
          </div>
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
            {to === freshValue ? (
              <TextInput
                label={said.name}
                maxLength={100}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            ) : (
              <SegmentedControl
                aria-label={said.how}
                data={(['added', 'removed'] as const).map((value) => ({
                  value,
                  label: said[value],
                }))}
                value={change}
                onChange={(next) => setChange(next === 'removed' ? next : 'added')}
              />
            )}
            <Button
              disabled={!ready || uploading.isSuccess}
              loading={uploading.isPending}
              onClick={() => uploading.mutate(file)}
            >
              {said.go(count(total, language))}
            </Button>
          </div>
          {uploading.error && (
            <p role="alert" className={style.fault}>
              {problemSentence(problemIn(uploading.error), language)}
            </p>
          )}
          {uploading.data && <Result uploaded={uploading.data} />}
        </div>
      )}
    </Card>
  )
}

type DropProps = {
  readonly take: (file: File | null | undefined) => Promise<void>
  readonly again: boolean
}

function Drop({ take, again }: DropProps) {
  const said = useWords(text)
  const [over, setOver] = useState(false)
  const hold = (event: DragEvent, next: boolean) => {
    event.preventDefault()
    setOver(next)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard
    <div
      className={`${style.drop} ${over ? style.over : ''}`}
      onDragOver={(event) => hold(event, true)}
      onDragLeave={(event) => hold(event, false)}
      onDrop={(event) => {
        hold(event, false)
        void take(event.dataTransfer.files[0])
      }}
    >
      <IconUpload size={22} aria-hidden />
      <span>{said.drop}</span>
      <FileButton onChange={(file) => void take(file)} accept=".csv,.txt,text/csv,text/plain">
        {(props) => (
          <Button variant="default" {...props}>
            {again ? said.other : said.pick}
          </Button>
        )}
      </FileButton>
      <p className={style.hint}>{said.what}</p>
    </div>
  )
}

function Result({ uploaded }: { readonly uploaded: Uploaded }) {
  const said = useWords(text)
  const language = useLanguage()
  const { matched, unmatched, changed, refused } = uploaded
  return (
    <div role="status" className={style.result}>
      <dl className={style.numbers}>
        {(
          [
            ['matched', matched],
            ['unmatched', unmatched],
            ['changed', changed],
          ] as const
        ).map(([key, value]) => (
          <div key={key}>
            <dt>{said[key]}</dt>
            <dd>{people(value, language)}</dd>
          </div>
        ))}
      </dl>
      {refused.length > 0 && (
        <div className={style.scroll}>
          <table className={style.refused} aria-label={said.unmatched}>
            <thead>
              <tr>
                <th scope="col">{said.line}</th>
                <th scope="col">{said.value}</th>
                <th scope="col">{said.reason}</th>
              </tr>
            </thead>
            <tbody>
              {refused.slice(0, 50).map(({ line, value, reason }) => (
                <tr key={line}>
                  <td>{line}</td>
                  <td>{value}</td>
                  <td>{said[reason]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
