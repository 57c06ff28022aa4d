import { problemIn } from '../../api/client.ts'
import { inLanguage, type Language, useLanguage, useWords, words } from '../../app/language.ts'
import { problemSentence } from '../../design/problem-words.ts'
import style from './files.module.css'

const text = words({
  locked: {
    ko: '암호가 걸린 파일이에요. 엑셀에서 열어 암호를 풀고 다시 저장해 주세요.',
    en: 'The file has a password. Open it in Excel, take the password off and save it again.',
  },
  old: {
    ko: '옛날 엑셀(.xls) 파일이에요. 엑셀에서 열어 .xlsx나 CSV로 다시 저장해 주세요.',
    en: 'It is an old .xls. Open it in Excel and save it as .xlsx or CSV.',
  },
  page: {
    ko: '이름만 .xls이고 표가 없는 웹 페이지예요. 엑셀에서 열어 .xlsx나 CSV로 다시 저장해 주세요.',
    en: 'It is a web page without a table that is only called .xls. Open it in Excel and save it as .xlsx or CSV.',
  },
  large: {
    ko: '파일이 너무 커요. 20만 줄, 32MB까지예요. 기간을 나눠 내려받아 주세요.',
    en: 'The file is too large: 200,000 lines and 32 MB at most. Export shorter periods.',
  },
  empty: {
    ko: '빈 파일이에요. 다시 내려받아 주세요.',
    en: 'The file is empty: export it again.',
  },
  noLines: {
    ko: '제목 줄만 있고 그 아래 내용이 없어요. 기간이나 조건을 바꿔 다시 내려받아 주세요.',
    en: 'There are headings and nothing below them: export it again with another period.',
  },
  noSheet: {
    ko: '내용이 있는 엑셀 시트를 찾지 못했어요. 엑셀에서 열어 .xlsx로 다시 저장해 주세요.',
    en: 'It has no sheet with lines. Open it in Excel and save it as .xlsx again.',
  },
  forgotten: {
    ko: '올려 둔 파일을 이미 지웠어요. 다시 놓아 주세요.',
    en: 'The file was forgotten meanwhile: drop it again.',
  },
  quote: {
    ko: (line: string) =>
      `${line}번째 줄 근처에 닫히지 않은 큰따옴표(")가 있어요. 지우고 다시 저장해 주세요.`,
    en: (line: string) => `Near line ${line} a quotation mark (") is never closed: take it out.`,
  },
  unreadable: {
    ko: '파일을 읽지 못했어요. 빈 파일이 아닌지 보고, 엑셀에서 .xlsx나 CSV로 다시 저장해 주세요.',
    en: 'The file cannot be read. See that it is not empty, and save it as .xlsx or CSV.',
  },
})

/** Why a file was not taken, and what to do about it. */
export function DroppedFault({ error }: { readonly error: unknown }) {
  const said = useWords(text)
  const language = useLanguage()
  const problem = problemIn(error)
  const isTooLarge = error instanceof FileTooLarge
  const isOfFile = problem?.code === 'invalid' || problem?.code === 'too-large'
  return (
    <p role="alert" className={style.fault}>
      {isTooLarge
        ? said.large
        : isOfFile
          ? fileFault(problem.detail, language)
          : problemSentence(problem, language)}
    </p>
  )
}

/** The server's sentences about files, by what they say; the first that fits. */
const faults = [
  [/password/, 'locked'],
  [/old \.xls/, 'old'],
  [/web page|web archive/, 'page'],
  [/too much|may have|split it|too large/, 'large'],
  [/is empty/, 'empty'],
  [/no lines below/, 'noLines'],
  [/no sheet with lines|no Excel workbook/, 'noSheet'],
  [/forgotten/, 'forgotten'],
] as const

/** Not even sent: the server would not take it. */
export class FileTooLarge extends Error {}

/** The server's sentence about a file, in the words of whoever brought it; null: it said none. */
export function fileFault(detail: string | null, language: Language): string {
  const said = inLanguage(text, language)
  if (detail === null) return said.unreadable
  const line = /quotation mark .* line (\d+)/.exec(detail)?.[1]
  if (line !== undefined) return said.quote(line)
  const fault = faults.find(([pattern]) => pattern.test(detail))
  return fault ? said[fault[1]] : said.unreadable
}
