import type { HomeReport } from '../api/reports.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, day, money } from '../design/format.ts'

const text = words({
  title: { ko: '날마다의 매출, 주문, 메시지', en: 'Revenue, orders and messages by day' },
  day: { ko: '날', en: 'Day' },
  soFar: { ko: '오늘은 지금까지', en: 'today so far' },
  revenue: { ko: '매출', en: 'Revenue' },
  orders: { ko: '주문', en: 'Orders' },
  messages: { ko: '메시지', en: 'Messages' },
})

type Row = {
  readonly at: number
  readonly isToday: boolean
  readonly revenue: number
  readonly orders: number
  readonly messages: number
}

/** The three measures of each day, the newest first. */
export function DayTable({ home }: { readonly home: HomeReport }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const { revenue, orders, messages } = home
  const rows = revenue.series
    .map(
      ({ at, value }, index): Row => ({
        at,
        isToday: index === revenue.series.length - 1,
        revenue: value,
        orders: orders.series[index]?.value ?? 0,
        messages: messages.series[index]?.value ?? 0,
      }),
    )
    .toReversed()
  const number = (key: 'orders' | 'messages'): Column<Row> => ({
    key,
    head: said[key],
    align: 'right',
    cell: (row) => count(row[key], language),
  })
  return (
    <DataTable
      label={said.title}
      rows={rows}
      keyOf={(row) => row.at}
      columns={[
        {
          key: 'day',
          head: said.day,
          cell: ({ at, isToday }) =>
            `${day(at, { timeZone: shop.timeZone, language })}${isToday ? ` (${said.soFar})` : ''}`,
        },
        {
          key: 'revenue',
          head: said.revenue,
          align: 'right',
          cell: (row) => money(row.revenue, shop.currency, language),
        },
        number('orders'),
        number('messages'),
      ]}
    />
  )
}
