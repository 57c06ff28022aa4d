import { Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useWords, words } from '../app/language.ts'
import { Hint } from './hint.tsx'
import { Bones, Failure } from './states.tsx'
import style from './table.module.css'

const text = words({
  more: { ko: '더 보기', en: 'Show more' },
})

export type Column<Row> = {
  readonly key: string
  readonly head: string
  readonly hint?: string
  readonly cell: (row: Row) => ReactNode
  readonly align?: 'right'
  /** Leaves where the screen is narrower than this. */
  readonly leaves?: 'sm' | 'md' | 'lg'
  readonly sorted?: 'up' | 'down' | undefined
  readonly sort?: () => void
}

type Props<Row> = {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[] | undefined
  readonly keyOf: (row: Row) => string | number
  /** Where a row leads; its first cell becomes the link. */
  readonly to?: (row: Row) => string
  readonly empty?: ReactNode
  readonly error?: unknown
  readonly retry?: () => unknown
  readonly more?: (() => unknown) | undefined
  readonly moreBusy?: boolean
}

/** A list: skeleton at once, its own empty and error state, one page more at a time. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, keyOf, to, empty, error, retry, more, moreBusy } = props
  const said = useWords(text)
  if (error) {
    return (
      <div style={{ padding: 24 }}>
        <Failure error={error} {...(retry ? { retry } : {})} />
      </div>
    )
  }
  if (!rows) return <Bones />
  if (rows.length === 0 && empty) return empty
  return (
    <>
      <div className={style.scroll}>
        <table className={style.table} aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head key={column.key} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)} className={`${style.row} ${to ? style.opens : ''}`}>
                {columns.map((column, index) => (
                  <td key={column.key} className={classOf(column)}>
                    {to && index === 0 ? (
                      <Link href={to(row)} className={style.open ?? ''}>
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more && (
        <div className={style.more}>
          <Button variant="default" loading={moreBusy ?? false} onClick={() => void more()}>
            {said.more}
          </Button>
        </div>
      )}
    </>
  )
}

function Head<Row>({ column }: { readonly column: Column<Row> }) {
  const order =
    column.sorted === 'up' ? 'ascending' : column.sorted === 'down' ? 'descending' : undefined
  const Arrow = column.sorted === 'up' ? IconArrowUp : IconArrowDown
  if (column.head === '') return <td />
  return (
    <th scope="col" className={classOf(column)} {...(order ? { 'aria-sort': order } : {})}>
      {column.sort ? (
        <button
          type="button"
          className={`${style.sort} ${column.sorted ? style.sorted : ''}`}
          onClick={column.sort}
        >
          {column.head}
          {column.sorted && <Arrow size={14} aria-hidden />}
        </button>
      ) : (
        column.head
      )}
      {column.hint && <Hint text={column.hint} about={column.head} />}
    </th>
  )
}

function classOf<Row>(column: Column<Row>): string {
  const right = column.align === 'right' ? (style.right ?? '') : ''
  const leaves = column.leaves ? (style[column.leaves] ?? '') : ''
  return `${right} ${leaves}`.trim()
}
