import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { problemIn } from '../api/client.ts'
import { type ImportKind, lookAtFile } from '../api/consents.ts'
import { useLanguage, useWords } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { FileDrop } from '../design/file-drop.tsx'
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
  const take = (chosen: File) => {
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
        <FileDrop
          says={file ? file.name : said.drop}
          pick={file ? said.other : said.pick}
          hint={`${said[`${kind}Hint`]} ${said.limits}`}
          accept=".csv,.txt,text/csv,text/plain"
          take={([chosen]) => take(chosen)}
        />
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
