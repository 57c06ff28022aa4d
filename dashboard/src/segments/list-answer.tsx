import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { refusedWords } from '../../../server/src/segments/lists/refused-words.ts'
import { type FileAnswer, type ReadColumn, unusedLines, unusedLinesAddress } from '../api/lists.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { count, people } from '../design/format.ts'
import style from './lists.module.css'

const text = words({
  recognised: { ko: '알아본 열', en: 'Columns recognised' },
  user: { ko: '회원 아이디', en: 'Member ids' },
  customer: { ko: '고객 번호', en: 'Customer ids' },
  email: { ko: '이메일', en: 'E-mails' },
  phone: { ko: '전화번호', en: 'Phone numbers' },
  named: { ko: (name: string) => `‘${name}’ 열`, en: (name: string) => `column “${name}”` },
  place: { ko: (at: string) => `${at}번째 열`, en: (at: string) => `column ${at}` },
  cells: {
    ko: (filled: string, led: string) => `${filled}줄에 적혀 있고, ${led}줄에서 고객을 찾았어요`,
    en: (filled: string, led: string) => `filled in ${filled} lines, found somebody in ${led}`,
  },
  lines: { ko: '읽은 줄', en: 'Lines read' },
  people: { ko: '찾은 고객', en: 'Customers found' },
  unmatched: { ko: '쓰지 못하는 줄', en: 'Lines of no use' },
  count: { ko: (n: string) => `${n}줄`, en: (n: string) => n },
  line: { ko: '줄', en: 'Line' },
  value: { ko: '적힌 값', en: 'It says' },
  reason: { ko: '까닭', en: 'Why' },
  first: {
    ko: (n: string) => `처음 ${n}줄만 보여드려요.`,
    en: (n: string) => `The first ${n} lines are shown.`,
  },
  download: { ko: '쓰지 못하는 줄 내려받기', en: 'Download these lines' },
  ...refusedWords,
})

/** What a file says and whom it leads to: the columns recognised, the counts, and the lines of no use. */
export function ListAnswer({ id, answer }: { readonly id: number; readonly answer: FileAnswer }) {
  const said = useWords(text)
  const language = useLanguage()
  const { columns, rows, unmatched } = answer
  const numbers = [
    ['lines', said.count(count(rows, language))],
    ['people', people(answer.people, language)],
    ['unmatched', said.count(count(unmatched, language))],
  ] as const
  return (
    <>
      <div>
        <h3 className={style.subtitle}>{said.recognised}</h3>
        <ul className={style.columns}>
          {columns.map((column) => (
            <Column key={column.kind} column={column} />
          ))}
        </ul>
      </div>
      <dl className={style.numbers}>
        {numbers.map(([key, value]) => (
          <div key={key}>
            <dt>{said[key]}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {unmatched > 0 && <Refused file={id} of={unmatched} />}
    </>
  )
}

function Column({ column }: { readonly column: ReadColumn }) {
  const said = useWords(text)
  const language = useLanguage()
  const { kind, at, name, filled, led } = column
  return (
    <li>
      <b>{said[kind]}</b>{' '}
      <span className={style.quiet}>
        ({name ? said.named(name) : said.place(count(at + 1, language))})
      </span>{' '}
      {said.cells(count(filled, language), count(led, language))}
    </li>
  )
}

type RefusedProps = { readonly file: number; readonly of: number }

function Refused({ file, of }: RefusedProps) {
  const said = useWords(text)
  const language = useLanguage()
  const lines = useQuery({
    queryKey: ['lists', 'file', file, 'lines'],
    queryFn: ({ signal }) => unusedLines(file, signal),
  })
  const refused = lines.data?.items ?? []
  // They are forgotten with a file that was called off.
  if (lines.data && refused.length === 0) return null
  return (
    <div className={style.refusal}>
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
            {refused.map(({ line, value, reason }) => (
              <tr key={line}>
                <td>{count(line, language)}</td>
                <td className={style.value}>{value}</td>
                <td>{said[reason]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={style.after}>
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} />}
          href={unusedLinesAddress(file)}
          download
        >
          {said.download}
        </Button>
        {of > refused.length && (
          <span className={style.quiet}>{said.first(count(refused.length, language))}</span>
        )}
      </div>
    </div>
  )
}
