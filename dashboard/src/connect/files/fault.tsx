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
  const isOfFile = problem?.code === 'invalid' || problem?.code === 'too-large'
  return (
    <p role="alert" className={style.fault}>
      {isOfFile ? fileFault(problem.detail, said) : problemSentence(problem, language)}
    </p>
  )
}

type Said = Readonly<Record<'wrongLocked' | 'wrongPage' | 'wrongLarge' | 'wrong', string>>

/** The server's sentence about a file, in the words of whoever brought it. */
export function fileFault(detail: string, said: Said): string {
  if (/password/.test(detail)) return said.wrongLocked
  if (/web page/.test(detail)) return said.wrongPage
  if (/too much|may have|split it/.test(detail)) return said.wrongLarge
  return said.wrong
}
