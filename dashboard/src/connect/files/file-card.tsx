import { Button, Progress, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import {
  bringDropped,
  cancelDropped,
  type DroppedFile,
  droppedFile,
  isInHand,
  toConsents,
} from '../../api/dropped-files.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { useMay } from '../../app/session.tsx'
import { Card } from '../../design/card.tsx'
import { count } from '../../design/format.ts'
import { Bones, Failure, Tag } from '../../design/states.tsx'
import { DoubtfulDay } from './doubtful-day.tsx'
import { DroppedFault, fileFault } from './fault.tsx'
import { FileColumns } from './file-columns.tsx'
import { FileSays } from './file-says.tsx'
import { kindNames, layoutNames } from './file-words.ts'
import style from './files.module.css'

const text = words({
  looking: {
    ko: '파일을 읽고 있어요. 아직 아무것도 바꾸지 않았어요.',
    en: 'Reading the file. Nothing has been changed yet.',
  },
  applying: {
    ko: (done: string, total: string) => `가져오고 있어요. ${total}건 가운데 ${done}건 했어요.`,
    en: (done: string, total: string) => `Bringing it: ${done} of ${total}.`,
  },
  goesOn: { ko: '이 화면을 닫아도 이어서 진행돼요.', en: 'It goes on when you close this page.' },
  cancelled: {
    ko: '그만뒀어요. 이미 가져온 것은 그대로 있어요.',
    en: 'Called off. What was brought already stays.',
  },
  failed: { ko: '끝까지 하지 못했어요.', en: 'It could not be finished.' },
  stop: { ko: '그만두기', en: 'Call it off' },
  again: { ko: '이어서 하기', en: 'Go on' },
  done: {
    ko: (fresh: string, changed: string, same: string) =>
      `다 가져왔어요. 새로 ${fresh}건, 바뀐 것 ${changed}건, 그대로 ${same}건이에요.`,
    en: (fresh: string, changed: string, same: string) =>
      `All brought: ${fresh} new, ${changed} changed, ${same} as they were.`,
  },
  settling: {
    ko: '화면의 숫자에는 잠시 뒤에 나타나요.',
    en: 'It shows in the numbers in a moment.',
  },
  next: { ko: '숫자가 맞는지 보기', en: 'See whether the numbers match' },
  go: { ko: (n: string) => `${n}건 가져오기`, en: (n: string) => `Bring ${n}` },
  no_messages: {
    ko: '파일로 가져온 지난 일로는 메시지가 나가지 않아요.',
    en: 'Nothing that is brought by file sets off a message.',
  },
  consents: {
    ko: '수신동의는 언제 어디서 받았는지 답할 사람의 이름이 있어야 해서 따로 가져와요.',
    en: 'Consents are brought apart: they need the day, the place and the name of whoever answers for them.',
  },
  consentsFrom: { ko: '어디에서 받은 동의인가요', en: 'Where were they given' },
  consentsFromHint: {
    ko: '출처 열이 없는 줄에 적혀요. 예: 자사몰 회원가입',
    en: 'Written for lines without a source column, e.g. sign-up on our shop',
  },
  consentsGo: { ko: '이 파일의 수신동의 살펴보기', en: 'Look at the consents of this file' },
  notReadable: {
    ko: '어느 열이 무엇인지 모자라요. 아래에서 골라 주세요.',
    en: 'Some columns are missing. Choose them below.',
  },
})

/** A file from the moment it was dropped: how far it is, what was understood, the button that brings it, what it came to. */
export function FileCard({ id }: { readonly id: number }) {
  const kinds = useWords(kindNames)
  const layouts = useWords(layoutNames)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const now = useQuery({
    queryKey: ['dropped', 'file', id],
    queryFn: ({ signal }) => droppedFile(id, signal),
    refetchInterval: (query) => (query.state.data && isInHand(query.state.data) ? 500 : false),
  })
  const file = now.data
  const hasEnded = file !== undefined && !isInHand(file)
  useEffect(() => {
    if (hasEnded) void queries.invalidateQueries({ queryKey: ['dropped', 'files'] })
  }, [hasEnded, queries])
  if (now.error) return <Failure error={now.error} retry={() => now.refetch()} />
  if (!file) return <Bones lines={4} />
  const isOpen = file.state === 'looked_at' || file.state === 'failed'
  return (
    <Card
      title={file.fileName}
      beside={
        file.kind && (
          <Tag meaning="accent">
            {layouts[file.layout ?? 'own']} · {kinds[file.kind]}
          </Tag>
        )
      }
    >
      <div className={style.stack}>
        <State file={file} />
        {file.understood && file.state !== 'cancelled' && <FileSays file={file} />}
        <DoubtfulDay file={file} />
        {may && <Acts file={file} />}
        {may && isOpen && file.kind !== null && <FileColumns file={file} />}
      </div>
    </Card>
  )
}

function State({ file }: { readonly file: DroppedFile }) {
  const said = useWords(text)
  const language = useLanguage()
  const { state, done, total, came } = file
  const shown = (value: number) => count(value, language)
  if (isInHand(file)) {
    const label = state === 'looking' ? said.looking : said.applying(shown(done), shown(total ?? 0))
    return (
      <div className={style.stack}>
        <p role="status" className={style.quiet}>
          {label}
        </p>
        <Progress value={(done / Math.max(1, total ?? 1)) * 100} aria-label={label} />
        <span className={style.quiet}>{said.goesOn}</span>
      </div>
    )
  }
  if (state === 'done')
    return (
      <div className={style.stack}>
        <p role="status">
          <b>
            {said.done(shown(came?.fresh ?? 0), shown(came?.changed ?? 0), shown(came?.same ?? 0))}
          </b>{' '}
          <span className={style.quiet}>{said.settling}</span>
        </p>
        <div>
          <Button component={Link} href="/connect/numbers">
            {said.next}
          </Button>
        </div>
      </div>
    )
  if (state === 'cancelled') return <p className={style.quiet}>{said.cancelled}</p>
  if (state === 'failed')
    return (
      <p role="alert" className={style.fault}>
        {total !== null && `${said.failed} `}
        {fileFault(file.problem, language)}
      </p>
    )
  if (file.understood === null && file.kind !== 'consents')
    return (
      <p role="alert" className={style.fault}>
        {said.notReadable}
      </p>
    )
  return null
}

function Acts({ file }: { readonly file: DroppedFile }) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const { id, state, would } = file
  const acting = useMutation({
    mutationFn: (act: () => Promise<DroppedFile>) => act(),
    onSuccess: (next) => {
      queries.setQueryData(['dropped', 'file', id], next)
      void queries.invalidateQueries({ queryKey: ['dropped', 'files'] })
    },
  })
  const news = (would?.fresh ?? 0) + (would?.changed ?? 0)
  const mayBring =
    file.kind !== 'consents' && (state === 'looked_at' || (state === 'failed' && would !== null))
  const mayStop = isInHand(file) || state === 'looked_at' || state === 'failed'
  return (
    <>
      {mayBring && news > 0 && <p className={style.quiet}>{said.no_messages}</p>}
      <div className={style.acts}>
        {mayBring && news > 0 && (
          <Button loading={acting.isPending} onClick={() => acting.mutate(() => bringDropped(id))}>
            {state === 'failed' ? said.again : said.go(count(news, language))}
          </Button>
        )}
        {mayStop && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => acting.mutate(() => cancelDropped(id))}
          >
            {said.stop}
          </Button>
        )}
      </div>
      {file.hasConsents && state === 'looked_at' && <ToConsents id={id} />}
      {acting.error && <DroppedFault error={acting.error} />}
    </>
  )
}

/** Passes the file on to the import of consents, with where they were given: a file of members does not say it. */
function ToConsents({ id }: { readonly id: number }) {
  const said = useWords(text)
  const [, go] = useLocation()
  const [from, setFrom] = useState('')
  const consenting = useMutation({
    mutationFn: () => toConsents(id, from.trim()),
    onSuccess: (made) => go(`/settings/consent?file=${made.id}`),
  })
  return (
    <form
      className={style.stack}
      onSubmit={(event) => {
        event.preventDefault()
        consenting.mutate()
      }}
    >
      <p className={style.quiet}>{said.consents}</p>
      <div className={style.acts} style={{ alignItems: 'flex-end' }}>
        <TextInput
          label={said.consentsFrom}
          description={said.consentsFromHint}
          value={from}
          maxLength={200}
          onChange={(event) => setFrom(event.currentTarget.value)}
          style={{ flex: '1 1 260px' }}
        />
        <Button type="submit" variant="default" loading={consenting.isPending}>
          {said.consentsGo}
        </Button>
      </div>
      {consenting.error && <DroppedFault error={consenting.error} />}
    </form>
  )
}
