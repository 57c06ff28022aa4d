import { Button, Progress } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import {
  applyImport,
  type ConsentImport,
  cancelImport,
  getImport,
  getShownLines,
  type ImportCounts,
  isUnderWay,
  refusedFileAddress,
  type Signature,
} from '../api/consents.ts'
import { useLanguage, useWords } from '../app/language.ts'
import { count } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import style from './consent.module.css'
import { fileText } from './file-words.ts'
import { Sign } from './sign.tsx'

const shownRefused = 50

type FileProps = {
  readonly id: number
  /** What was told of it when it was brought. */
  readonly taken?: ConsentImport | undefined
}

/** A file from the moment it was taken in: how far it is, what it would do, who answers for it, what it did. */
export function FileResult({ id, taken }: FileProps) {
  const said = useWords(fileText)
  const language = useLanguage()
  const queries = useQueryClient()
  const now = useQuery({
    queryKey: ['consents', 'import', id],
    queryFn: ({ signal }) => getImport(id, signal),
    ...(taken ? { initialData: taken } : {}),
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? 700 : false),
  })
  const file = now.data
  const applying = useMutation({
    mutationFn: (by: Signature) => applyImport(id, by),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['consents'] }),
  })
  const stopping = useMutation({
    mutationFn: () => cancelImport(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['consents'] }),
  })
  const isDone = file?.state === 'done'
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ['consents'] })
  }, [isDone, queries])
  if (now.error) return <Failure error={now.error} />
  if (!file) return <Bones lines={3} />
  const { counts } = file
  const mayApply = file.state === 'looked_at' || (file.state === 'failed' && counts !== null)
  const changes = counts === null ? 0 : counts.consents + counts.refusals
  return (
    <div className={style.form} role="status">
      <p style={{ margin: 0 }}>
        <b>{file.fileName}</b> · {said[file.kind]}
      </p>
      {isUnderWay(file) && <ImportProgress file={file} />}
      {file.problem !== null && (
        <p role="alert" style={{ color: 'var(--broken)', margin: 0 }}>
          {said.failed}{' '}
          {problemSentence(
            { status: 400, code: 'invalid', title: '', detail: file.problem, field: 'file' },
            language,
          )}
        </p>
      )}
      {counts !== null && <Numbers counts={counts} />}
      {counts !== null && faultyLines(counts) > 0 && <RefusedLines id={file.id} />}
      {file.state === 'cancelled' && (
        <p style={{ margin: 0 }}>
          <CalledOff file={file} />
        </p>
      )}
      {isDone && <p style={{ margin: 0, fontWeight: 600 }}>{said.done}</p>}
      {mayApply && (
        <Sign
          sentence={said[`sentence_${file.kind}`]}
          go={changes === 0 ? said.nothing : said.go(count(changes, language))}
          pending={applying.isPending}
          error={applying.error}
          sign={(by) => applying.mutate(by)}
        />
      )}
      {(isUnderWay(file) || mayApply) && (
        <div>
          <Button
            variant="subtle"
            color="gray"
            loading={stopping.isPending}
            onClick={() => stopping.mutate()}
          >
            {said.stop}
          </Button>
        </div>
      )}
    </div>
  )
}

/** How far a worker is with a file; it goes on when the page is closed. */
export function ImportProgress({ file, short = false }: ProgressProps) {
  const said = useWords(fileText)
  const language = useLanguage()
  const { done, total, state } = file
  const percent = Math.floor((done / Math.max(1, total ?? 100)) * 100)
  const label =
    state === 'looking'
      ? said.looking(`${percent}`)
      : total === null
        ? said.preparing(`${percent}`)
        : said.applying(count(done, language), count(total, language))
  return (
    <div className={style.form}>
      <span>{label}</span>
      <Progress value={percent} aria-label={label} />
      {!short && <span className={style.quiet}>{said.goesOn}</span>}
    </div>
  )
}
type ProgressProps = { readonly file: ConsentImport; readonly short?: boolean }

/** What a file did before it was called off. */
export function CalledOff({ file }: Pick<ProgressProps, 'file'>) {
  const said = useWords(fileText)
  const language = useLanguage()
  const { attestedBy, done, total } = file
  if (attestedBy === null || total === null) return said.cancelled
  return said.cancelledAt(count(done, language), count(total, language))
}

/** Lines of a file that do nothing. */
export function faultyLines(counts: ImportCounts): number {
  return Object.values(counts.faults).reduce((sum, one) => sum + one, 0)
}

function Numbers({ counts }: { readonly counts: ImportCounts }) {
  const said = useWords(fileText)
  const language = useLanguage()
  const shown = [
    [said.newConsents, counts.consents],
    [said.newRefusals, counts.refusals],
    [said.already, counts.already],
    [said.newPeople, counts.newPeople],
    [said.unknownRefused, counts.unknownRefused],
    [said.outweighed, counts.outweighed],
    [said.faulty, faultyLines(counts)],
  ] as const
  return (
    <dl className={style.numbers}>
      {shown
        .filter(([, value], index) => value > 0 || index < 2)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count(value, language)}</dd>
          </div>
        ))}
    </dl>
  )
}

function RefusedLines({ id }: { readonly id: number }) {
  const said = useWords(fileText)
  const lines = useQuery({
    queryKey: ['consents', 'import', id, 'lines'],
    queryFn: ({ signal }) => getShownLines(id, signal),
  })
  return (
    <div className={style.form}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={style.scroll} aria-label={said.faulty} tabIndex={0}>
        <table className={style.table} aria-label={said.faulty}>
          <thead>
            <tr>
              <th scope="col">{said.line}</th>
              <th scope="col">{said.reason}</th>
              <th scope="col">{said.value}</th>
            </tr>
          </thead>
          <tbody>
            {(lines.data?.items ?? []).slice(0, shownRefused).map(({ line, reason, value }) => (
              <tr key={line}>
                <td>{line}</td>
                <td>{said[reason]}</td>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div>
        <Button component="a" variant="default" href={refusedFileAddress(id)} download>
          {said.download}
        </Button>
      </div>
    </div>
  )
}
