import { Button, FileButton } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { bringExposure, type Split } from '../api/outside-splits.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { count, people, percent } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import style from './splits.module.css'

const text = words({
  title: { ko: '실제로 받은 사람 (선택)', en: 'Who really got it (optional)' },
  note: {
    ko: '도구에서 받은 발송 결과를 올리면 얼마나 닿았는지 보여 드려요. 비교할 사람은 바뀌지 않아요.',
    en: 'Upload what your tool says was delivered to see how far it reached. It does not change who is compared.',
  },
  pick: { ko: '파일 올리기', en: 'Upload a file' },
  again: { ko: '다른 파일 올리기', en: 'Upload another file' },
  what: {
    ko: '회원 아이디, 이메일, 전화번호 중 하나가 있는 CSV예요. 받은 사람만 담아 주세요.',
    en: 'A CSV with member ids, e-mails or phones, of those only who got it.',
  },
  reading: { ko: '파일을 읽고 있어요.', en: 'Reading the file.' },
  failed: {
    ko: '파일을 읽지 못했어요. 첫 줄에 이메일, 전화번호, 회원 아이디 중 하나를 적어 주세요.',
    en: 'The file could not be read: name a column e-mail, phone or member id in its first row.',
  },
  nobody: {
    ko: (rows: string) =>
      `${rows}줄을 읽었지만 아는 고객을 찾지 못했어요. 엑셀 파일이라면 CSV로 저장하고, 회원 아이디·이메일·전화번호 칸의 이름이 첫 줄에 있는지 확인해 주세요.`,
    en: (rows: string) =>
      `${rows} lines were read and nobody was found. Save an Excel file as CSV, and name the column of member ids, e-mails or phones in its first row.`,
  },
  sent: {
    ko: (got: string, share: string) => `보낼 사람 중 ${got}(${share})이 받았어요.`,
    en: (got: string, share: string) => `${got} (${share}) of those to send to got it.`,
  },
  held: {
    ko: (got: string, share: string) =>
      `대조군 ${got}(${share})도 받았어요. 그만큼 효과가 작게 보여요.`,
    en: (got: string, share: string) =>
      `${got} (${share}) of those held out got it too: the effect looks smaller by that.`,
  },
  heldNone: { ko: '대조군에는 받은 사람이 없어요.', en: 'Nobody held out got it.' },
  lines: {
    ko: (matched: string, rows: string) => `${rows}줄 가운데 ${matched}줄에서 고객을 찾았어요.`,
    en: (matched: string, rows: string) => `${matched} of ${rows} lines led to somebody.`,
  },
  strangers: {
    ko: (n: string) => `두 명단에 없는 고객도 ${n} 있어요.`,
    en: (n: string) => `${n} in the file are on neither list.`,
  },
})

/** The other tool's own word on who got it: told, and left out of the comparison. */
export function SplitExposure({ split }: { readonly split: Split }) {
  const said = useWords(text)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const bringing = useMutation({
    mutationFn: (file: File) => bringExposure(split.id, file),
    onSuccess: (next) => queries.setQueryData(['splits', 'one', split.id], next),
  })
  const { exposure } = split
  if (!may && !exposure) return null
  return (
    <Card title={said.title} note={said.note}>
      <div className={style.stack}>
        {exposure?.state === 'reading' && <p role="status">{said.reading}</p>}
        {exposure?.state === 'failed' && <p role="alert">{said.failed}</p>}
        {exposure?.state === 'read' && <Reached split={split} />}
        {bringing.error && <Failure error={bringing.error} />}
        {may && exposure?.state !== 'reading' && (
          <div className={style.row}>
            <FileButton
              onChange={(file) => file && bringing.mutate(file)}
              accept=".csv,.txt,text/csv,text/plain"
            >
              {(props) => (
                <Button variant="default" loading={bringing.isPending} {...props}>
                  {exposure ? said.again : said.pick}
                </Button>
              )}
            </FileButton>
            <p className={style.note}>{said.what}</p>
          </div>
        )}
      </div>
    </Card>
  )
}

function Reached({ split: { treatment, holdout, exposure } }: { readonly split: Split }) {
  const said = useWords(text)
  const language = useLanguage()
  const parts = (side: Split['treatment']) => {
    const got = side.exposed ?? 0
    return [people(got, language), percent(side.people > 0 ? got / side.people : 0)] as const
  }
  const answer = exposure?.answer
  if (answer?.matched === 0) return <p role="alert">{said.nobody(count(answer.rows, language))}</p>
  return (
    <div role="status">
      <p className={style.plan}>
        {said.sent(...parts(treatment))}{' '}
        {(holdout.exposed ?? 0) > 0 ? said.held(...parts(holdout)) : said.heldNone}
      </p>
      {answer && (
        <p className={style.note}>
          {said.lines(count(answer.matched, language), count(answer.rows, language))}{' '}
          {answer.strangers > 0 && said.strangers(people(answer.strangers, language))}
        </p>
      )}
    </div>
  )
}
