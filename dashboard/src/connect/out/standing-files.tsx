import { Anchor, Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { standingProblemWords } from '../../../../server/src/reports/standing/problem.ts'
import {
  listStandingFiles,
  removeStandingFile,
  runStandingFile,
  type StandingFile,
  type StandingRun,
} from '../../api/standing-files.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { Card } from '../../design/card.tsx'
import { dayAndTime } from '../../design/format.ts'
import { Bones, Failure, type Meaning, Tag } from '../../design/states.tsx'
import style from '../../segments/segments.module.css'
import { NewStandingFile, useSegmentsToLeave } from './new-standing-file.tsx'
import { outText } from './out-words.ts'

const meanings: Readonly<Record<StandingRun['state'], Meaning>> = {
  running: 'attention',
  done: 'caused',
  failed: 'broken',
}

/** Files that are written again and again, and what came of the last ones. */
export function StandingFiles() {
  const said = useWords(outText)
  const files = useQuery({
    queryKey: ['standing-files'],
    queryFn: ({ signal }) => listStandingFiles(signal),
    refetchInterval: 5_000,
  })
  return (
    <div className={style.stack}>
      <Card title={said.title} note={said.note}>
        <NewStandingFile />
      </Card>
      <Card flush>
        {files.error ? (
          <Failure error={files.error} retry={() => files.refetch()} />
        ) : files.data ? (
          <ul className={style.members}>
            {files.data.items.length === 0 && <li className={style.why}>{said.none}</li>}
            {files.data.items.map((file) => (
              <li key={file.id}>
                <OneFile file={file} />
              </li>
            ))}
          </ul>
        ) : (
          <Bones lines={2} />
        )}
      </Card>
    </div>
  )
}

function OneFile({ file }: { readonly file: StandingFile }) {
  const said = useWords(outText)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: ['standing-files'] })
  const running = useMutation({ mutationFn: () => runStandingFile(file.id), onSuccess: again })
  const [asking, { open, close }] = useDisclosure(false)
  const segments = useSegmentsToLeave()
  const { place, what } = file
  const leaving =
    what.kind === 'segment'
      ? (segments.data?.items.find(({ id }) => id === what.segment)?.name ?? said.segment)
      : what.names.join(', ')
  const nextAt = dayAndTime(file.nextAt, { timeZone, language }, Date.now())
  const where = place.kind === 'server' ? place.url : said[place.kind]
  return (
    <>
      <span style={{ flex: '1 1 240px', minWidth: 0 }}>
        <b style={{ overflowWrap: 'anywhere' }}>{file.name}</b>
        <div className={style.why} style={{ overflowWrap: 'anywhere' }}>
          {leaving} · {said[file.every.kind]} · {where}
          {!file.isAgain && ` · ${said.next(nextAt)}`}
        </div>
        {file.isAgain && (
          <Tag meaning="attention" dot>
            {said.again(nextAt)}
          </Tag>
        )}
      </span>
      <span className={style.inline}>
        <Button
          size="compact-sm"
          variant="default"
          loading={running.isPending}
          onClick={() => running.mutate()}
        >
          {said.run}
        </Button>
        <Button size="compact-sm" variant="default" onClick={open}>
          {said.remove}
        </Button>
      </span>
      {asking && <Remove file={file} close={close} />}
      {running.error && <Failure error={running.error} />}
      {file.runs.length > 0 && (
        <ul className={style.plainList} style={{ flexBasis: '100%' }}>
          {file.runs.map((run) => (
            <li key={run.id} className={style.inline}>
              <Run run={run} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Asks before a file is written no more: nothing of it can be brought back. */
function Remove({ file, close }: { readonly file: StandingFile; readonly close: () => void }) {
  const said = useWords(outText)
  const queries = useQueryClient()
  const removing = useMutation({
    mutationFn: () => removeStandingFile(file.id),
    onSuccess: async () => {
      close()
      await queries.invalidateQueries({ queryKey: ['standing-files'] })
    },
  })
  return (
    <Modal opened onClose={close} title={said.removeTitle}>
      <p style={{ overflowWrap: 'anywhere' }}>{said.removeSays(file.name)}</p>
      {removing.error && <Failure error={removing.error} />}
      <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8, marginTop: 16 }}>
        <Button variant="default" onClick={close}>
          {said.cancel}
        </Button>
        <Button
          color="red.9"
          loading={removing.isPending}
          onClick={() => removing.mutate()}
          data-autofocus
        >
          {said.remove}
        </Button>
      </div>
    </Modal>
  )
}

function Run({ run }: { readonly run: StandingRun }) {
  const said = useWords(outText)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const { problem, mail } = run
  const time = (at: number) => dayAndTime(at, { timeZone, language }, Date.now())
  return (
    <>
      <Tag meaning={meanings[run.state]} dot>
        {said[run.state]}
      </Tag>
      <span className={style.why}>
        {time(run.begunAt)}
        {run.state === 'done' && ` · ${said.rows(run.rows.toLocaleString('en'))}`}
        {problem !== null && ` · ${standingProblemWords(problem, language)}`}
      </span>
      {run.url !== null && (
        <Anchor href={new URL(run.url).pathname} size="sm" title={said.kept}>
          {said.fetch}
        </Anchor>
      )}
      {mail && (
        <span className={style.why} style={{ flexBasis: '100%', overflowWrap: 'anywhere' }}>
          {said.untold(mail.untold.join(', '))} · {standingProblemWords(mail.problem, language)} ·{' '}
          {mail.againAt === null ? said.mailOver : said.mailAgain(time(mail.againAt))}
        </span>
      )}
    </>
  )
}
