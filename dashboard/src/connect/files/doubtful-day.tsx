import { Alert, Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  chooseColumns,
  type DayOrder,
  type DroppedFile,
  shownFile,
} from '../../api/dropped-files.ts'
import { useWords, words } from '../../app/language.ts'
import { useMay } from '../../app/session.tsx'
import { DroppedFault } from './fault.tsx'
import style from './files.module.css'

const text = words({
  doubtMonth: {
    ko: (cell: string) => `“${cell}”처럼 적힌 날짜는 월/일/연 순서로 읽었어요.`,
    en: (cell: string) => `Days such as “${cell}” were read as month/day/year.`,
  },
  doubtDay: {
    ko: (cell: string) => `“${cell}”처럼 적힌 날짜는 일/월/연 순서로 읽었어요.`,
    en: (cell: string) => `Days such as “${cell}” were read as day/month/year.`,
  },
  asDay: { ko: '일/월/연 순서로 다시 읽기', en: 'Read them as day/month/year' },
  asMonth: { ko: '월/일/연 순서로 다시 읽기', en: 'Read them as month/day/year' },
})

/** Says how days were read that nothing in the file settles, and reads them the other way; the choice is remembered with the columns. */
export function DoubtfulDay({ file }: { readonly file: DroppedFile }) {
  const said = useWords(text)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const choosing = useMutation({
    mutationFn: async (days: DayOrder) => {
      const { mapping } = await shownFile(file.id)
      return chooseColumns(file.id, { kind: file.kind ?? 'orders', mapping, days })
    },
    onSuccess: (next) => queries.setQueryData(['dropped', 'file', file.id], next),
  })
  const doubt = file.understood?.doubtfulDay
  if (!doubt) return null
  const { cell, order } = doubt
  const other: DayOrder = order === 'day' ? 'month' : 'day'
  return (
    <Alert color="yellow" variant="light">
      <div className={style.stack}>
        <span>{order === 'day' ? said.doubtDay(cell) : said.doubtMonth(cell)}</span>
        {may && (file.state === 'looked_at' || file.state === 'failed') && (
          <div>
            <Button
              variant="default"
              size="sm"
              loading={choosing.isPending}
              onClick={() => choosing.mutate(other)}
            >
              {other === 'day' ? said.asDay : said.asMonth}
            </Button>
          </div>
        )}
        {choosing.error && <DroppedFault error={choosing.error} />}
      </div>
    </Alert>
  )
}
