import { Button, SegmentedControl, Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type FileField,
  fieldsOf,
  fileKinds,
} from '../../../../server/src/connect/files/headings.ts'
import {
  chooseColumns,
  type DroppedFile,
  type FileKind,
  type FileMapping,
  type ShownFile,
  shownFile,
} from '../../api/dropped-files.ts'
import { useWords, words } from '../../app/language.ts'
import { DroppedFault } from './fault.tsx'
import { fieldNames, kindNames } from './file-words.ts'
import style from './files.module.css'

const text = words({
  columns: { ko: '어느 열을 무엇으로 읽었나요', en: 'Which column is read as what' },
  columnsNote: {
    ko: '틀린 것이 있으면 바꿔 주세요. 제목 줄이 같은 다음 파일부터는 고른 대로 읽어요.',
    en: 'Set right what is wrong. The next file with the same headings is read as you chose.',
  },
  what: { ko: '이 파일은', en: 'This file holds' },
  none: { ko: '읽지 않음', en: 'Not read' },
  kept: { ko: '고른 대로 다시 읽기', en: 'Read it again so' },
  first: { ko: '파일의 첫 줄들', en: 'The first lines of the file' },
})

/** Which column is read as what, beside the file's first lines; a choice is remembered for files with the same headings. */
export function FileColumns({ file }: { readonly file: DroppedFile }) {
  const said = useWords(text)
  const shown = useQuery({
    queryKey: ['dropped', 'shown', file.id, file.state, file.kind],
    queryFn: ({ signal }) => shownFile(file.id, signal),
  })
  if (!shown.data || shown.data.headings.length === 0) return null
  return (
    <details className={style.columns} open={file.understood === null}>
      <summary>{said.columns}</summary>
      <Chooser file={file} shown={shown.data} />
    </details>
  )
}

type Props = { readonly file: DroppedFile; readonly shown: ShownFile }

function Chooser({ file, shown }: Props) {
  const said = useWords(text)
  const kinds = useWords(kindNames)
  const names = useWords(fieldNames)
  const queries = useQueryClient()
  const [kind, setKind] = useState<FileKind>(file.kind ?? 'orders')
  const [mapping, setMapping] = useState<FileMapping>(shown.mapping)
  const choosing = useMutation({
    mutationFn: () => {
      const days = file.understood?.doubtfulDay?.order
      return chooseColumns(file.id, { kind, mapping, ...(days === undefined ? {} : { days }) })
    },
    onSuccess: (next) => queries.setQueryData(['dropped', 'file', file.id], next),
  })
  const columns = [
    { value: '-', label: said.none },
    ...shown.headings.map((name, at) => ({ value: `${at}`, label: name || `${at + 1}` })),
  ]
  const put = (field: FileField, value: string | null) => {
    const { [field]: _, ...others } = mapping
    setMapping(value === null || value === '-' ? others : { ...others, [field]: Number(value) })
  }
  return (
    <div className={style.stack} style={{ marginTop: 12 }}>
      <p className={style.quiet}>{said.columnsNote}</p>
      <div className={style.acts}>
        <span>{said.what}</span>
        <SegmentedControl
          aria-label={said.what}
          data={fileKinds.map((value) => ({ value, label: kinds[value] }))}
          value={kind}
          onChange={(next) => setKind(fileKinds.find((one) => one === next) ?? kind)}
        />
      </div>
      <div className={style.fields}>
        {fieldsOf[kind].map((field) => (
          <Select
            key={field}
            label={names[field]}
            size="sm"
            searchable
            allowDeselect={false}
            data={columns}
            value={mapping[field] === undefined ? '-' : `${mapping[field]}`}
            onChange={(value) => put(field, value)}
          />
        ))}
      </div>
      <div>
        <Button variant="default" loading={choosing.isPending} onClick={() => choosing.mutate()}>
          {said.kept}
        </Button>
      </div>
      {choosing.error && <DroppedFault error={choosing.error} />}
      <FirstLines shown={shown} kind={kind} mapping={mapping} />
    </div>
  )
}

function FirstLines({
  shown,
  kind,
  mapping,
}: {
  readonly shown: ShownFile
  readonly kind: FileKind
  readonly mapping: FileMapping
}) {
  const said = useWords(text)
  const names = useWords(fieldNames)
  const fields: readonly FileField[] = fieldsOf[kind]
  const fieldAt = new Map(fields.map((field) => [mapping[field], names[field]]))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={style.scroll} tabIndex={0} aria-label={said.first}>
      <table className={style.table}>
        <thead>
          <tr>
            {shown.headings.map((name, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
              <th key={at} scope="col">
                {name || at + 1}
                <br />
                <span className={style.said}>{fieldAt.get(at) ?? '·'}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.first.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
            <tr key={line}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
