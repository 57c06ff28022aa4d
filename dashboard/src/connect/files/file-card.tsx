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
import { useLanguage, useWords } from '../../app/language.ts'
import { useMay } from '../../app/session.tsx'
import { Card } from '../../design/card.tsx'
import { count } from '../../design/format.ts'
import { Bones, Failure, Tag } from '../../design/states.tsx'
import { DoubtfulDay } from './doubtful-day.tsx'
import { DroppedFault, fileFault } from './fault.tsx'
import { FileColumns } from './file-columns.tsx'
import { FileSays } from './file-says.tsx'
import { fileText, kindNames, layoutNames } from './file-words.ts'
import style from './files.module.css'

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
  const said = useWords(fileText)
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
        {file.problem ? fileFault(file.problem, said) : said.wrong}
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
  const said = useWords(fileText)
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
  const said = useWords(fileText)
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
