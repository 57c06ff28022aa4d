import { Button } from '@mantine/core'
import { problemIn } from '../api/client.ts'
import { isUnderWay, type ListFile } from '../api/lists.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { people } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import { ListFileProgress } from './list-file-progress.tsx'
import style from './lists.module.css'

const text = words({
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
  stop: { ko: '그만두기', en: 'Call it off' },
  stopped: { ko: '그만뒀어요. 아무것도 바꾸지 않았어요.', en: 'Called off. Nothing was changed.' },
  stoppedAfter: {
    ko: (who: string) => `그만뒀어요. 그 전에 바꾼 ${who}은 바뀐 그대로예요.`,
    en: (who: string) => `Called off. ${who} changed before stay changed.`,
  },
  again: { ko: '이어서 하기', en: 'Go on' },
  failed: {
    ko: '끝까지 하지 못했어요. 파일을 다시 올려 주세요.',
    en: 'It could not be finished. Upload the file again.',
  },
  rest: {
    ko: (who: string) => `찾은 고객 가운데 ${who}은 이미 그래서 그대로예요.`,
    en: (who: string) => `Of those found, ${who} stay as they are.`,
  },
})

/** What is going on with a file, in a sentence. */
export function FileState({ file }: { readonly file: ListFile }) {
  const said = useWords(text)
  const language = useLanguage()
  const { state, change, changed, answer, problem } = file
  const who = people(changed, language)
  if (isUnderWay(file)) return <ListFileProgress file={file} />
  if (state === 'failed') return <ProblemLine code={problem} />
  const sentence =
    state === 'looked_at'
      ? (answer?.changes ?? 0) > 0
        ? said.before
        : said.nobody
      : state === 'cancelled'
        ? changed > 0
          ? said.stoppedAfter(who)
          : said.stopped
        : change === 'added'
          ? said.doneAdded(who)
          : said.doneRemoved(who)
  const rest = (answer?.people ?? 0) - changed
  return (
    <p role="status" className={state === 'looked_at' ? style.quiet : undefined}>
      {state === 'done' ? <b>{sentence}</b> : sentence}{' '}
      {state === 'done' && rest > 0 && said.rest(people(rest, language))}
    </p>
  )
}

type ActsProps = {
  readonly file: ListFile
  readonly pending: boolean
  readonly isNamed: boolean
  readonly go: () => void
  readonly stop: () => void
}

/** The buttons below a file. */
export function FileActs({ file, pending, isNamed, go, stop }: ActsProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { state, answer, change } = file
  const who = people(answer?.changes ?? 0, language)
  const mayGo =
    answer !== null && (state === 'failed' || (state === 'looked_at' && answer.changes > 0))
  return (
    <div className={style.after}>
      {mayGo && (
        <Button disabled={!isNamed} loading={pending} onClick={go}>
          {state === 'failed'
            ? said.again
            : change === 'added'
              ? said.goAdded(who)
              : said.goRemoved(who)}
        </Button>
      )}
      {(isUnderWay(file) || mayGo) && (
        <Button variant="subtle" color="gray" disabled={pending} onClick={stop}>
          {said.stop}
        </Button>
      )}
    </div>
  )
}

/** Why it did not go, in this page's own words where it has any. */
export function Fault({ error }: { readonly error: Error }) {
  const language = useLanguage()
  const fault = problemIn(error)
  if (isOwn(fault?.code)) return <ProblemLine code={fault?.code ?? null} />
  return (
    <p role="alert" className={style.fault}>
      {problemSentence(fault, language)}
    </p>
  )
}

/** Refusals of a file that this page says in its own words. */
const ownProblems = ['invalid', 'too-large', 'too-many'] as const
const isOwn = (code: string | null | undefined): code is (typeof ownProblems)[number] =>
  ownProblems.some((one) => one === code)

function ProblemLine({ code }: { readonly code: string | null }) {
  const said = useWords(text)
  return (
    <p role="alert" className={style.fault}>
      {isOwn(code) ? said[code] : said.failed}
    </p>
  )
}
