import { Drawer } from '@mantine/core'
import { reasonLine } from '../../../server/src/messages/reason-line.ts'
import { listEnrolments } from '../api/campaigns.ts'
import { useKeyset } from '../api/keyset.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { DataTable } from '../design/data-table.tsx'
import { dayAndTime, personName } from '../design/format.ts'
import { RuleNote } from '../design/rule-note.tsx'

const text = words({
  name: { ko: '고객', en: 'Customer' },
  entered: { ko: '들어온 때', en: 'Entered' },
  none: { ko: '남아 있는 사람이 없어요.', en: 'Nobody is left here.' },
})

type Props = {
  readonly campaign: number
  readonly reason: string
  readonly title: string
  readonly close: () => void
}

/** The people behind one drop of the funnel. */
export function Dropped({ campaign, reason, title, close }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const { rule } = reasonLine(reason)
  const list = useKeyset(['campaigns', 'dropped', campaign, reason], (after, signal) =>
    listEnrolments(campaign, { reason, after, limit: 50 }, signal),
  )
  return (
    <Drawer opened onClose={close} position="right" size="lg" title={title}>
      {rule && (
        <div style={{ marginBottom: 16 }}>
          <p style={{ marginBottom: 4 }}>{rule.text[language]}</p>
          <RuleNote rule={rule} />
        </div>
      )}
      <DataTable
        label={title}
        columns={[
          { key: 'name', head: said.name, cell: (row) => personName(row.name, language) },
          {
            key: 'entered',
            head: said.entered,
            align: 'right',
            cell: (row) =>
              dayAndTime(row.enteredAt, { timeZone: shop.timeZone, language }, Date.now()),
          },
        ]}
        keyOf={(row) => row.id}
        to={(row) => `/customers/${row.customer}`}
        {...list}
        empty={<p>{said.none}</p>}
      />
    </Drawer>
  )
}
