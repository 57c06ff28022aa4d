import { Button, Select } from '@mantine/core'
import { feedFields } from '../../../server/src/connect/feeds/feed-fields.ts'
import type { FeedField, FeedPreview, FeedSaid } from '../api/feeds.ts'
import { useWords, words } from '../app/language.ts'
import { fieldNames } from './feed-words.ts'
import style from './products.module.css'

const text = words({
  own: { ko: '열을 직접 고르기', en: 'Choose the columns yourself' },
  note: {
    ko: '상품의 항목마다 파일의 어느 열을 읽을지 골라요. 오른쪽은 그 열의 처음 값이에요. 고른 것은 이 피드에 기억돼요.',
    en: 'Say for each field of a product which column of the file it is read from. On the right stand the first values of that column. What you choose is remembered with this feed.',
  },
  none: { ko: '읽지 않음', en: 'Not read' },
  empty: { ko: '값이 비어 있어요', en: 'It is empty' },
  again: { ko: '처음 알아들은 대로', en: 'As it was understood' },
  kept: { ko: '기억해 둔 열', en: 'Columns that are remembered' },
})

/** Which column says which field of a product, with the first values of each; a choice is looked at at once. */
export function FeedMapping({ seen, mapping, put, busy }: Props) {
  const said = useWords(text)
  const columnOf = new Map(seen.mapping.map(({ field, column }) => [field, column]))
  const data = [
    { value: none, label: said.none },
    ...seen.columns.map(({ name }) => ({ value: `=${name}`, label: name })),
  ]
  const isOwn = Object.keys(mapping).length > 0
  return (
    <details className={style.columns} open={isOwn}>
      <summary>{said.own}</summary>
      <p className={style.sub}>{said.note}</p>
      <ul className={style.list}>
        {feedFields.map((field) => (
          <Field
            key={field}
            field={field}
            column={columnOf.get(field)}
            {...{ seen, data, busy }}
            choose={(column) => put({ ...mapping, [field]: column })}
          />
        ))}
      </ul>
      {isOwn && (
        <Button variant="default" size="compact-sm" disabled={busy} onClick={() => put({})}>
          {said.again}
        </Button>
      )}
    </details>
  )
}
const none = '-'
type Props = {
  readonly seen: FeedPreview
  readonly mapping: FeedSaid['mapping']
  readonly put: (mapping: FeedSaid['mapping']) => void
  readonly busy: boolean
}

function Field({ field, column, seen, data, busy, choose }: FieldProps) {
  const said = useWords(text)
  const names = useWords(fieldNames)
  const samples = seen.columns.find(({ name }) => name === column)?.samples ?? []
  return (
    <li className={style.column}>
      <span aria-hidden="true">{names[field]}</span>
      <Select
        aria-label={names[field]}
        searchable
        allowDeselect={false}
        disabled={busy}
        data={data}
        value={column === undefined ? none : `=${column}`}
        onChange={(value) => {
          if (value !== null) choose(value === none ? '' : value.slice(1))
        }}
      />
      <span className={style.sub}>
        {column !== undefined && (samples.length > 0 ? samples.join(' · ') : said.empty)}
      </span>
    </li>
  )
}
type FieldProps = {
  readonly field: FeedField
  readonly column: string | undefined
  readonly seen: FeedPreview
  readonly data: { readonly value: string; readonly label: string }[]
  readonly busy: boolean
  readonly choose: (column: string) => void
}

/** What was chosen for a feed before, where its file is not looked at. */
export function KeptMapping({ mapping }: { readonly mapping: FeedSaid['mapping'] }) {
  const said = useWords(text)
  const names = useWords(fieldNames)
  const kept = feedFields.flatMap((field) => {
    const column = mapping[field]
    return column === undefined ? [] : [`${names[field]} ← ${column || said.none}`]
  })
  if (kept.length === 0) return null
  return (
    <p className={style.sub}>
      {said.kept}: {kept.join(', ')}
    </p>
  )
}
