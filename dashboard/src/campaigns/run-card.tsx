import { Button, Modal, Progress } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { decideRun, getRuns, type Run } from '../api/runs.ts'
import { useLanguage, useWords } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { count, dayAndTime, people, percent } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import { runWords } from './run-words.ts'
import style from './runs.module.css'

/** How often a run under way is looked at, and whether one has begun. */
const lookEveryMs = 5_000
const lookForMs = 15_000
/** A run is noted so much after its time at most: who looks at the very instant sees neither it nor a next one. */
const notedMs = 2_000

/** How far the newest sending of a scheduled campaign is, and what a person may decide about it. Nothing for others. */
export function RunCard({ campaign }: { readonly campaign: number }) {
  const said = useSaid()
  const language = useLanguage()
  const { shop } = useSession()
  const { data } = useQuery({
    queryKey: ['campaigns', 'runs', campaign],
    queryFn: ({ signal }) => getRuns(campaign, signal),
    refetchInterval: ({ state }) => lookAfterMs(state.data),
  })
  const run = data?.items[0]
  if (!data || (!run && data.next === null)) return null
  const at = (time: number) => dayAndTime(time, { timeZone: shop.timeZone, language })
  const next = data.next === null ? undefined : said.next(at(data.next))
  return (
    <div className={style.above}>
      <Card title={said.title} note={run ? noteOf(run, said, at) : undefined}>
        <div className={style.stack}>
          {run && <Progressing campaign={campaign} run={run} at={at} />}
          {next && <p className={style.says}>{next}</p>}
        </div>
      </Card>
    </div>
  )
}

const useSaid = () => useWords(runWords)
type Said = ReturnType<typeof useSaid>

function noteOf(run: Run, said: Said, at: (time: number) => string): string {
  return said.due(at(run.dueAt))
}

function isOpen(run: Run | undefined): boolean {
  return run !== undefined && run.state !== 'done' && run.state !== 'cancelled'
}

type RunProps = {
  readonly campaign: number
  readonly run: Run
  readonly at: (time: number) => string
}

function Progressing({ campaign, run, at }: RunProps) {
  const said = useSaid()
  const language = useLanguage()
  const may = useMay('marketer')
  const [word, setWord] = useState<'continue' | 'cancel'>()
  const { called, counts, state } = run
  // It was counted when the run began; who came into the segment on the way is called too.
  const audience = run.audience === null ? null : Math.max(run.audience, called)
  const asks = state === 'asking'
  const goesOn = isOpen(run)
  const numbers = [
    [
      said.called,
      audience === null
        ? people(called, language)
        : said.ofAll(count(called, language), people(audience, language)),
    ],
    ...(counts
      ? ([
          [said.sent, count(counts.sent, language)],
          [said.queued, count(counts.queued, language)],
          [said.failed, count(counts.failed, language)],
          [said.optOuts, people(counts.optOuts, language)],
        ] as const)
      : []),
  ] as const
  return (
    <>
      <p className={`${style.says} ${asks ? style.asks : ''}`} role={asks ? 'alert' : undefined}>
        {sentenceOf(run, said, at)}
      </p>
      {audience !== null && goesOn && (
        <Progress
          value={audience === 0 ? 100 : (called / audience) * 100}
          aria-label={said.called}
          {...(asks ? { color: 'red.9' } : {})}
        />
      )}
      <dl className={style.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {may && goesOn && (
        <div className={style.buttons}>
          <Button variant="default" onClick={() => setWord('cancel')}>
            {said.giveUp}
          </Button>
          {(asks || state === 'waiting') && (
            <Button onClick={() => setWord('continue')}>{said.goOn}</Button>
          )}
        </div>
      )}
      {word && (
        <Confirm campaign={campaign} run={run} word={word} close={() => setWord(undefined)} />
      )}
    </>
  )
}

function sentenceOf(run: Run, said: Said, at: (time: number) => string): string {
  switch (run.state) {
    case 'calling_first':
      return said.calling_first(percent(run.share))
    case 'waiting':
      return said.waiting(at(run.waitUntil ?? run.dueAt))
    case 'asking':
    case 'cancelled':
      return run.reason === null ? said[run.state] : said[run.reason]
    default:
      return said[run.state]
  }
}

type ConfirmProps = {
  readonly campaign: number
  readonly run: Run
  readonly word: 'continue' | 'cancel'
  readonly close: () => void
}

function Confirm({ campaign, run, word, close }: ConfirmProps) {
  const said = useSaid()
  const language = useLanguage()
  const queries = useQueryClient()
  const rest = people(Math.max(0, (run.audience ?? run.called) - run.called), language)
  const deciding = useMutation({
    mutationFn: () => decideRun(campaign, { id: run.id, word }),
    onSuccess: async () => {
      close()
      await queries.invalidateQueries({ queryKey: ['campaigns', 'runs', campaign] })
    },
  })
  const goes = word === 'continue'
  return (
    <Modal opened onClose={close} title={goes ? said.goOnTitle : said.giveUpTitle}>
      <div className={style.stack}>
        <p className={style.says}>{goes ? said.goOnSays(rest) : said.giveUpSays(rest)}</p>
        {deciding.error && <Failure error={deciding.error} />}
        <div className={style.buttons}>
          <Button variant="default" onClick={close}>
            {said.back}
          </Button>
          <Button
            {...(goes ? {} : { color: 'red.9' })}
            loading={deciding.isPending}
            onClick={() => deciding.mutate()}
            data-autofocus
          >
            {goes ? said.goOn : said.giveUp}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

/** A run under way is looked at often, and one that is about to begin when it begins. */
function lookAfterMs(data: Awaited<ReturnType<typeof getRuns>> | undefined): number {
  if (isOpen(data?.items[0])) return lookEveryMs
  const next = data?.next ?? null
  if (next === null) return lookForMs
  return Math.min(lookForMs, Math.max(lookEveryMs, next - Date.now() + notedMs))
}
