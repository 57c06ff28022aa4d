import { Progress } from '@mantine/core'
import type { ListFile } from '../api/lists.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { count } from '../design/format.ts'
import style from './lists.module.css'

const text = words({
  opening: {
    ko: '파일을 읽고 있어요. 아직 아무것도 바꾸지 않았어요.',
    en: 'Reading the file. Nothing has been changed yet.',
  },
  looking: {
    ko: (done: string, total: string) =>
      `고객을 찾고 있어요. ${total}줄 가운데 ${done}줄 봤어요. 아직 아무것도 바꾸지 않았어요.`,
    en: (done: string, total: string) =>
      `Looking for its people: ${done} of ${total} lines. Nothing has been changed yet.`,
  },
  applying: {
    ko: (done: string, total: string) =>
      `명단을 바꾸고 있어요. ${total}줄 가운데 ${done}줄 했어요.`,
    en: (done: string, total: string) => `Changing the list: ${done} of ${total} lines.`,
  },
  goesOn: {
    ko: '이 화면을 닫거나 서버를 다시 켜도 이어서 진행돼요.',
    en: 'It goes on when you close this page or restart the server.',
  },
})

/** How far a worker is with a file. */
export function ListFileProgress({ file }: { readonly file: ListFile }) {
  const said = useWords(text)
  const language = useLanguage()
  const { state, done, total } = file
  const parts = [count(done, language), count(total ?? 0, language)] as const
  const label =
    total === null ? said.opening : said[state === 'looking' ? 'looking' : 'applying'](...parts)
  const percent = Math.floor((done / Math.max(1, total ?? 1)) * 100)
  return (
    <div className={style.refusal}>
      <p role="status" className={style.quiet}>
        {label}
      </p>
      <Progress value={percent} aria-label={label} />
      <span className={style.quiet}>{said.goesOn}</span>
    </div>
  )
}
