import { Drawer } from '@mantine/core'
import type { KeptReason } from '../../../server/src/campaigns/decided-by.ts'
import { useKeyset } from '../api/keyset.ts'
import { listNotEntered } from '../api/why.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { DataTable } from '../design/data-table.tsx'
import { personName } from '../design/format.ts'

const text = words({
  name: { ko: '고객', en: 'Customer' },
  why: { ko: '왜', en: 'Why' },
  none: { ko: '남아 있는 사람이 없어요.', en: 'Nobody is left here.' },
})

type Props = {
  readonly campaign: number
  readonly why: KeptReason
  readonly title: string
  readonly close: () => void
}

/** The people behind one reason for not entering, each with what decided it. */
export function NotEntered({ campaign, why, title, close }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const list = useKeyset(['campaigns', 'not-entered', campaign, why], (after, signal) =>
    listNotEntered(campaign, { why, after, limit: 50 }, signal),
  )
  return (
    <Drawer opened onClose={close} position="right" size="lg" title={title}>
      <DataTable
        label={title}
        columns={[
          { key: 'name', head: said.name, cell: (row) => personName(row.name, language) },
          { key: 'why', head: said.why, cell: (row) => row.line[language] },
        ]}
        keyOf={(row) => row.customer}
        to={(row) => `/customers/${row.customer}`}
        {...list}
        empty={<p>{said.none}</p>}
      />
    </Drawer>
  )
}
