import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useKeyset } from '../api/keyset.ts'
import { listVersions, restoreVersion, type Version } from '../api/segment-page.ts'
import type { SegmentRow } from '../api/segments.ts'
import { listMembers as listStaff } from '../api/settings.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime } from '../design/format.ts'
import { Bones, Failure, Tag } from '../design/states.tsx'
import { definitionSentence } from './say.ts'
import style from './segments.module.css'
import { useSources } from './sources.ts'

const text = words({
  title: { ko: '바뀐 기록', en: 'Versions' },
  note: {
    ko: '언제든 예전 조건으로 되돌릴 수 있어요. 되돌린 것도 기록으로 남아요.',
    en: 'Any earlier version can be had back; that is kept as a change too.',
  },
  now: { ko: '지금', en: 'now' },
  created: { ko: '만듦', en: 'made' },
  changed: { ko: '고침', en: 'changed' },
  restored: { ko: '되돌림', en: 'restored' },
  duplicated: { ko: '복제로 만듦', en: 'made as a copy' },
  undeleted: { ko: '지운 것을 되살림', en: 'brought back' },
  back: { ko: '이때로 되돌리기', en: 'Restore this one' },
  done: { ko: '그때의 조건으로 되돌렸어요.', en: 'Restored.' },
  key: { ko: 'API 키', en: 'API key' },
  system: { ko: '시스템', en: 'the system' },
  someone: { ko: '멤버', en: 'a member' },
  more: { ko: '더 보기', en: 'Show more' },
})

/** Every change of a segment, each can be had back. */
export function VersionsTab({ segment }: { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const queries = useQueryClient()
  const list = useKeyset(['segments', 'versions', segment.id], (after, signal) =>
    listVersions(segment.id, { after, limit: 20 }, signal),
  )
  const restoring = useMutation({
    mutationFn: (number: number) => restoreVersion(segment.id, number),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['segments'] })
      notifications.show({ message: said.done })
    },
  })
  return (
    <Card title={said.title} note={said.note} flush>
      {list.error ? (
        <Failure error={list.error} retry={list.retry} />
      ) : (
        !list.rows && <Bones lines={4} />
      )}
      {restoring.error && <Failure error={restoring.error} />}
      <ol className={style.members}>
        {list.rows?.map((version, index) => (
          <li key={version.number}>
            <VersionRow
              version={version}
              current={index === 0}
              busy={restoring.isPending}
              restore={() => restoring.mutate(version.number)}
            />
          </li>
        ))}
      </ol>
      {list.more && (
        <Button variant="subtle" loading={list.moreBusy} onClick={() => void list.more?.()} m={12}>
          {said.more}
        </Button>
      )}
    </Card>
  )
}

type RowProps = {
  readonly version: Version
  readonly current: boolean
  readonly busy: boolean
  readonly restore: () => void
}

function VersionRow({ version, current, busy, restore }: RowProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const may = useMay('marketer')
  const named = useSources()
  const who = useActor(version.actor)
  return (
    <>
      <div style={{ flex: '1 1 280px', minWidth: 0 }}>
        <b>{version.name}</b> {current && <Tag meaning="accent">{said.now}</Tag>}
        <div className={style.definition}>
          {definitionSentence(version.definition, language, named)}
        </div>
        <div className={style.why}>
          {dayAndTime(version.at, { timeZone, language }, Date.now())} · {who} · {said[version.act]}
        </div>
      </div>
      {may && !current && (
        <Button variant="default" size="compact-sm" disabled={busy} onClick={restore}>
          {said.back}
        </Button>
      )}
    </>
  )
}

/** Who changed it: a member by name, a key, or the system. */
function useActor(actor: string): string {
  const said = useWords(text)
  const staff = useQuery({
    queryKey: ['members'],
    queryFn: ({ signal }) => listStaff(signal),
    staleTime: 60_000,
    retry: false,
  })
  const [kind, id] = actor.split(':')
  if (kind === 'key') return `${said.key} ${id}`
  if (kind !== 'member') return said.system
  return staff.data?.items.find((one) => String(one.id) === id)?.name ?? said.someone
}
