import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { fileBytesLimit } from '../../../../server/src/connect/files/layout.ts'
import { type DroppedFile, dropFile, droppedFiles } from '../../api/dropped-files.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { useMay, useSession } from '../../app/session.tsx'
import { Card, Columns } from '../../design/card.tsx'
import { FileDrop } from '../../design/file-drop.tsx'
import { count, dayAndTime } from '../../design/format.ts'
import { Page } from '../../design/page.tsx'
import { Bones } from '../../design/states.tsx'
import { DroppedFault, FileTooLarge } from './fault.tsx'
import { FileCard } from './file-card.tsx'
import { fileText, kindNames, stateNames } from './file-words.ts'
import style from './files.module.css'

/** One page for every file of any shop: drop it, see what was understood, bring it. */
export function Files() {
  const said = useWords(fileText)
  const may = useMay('marketer')
  const [search, setSearch] = useSearchParams()
  const queries = useQueryClient()
  const opened = Number(search.get('file'))
  const earlier = useQuery({
    queryKey: ['dropped', 'files'],
    queryFn: ({ signal }) => droppedFiles(signal),
  })
  const dropping = useMutation({
    mutationFn: async (files: readonly File[]) => {
      if (files.some(({ size }) => size > fileBytesLimit)) throw new FileTooLarge()
      for (const [nth, file] of files.entries()) {
        const { id } = await dropFile(file)
        if (nth === 0) setSearch({ file: String(id) }, { replace: true })
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['dropped', 'files'] }),
  })
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      action={
        <Button component={Link} href="/connect/numbers" variant="default">
          {said.numbers}
        </Button>
      }
    >
      <Columns layout="side">
        <div className={style.stack}>
          {may && (
            <Card>
              <div className={style.stack}>
                <FileDrop
                  says={said.drop}
                  pick={opened > 0 ? said.other : said.pick}
                  hint={said.limits}
                  accept=".xlsx,.xls,.csv,.txt,text/csv,text/plain"
                  isMain={opened === 0}
                  take={dropping.mutate}
                  many
                />
                {dropping.isPending && (
                  <p role="status" className={style.quiet}>
                    {said.sending}
                  </p>
                )}
                {dropping.error && <DroppedFault error={dropping.error} />}
              </div>
            </Card>
          )}
          {opened > 0 && !dropping.isPending && <FileCard key={opened} id={opened} />}
          <Earlier files={earlier.data?.items} opened={opened} />
        </div>
        <About />
      </Columns>
    </Page>
  )
}

type EarlierProps = { readonly files: readonly DroppedFile[] | undefined; readonly opened: number }

function Earlier({ files, opened }: EarlierProps) {
  const said = useWords(fileText)
  const kinds = useWords(kindNames)
  const states = useWords(stateNames)
  const language = useLanguage()
  const { shop } = useSession()
  if (!files) return <Bones lines={3} />
  const others = files.filter(({ id }) => id !== opened)
  if (others.length === 0) return null
  return (
    <Card title={said.earlier} flush>
      <ul className={style.earlier}>
        {others.map((file) => (
          <li key={file.id}>
            <Link href={`/connect/files?file=${file.id}`} className={style.name ?? ''}>
              <b>{file.fileName}</b>
            </Link>
            <span className={style.quiet}>
              {file.kind && `${kinds[file.kind]} ${count(file.total ?? 0, language)} · `}
              {states[file.state]} ·{' '}
              {dayAndTime(file.madeAt, { timeZone: shop.timeZone, language })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Which files are read, what SmartStore's may be used for, and that files are not the only way to begin. */
function About() {
  const said = useWords(fileText)
  return (
    <div className={style.stack}>
      <Card title={said.which}>
        <p className={style.quiet}>{said.whichText}</p>
      </Card>
      <Card title={said.smartTitle}>
        <p className={style.quiet}>{said.smartText}</p>
      </Card>
      <Card title={said.startTitle}>
        <div className={style.stack}>
          <p className={style.quiet}>{said.startText}</p>
          <div>
            <Button component={Link} href="/settings/install" variant="default">
              {said.startGo}
            </Button>
          </div>
        </div>
      </Card>
    </div>
  )
}
