import { Button, FileButton, SegmentedControl, TextInput } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useState } from 'react'
import { useSearchParams } from 'wouter'
import { problemIn } from '../api/client.ts'
import { type ImportKind, lookAtFile } from '../api/consents.ts'
import { useLanguage, useWords } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import style from './consent.module.css'
import { FileResult } from './file-result.tsx'
import { fileText } from './file-words.ts'

const kinds = ['consents', 'optOut080', 'oldTool'] as const

type Props = { readonly kind: ImportKind; readonly choose: (kind: ImportKind) => void }

/** A file of consents or refusals: what it is, what it would do, who answers for it. */
export function FileImport({ kind, choose }: Props) {
  const said = useWords(fileText)
  const language = useLanguage()
  const queries = useQueryClient()
  const [file, setFile] = useState<File>()
  const [from, setFrom] = useState('')
  const opened = Number(useSearchParams()[0].get('file'))
  const looking = useMutation({
    mutationFn: (chosen: File) => lookAtFile(chosen, { kind, from: from.trim() }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['consents', 'imports'] }),
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
          fullWidth
          classNames={{ label: style.kind ?? '' }}
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
          <FileResult key={looking.data.id} id={looking.data.id} taken={looking.data} />
        ) : opened > 0 && !file ? (
          <FileResult key={opened} id={opened} />
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
