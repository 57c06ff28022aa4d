import { Button, Progress } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type Connection,
  type ConnectionProgress,
  disconnect,
  lookNow,
} from '../../api/connections.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { useMay, useSession } from '../../app/session.tsx'
import { Card } from '../../design/card.tsx'
import { cases, dayAndTime } from '../../design/format.ts'
import { Tag } from '../../design/states.tsx'
import { LetGo } from '../../settings/let-go.tsx'
import style from '../../settings/settings.module.css'
import { NativeOffers } from './native-offers.tsx'
import { platformWords } from './platform-words.ts'
import { SetUpLeft } from './set-up-left.tsx'
import { waysWords } from './ways-words.ts'

const troubles = ['denied', 'removed', 'refused', 'away'] as const
const resources = ['products', 'members', 'orders', 'coupons'] as const

/** One connection: whether it works, how far it is brought, and what can be done. */
export function ConnectionCard({ connection }: { readonly connection: Connection }) {
  const said = useWords(platformWords)
  const ways = useWords(waysWords)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('developer')
  const mayLook = useMay('developer', 'marketer')
  const queries = useQueryClient()
  const after = { onSuccess: () => queries.invalidateQueries({ queryKey: ['connections'] }) }
  const looking = useMutation({ mutationFn: () => lookNow(connection.id), ...after })
  const { state, lastOkAt, lastNoticeAt } = connection
  const when = { timeZone: shop.timeZone, language }
  const time = (at: number | null) => (at === null ? said.never : dayAndTime(at, when))
  const isOn = state === 'connected'
  const meaning = isOn ? 'caused' : state === 'broken' ? 'broken' : 'quiet'
  return (
    <Card
      title={`${ways[connection.kind]} · ${connection.name}`}
      beside={
        <Tag meaning={meaning} dot>
          {said[state]}
        </Tag>
      }
    >
      <div className={style.stack}>
        <Trouble connection={connection} time={time} />
        {connection.settleError && (
          <p className={style.trouble} role="status">
            {connection.settleError}
          </p>
        )}
        {resources.map((resource) => {
          const one = connection.progress.find((row) => row.resource === resource)
          return one && <Row key={resource} progress={one} isOn={isOn} time={time} />
        })}
        <p className={style.note}>
          {said.lastOk}: {time(lastOkAt)} · {said.lastNotice}: {time(lastNoticeAt)}
        </p>
        {isOn && connection.listsNative && <NativeOffers connection={connection.id} />}
        {isOn && <SetUpLeft connection={connection} />}
        <div className={style.buttons}>
          {isOn && mayLook && (
            <Button loading={looking.isPending} onClick={() => looking.mutate()}>
              {said.look}
            </Button>
          )}
          {may && state !== 'disconnected' && (
            <LetGo
              says={said.leave}
              saysAfter={said.disconnected}
              remove={() => disconnect(connection.id)}
              onRemoved={after.onSuccess}
            />
          )}
        </div>
      </div>
    </Card>
  )
}

/** What is wrong, since when, and what to do; what the platform said stands beside it. */
function Trouble({
  connection: { error, detail, lasting },
  time,
}: {
  readonly connection: Connection
  readonly time: (at: number) => string
}) {
  const said = useWords(platformWords)
  const kind = lasting?.kind ?? error
  if (kind === null) return null
  const known = troubles.find((one) => one === kind)
  // Their own words begin with the status of the answer; ours say nothing that the sentence does not.
  const theirs = /^\d{3} ./.test(detail ?? '') ? detail : null
  return (
    <div className={style.trouble} role="alert">
      <p>
        {lasting && `${said.since(time(lasting.since))} `}
        {known ? said[known] : said.unknown}
      </p>
      {lasting && kind === 'away' && <p>{said.awayLong}</p>}
      {theirs && (
        <p className={style.note}>
          {said.theirs}: {theirs}
        </p>
      )}
    </div>
  )
}

type RowProps = {
  readonly progress: ConnectionProgress
  readonly isOn: boolean
  readonly time: (at: number | null) => string
}

function Row({ progress, isOn, time }: RowProps) {
  const said = useWords(platformWords)
  const language = useLanguage()
  const { state, total, done, known } = progress
  const isBringing = isOn && state === 'backfill'
  const how = !isOn
    ? said.brought
    : state === 'following'
      ? said.following
      : state === 'backfill'
        ? said.bringing
        : said.waiting
  return (
    <div>
      <div className={style.label}>
        {said[progress.resource]} {cases(known, language)}
      </div>
      {isBringing && (
        <Progress
          aria-label={said[progress.resource]}
          value={total ? Math.min(100, (done / total) * 100) : 100}
          animated
        />
      )}
      <p className={style.note}>
        {how}
        {progress.watermark !== null && ` · ${said.upTo} ${time(progress.watermark)}`}
        {progress.error !== null && ` · ${said.stumbled}`}
        {progress.refused > 0 && ` · ${said.refusedRows} ${cases(progress.refused, language)}`}
      </p>
    </div>
  )
}
