import { problemIn } from '../../api/client.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { problemSentence } from '../../design/problem-words.ts'
import { fileText } from './file-words.ts'
import style from './files.module.css'

/** Why a file was not taken, and what to do about it. */
export function DroppedFault({ error }: { readonly error: unknown }) {
  const said = useWords(fileText)
  const language = useLanguage()
  const problem = problemIn(error)
  const isTooLarge = error instanceof FileTooLarge
  const isOfFile = problem?.code === 'invalid' || problem?.code === 'too-large'
  return (
    <p role="alert" className={style.fault}>
      {isTooLarge
        ? said.wrongLarge
        : isOfFile
          ? fileFault(problem.detail, said)
          : problemSentence(problem, language)}
    </p>
  )
}

/** The server's sentences about files, by what they say; the first that fits. */
const faults = [
  [/password/, 'wrongLocked'],
  [/old \.xls/, 'wrongOld'],
  [/web page|web archive/, 'wrongPage'],
  [/too much|may have|split it|too large/, 'wrongLarge'],
  [/is empty/, 'wrongEmpty'],
  [/no lines below/, 'wrongNoLines'],
  [/no sheet with lines|no Excel workbook/, 'wrongNoSheet'],
  [/forgotten/, 'wrongForgotten'],
] as const
type Said = Readonly<Record<(typeof faults)[number][1] | 'wrong', string>> & {
  readonly wrongQuote: (line: string) => string
}

/** Not even sent: the server would not take it. */
export class FileTooLarge extends Error {}

/** The server's sentence about a file, in the words of whoever brought it. */
export function fileFault(detail: string, said: Said): string {
  const line = /quotation mark .* line (\d+)/.exec(detail)?.[1]
  if (line !== undefined) return said.wrongQuote(line)
  const fault = faults.find(([pattern]) => pattern.test(detail))
  return fault ? said[fault[1]] : said.wrong
}
