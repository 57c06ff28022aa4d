import { useQuery } from '@tanstack/react-query'
import { useKeyset } from '../api/keyset.ts'
import { type AuditEntry, listAudit, listMembers } from '../api/settings.ts'
import { type Language, useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { dayAndTime } from '../design/format.ts'
import { EmptyState } from '../design/states.tsx'
import { objectName } from './act-objects.ts'
import { actSentence } from './acts.ts'

const text = words({
  title: { ko: '감사 기록', en: 'Audit log' },
  note: {
    ko: '누가 무엇을 보고 바꿨는지 남아 있어요. 지울 수 없어요.',
    en: 'Who looked at or changed what. It cannot be erased.',
  },
  when: { ko: '때', en: 'When' },
  who: { ko: '누가', en: 'Who' },
  what: { ko: '무엇을', en: 'What' },
  object: { ko: '어디에', en: 'Where' },
  system: { ko: '시스템', en: 'system' },
  key: { ko: (id: string) => `API 키 ${id}`, en: (id: string) => `API key ${id}` },
  emptyTitle: { ko: '아직 기록이 없어요', en: 'Nothing yet' },
  empty: {
    ko: '설정을 바꾸거나 캠페인을 켜면 여기에 남아요.',
    en: 'Changes of settings and campaigns are kept here.',
  },
})

export function AuditLog() {
  const said = useWords(text)
  const language: Language = useLanguage()
  const { shop } = useSession()
  const log = useKeyset(['audit'], (after, signal) => listAudit({ after }, signal))
  const members = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => listMembers(signal) })
  const who = (actor: string) => {
    const [kind, id] = actor.split(':')
    if (kind === 'member')
      return members.data?.items.find((one) => String(one.id) === id)?.name ?? actor
    if (kind === 'key' && id) return said.key(id)
    return actor === 'system' ? said.system : actor
  }
  const columns: readonly Column<AuditEntry>[] = [
    { key: 'what', head: said.what, cell: (row) => <b>{actSentence(row.act, language)}</b> },
    { key: 'who', head: said.who, cell: (row) => who(row.actor) },
    {
      key: 'object',
      head: said.object,
      leaves: 'md',
      cell: (row) => objectName(row.object, language),
    },
    {
      key: 'when',
      head: said.when,
      align: 'right',
      cell: (row) => dayAndTime(row.at, { timeZone: shop.timeZone, language }, Date.now()),
    },
  ]
  return (
    <Card title={said.title} note={said.note} flush>
      <DataTable
        label={said.title}
        columns={columns}
        keyOf={(row) => row.id}
        {...log}
        empty={<EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
      />
    </Card>
  )
}
