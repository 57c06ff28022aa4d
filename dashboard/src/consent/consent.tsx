import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Link } from 'wouter'
import { type ImportKind, isUnderWay, listImports, refusedFileAddress } from '../api/consents.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { count, dayAndTime } from '../design/format.ts'
import style from './consent.module.css'
import { DueAlarms } from './due.tsx'
import { FileImport } from './file-import.tsx'
import { CalledOff, faultyLines, ImportProgress } from './file-result.tsx'
import { fileText } from './file-words.ts'
import { FirstSendCard } from './first-send.tsx'
import { NoticesCard } from './notices-form.tsx'
import { WordingsCard } from './wordings.tsx'

const text = words({
  title: { ko: '가져온 파일', en: 'Files brought' },
  file: { ko: '파일', en: 'File' },
  what: { ko: '내용', en: 'What' },
  by: { ko: '확인한 사람', en: 'Confirmed by' },
  at: { ko: '적용한 때', en: 'Applied' },
  counts: {
    ko: (consents: string, refusals: string) => `동의 ${consents}건 · 거부 ${refusals}건`,
    en: (consents: string, refusals: string) => `${consents} consents · ${refusals} refusals`,
  },
  refused: { ko: '읽지 못한 줄 내려받기', en: 'Download the lines not read' },
})

/** Everything about consent: the lock of the first message, files, notices, wordings. */
export function ConsentSettings() {
  const may = useMay('marketer')
  const [kind, setKind] = useState<ImportKind>('consents')
  const files = useRef<HTMLDivElement>(null)
  return (
    <div className={style.stack}>
      <DueAlarms />
      <FirstSendCard
        bring={(task) => {
          setKind(task)
          files.current?.scrollIntoView({ block: 'start' })
        }}
      />
      {may && (
        <div ref={files} style={{ scrollMarginTop: 72 }}>
          <FileImport kind={kind} choose={setKind} />
        </div>
      )}
      <PastImports />
      <NoticesCard />
      <WordingsCard />
    </div>
  )
}

function PastImports() {
  const said = useWords(text)
  const kinds = useWords(fileText)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer')
  const past = useQuery({
    queryKey: ['consents', 'imports'],
    queryFn: ({ signal }) => listImports(signal),
    refetchInterval: (query) => (query.state.data?.items.some(isUnderWay) ? 1_000 : false),
  })
  const items = past.data?.items ?? []
  if (items.length === 0) return null
  const when = { timeZone: shop.timeZone, language }
  return (
    <Card title={said.title}>
      <div className={style.scroll}>
        <table className={`${style.table} ${style.stacked}`}>
          <thead>
            <tr>
              <th scope="col">{said.file}</th>
              <th scope="col">{said.what}</th>
              <th scope="col">{said.by}</th>
              <th scope="col">{said.at}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <td>
                  {one.fileName}
                  {may && one.counts !== null && faultyLines(one.counts) > 0 && (
                    <>
                      <br />
                      <Anchor href={refusedFileAddress(one.id)} download size="sm">
                        {said.refused}
                      </Anchor>
                    </>
                  )}
                </td>
                <td>
                  {kinds[one.kind]}
                  <br />
                  {one.counts !== null &&
                    said.counts(
                      count(one.counts.consents, language),
                      count(one.counts.refusals, language),
                    )}
                </td>
                <td>{one.attestedBy}</td>
                <td>
                  {isUnderWay(one) && <ImportProgress file={one} short />}
                  {one.state === 'failed' && kinds.failed}
                  {one.state === 'cancelled' && <CalledOff file={one} />}
                  {one.state === 'looked_at' && (
                    <>
                      {kinds.waiting}
                      <br />
                      <Anchor component={Link} href={`/settings/consent?file=${one.id}`} size="sm">
                        {kinds.openIt}
                      </Anchor>
                    </>
                  )}
                  {one.state === 'done' &&
                    one.appliedAt !== null &&
                    dayAndTime(one.appliedAt, when)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
