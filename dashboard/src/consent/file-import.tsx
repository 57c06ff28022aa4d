import { Button, FileButton, SegmentedControl, TextInput } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useState } from 'react'
import { problemIn } from '../api/client.ts'
import {
  applyImport,
  type ImportKind,
  type LookedAt,
  lookAtFile,
  refusedFileAddress,
  type Signature,
} from '../api/consents.ts'
import { useLanguage, useWords } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { count } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import style from './consent.module.css'
import { fileText } from './file-words.ts'
import { Sign } from './sign.tsx'

const kinds = ['consents', 'optOut080', 'oldTool'] as const
const shownRefused = 50

type Props = { readonly kind: ImportKind; readonly choose: (kind: ImportKind) => void }

/** A file of consents or refusals: what it is, what it would do, who answers for it. */
export function FileImport({ kind, choose }: Props) {
  const said = useWords(fileText)
  const language = useLanguage()
  const [file, setFile] = useState<File>()
  const [from, setFrom] = useState('')
  const looking = useMutation({
    mutationFn: (chosen: File) => lookAtFile(chosen, { kind, from: from.trim() }),
  })
  const take = (chosen: File | null | undefined) => {
    if (!chosen) return
    setFile(chosen)
    looking.reset()
  }
  return (
    <Card title={said.title} note={said.note}>
      <div className={style.form}>
        <SegmentedControl
          aria-label={said.kind}
          data={kinds.map((value) => ({ value, label: said[value] }))}
          value={kind}
          onChange={(next) => {
            choose(kinds.find((one) => one === next) ?? kind)
            looking.reset()
          }}
        />
        <Drop hint={said[`${kind}Hint`]} file={file} take={take} />
        {kind === 'consents' && (
          <TextInput
            label={said.from}
            description={said.fromHint}
            maxLength={200}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        )}
        {looking.error && (
          <p role="alert" style={{ color: 'var(--broken)', margin: 0 }}>
            {problemSentence(problemIn(looking.error), language)}
          </p>
        )}
        {looking.data ? (
          <Looked key={looking.data.id} kind={kind} looked={looking.data} />
        ) : (
          <div>
            <Button
              disabled={!file}
              loading={looking.isPending}
              onClick={() => file && looking.mutate(file)}
            >
              {said.look}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}

type DropProps = {
  readonly hint: string
  readonly file: File | undefined
  readonly take: (file: File | null | undefined) => void
}

function Drop({ hint, file, take }: DropProps) {
  const said = useWords(fileText)
  const [over, setOver] = useState(false)
  const hold = (event: DragEvent, next: boolean) => {
    event.preventDefault()
    setOver(next)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard
    <div
      className={`${style.drop} ${over ? style.over : ''}`}
      onDragOver={(event) => hold(event, true)}
      onDragLeave={(event) => hold(event, false)}
      onDrop={(event) => {
        hold(event, false)
        take(event.dataTransfer.files[0])
      }}
    >
      <IconUpload size={22} aria-hidden />
      <span>{file ? file.name : said.drop}</span>
      <FileButton onChange={take} accept=".csv,.txt,text/csv,text/plain">
        {(props) => (
          <Button variant="default" {...props}>
            {file ? said.other : said.pick}
          </Button>
        )}
      </FileButton>
      <p className={style.hint}>
        {hint} {said.limits}
      </p>
    </div>
  )
}

function Looked({ kind, looked }: { readonly kind: ImportKind; readonly looked: LookedAt }) {
  const said = useWords(fileText)
  const language = useLanguage()
  const queries = useQueryClient()
  const applying = useMutation({
    mutationFn: (by: Signature) => applyImport(looked.id, by),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['consents'] }),
  })
  const counts = applying.data?.counts ?? looked.counts
  const changes = counts.consents + counts.refusals
  return (
    <div className={style.form} role="status">
      <Numbers counts={counts} />
      {looked.refused.length > 0 && <RefusedLines looked={looked} />}
      {applying.data ? (
        <p style={{ margin: 0, fontWeight: 600 }}>{said.done}</p>
      ) : (
        <Sign
          sentence={said[`sentence_${kind}`]}
          go={changes === 0 ? said.nothing : said.go(count(changes, language))}
          pending={applying.isPending}
          error={applying.error}
          sign={(by) => applying.mutate(by)}
        />
      )}
    </div>
  )
}

function Numbers({ counts }: { readonly counts: LookedAt['counts'] }) {
  const said = useWords(fileText)
  const language = useLanguage()
  const faulty = Object.values(counts.faults).reduce((sum, one) => sum + one, 0)
  const shown = [
    [said.newConsents, counts.consents],
    [said.newRefusals, counts.refusals],
    [said.already, counts.already],
    [said.newPeople, counts.newPeople],
    [said.unknownRefused, counts.unknownRefused],
    [said.outweighed, counts.outweighed],
    [said.faulty, faulty],
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

function RefusedLines({ looked }: { readonly looked: LookedAt }) {
  const said = useWords(fileText)
  return (
    <div className={style.form}>
      <div className={style.scroll}>
        <table className={style.table} aria-label={said.faulty}>
          <thead>
            <tr>
              <th scope="col">{said.line}</th>
              <th scope="col">{said.reason}</th>
              <th scope="col">{said.value}</th>
            </tr>
          </thead>
          <tbody>
            {looked.refused.slice(0, shownRefused).map(({ line, reason, value }) => (
              <tr key={line}>
                <td>{line}</td>
                <td>{said[reason]}</td>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div>
        <Button component="a" variant="default" href={refusedFileAddress(looked.id)} download>
          {said.download}
        </Button>
      </div>
    </div>
  )
}
