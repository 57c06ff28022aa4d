import type { SeenOnPages } from '../api/seen.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, people, percent } from '../design/format.ts'
import style from './report.module.css'

const text = words({
  title: { ko: '상점 화면에서', en: 'On the shop’s pages' },
  note: {
    ko: '화면이 알려준 기록이에요. 효과는 위에서 대조군과 비교해요.',
    en: 'What pages told: a record. The effect is compared with the hold-out above.',
  },
  seen: { ko: '본 고객', en: 'Saw it' },
  clicked: { ko: '누른 고객', en: 'Pressed' },
  dismissed: { ko: '닫은 고객', en: 'Closed it' },
  blocked: { ko: '막힌 고객', en: 'Blocked' },
  cards: { ko: '카드마다', en: 'By card' },
  place: { ko: '자리', en: 'Place' },
  nth: { ko: (n: string) => `${n}번째`, en: (n: string) => `No. ${n}` },
  card: { ko: '카드', en: 'Card' },
  share: { ko: '누른 비율', en: 'Pressed' },
  within: {
    ko: '앞자리는 무엇이든 더 눌려요. 같은 자리끼리만 비교하세요.',
    en: 'What stands first is pressed more, whatever it is: compare within one place only.',
  },
})

/** Who saw a campaign's messages on pages and what they did; its cards by the place they stood at. */
export function SeenCard({ told }: { readonly told: SeenOnPages }) {
  const said = useWords(text)
  const language = useLanguage()
  const columns = useColumns()
  const numbers = ['seen', 'clicked', 'dismissed', 'blocked'] as const
  return (
    <Card title={said.title} note={said.note}>
      <dl className={style.seen}>
        {numbers.map((key) => (
          <div key={key}>
            <dt>{said[key]}</dt>
            <dd>{people(told[key], language)}</dd>
          </div>
        ))}
      </dl>
      {told.cards.length > 0 && (
        <>
          <DataTable
            label={said.cards}
            columns={columns}
            rows={told.cards}
            keyOf={(one) => `${one.position} ${one.card}`}
          />
          <p className={style.note}>{said.within}</p>
        </>
      )}
    </Card>
  )
}

type Row = SeenOnPages['cards'][number]

function useColumns(): readonly Column<Row>[] {
  const said = useWords(text)
  const language = useLanguage()
  return [
    { key: 'card', head: said.card, cell: ({ name, card }) => name ?? card },
    { key: 'place', head: said.place, cell: ({ position }) => said.nth(count(position, language)) },
    { key: 'seen', head: said.seen, align: 'right', cell: (one) => people(one.seen, language) },
    {
      key: 'share',
      head: said.share,
      align: 'right',
      cell: (one) => (one.seen > 0 ? percent(one.clicked / one.seen) : '–'),
    },
  ]
}
