import type {
  DatedValue,
  ValueList,
  ValueReport,
} from '../../../server/src/insight/value-report.ts'
import type { Kept } from '../../../server/src/jobs/kept-result.ts'
import { api } from './client.ts'
import { createList, type ListRow } from './lists.ts'
import { createSegment } from './segments.ts'

export type { DatedValue, ValueList, ValueReport }

export type ValuePerson = {
  readonly customer: number
  readonly name: string | null
  readonly orderDays: number
  readonly lastDay: string
  readonly spent: number
  readonly alive: number
  readonly orders90: number
  /** Eight of ten such customers end between these two. */
  readonly orders90Low: number
  readonly orders90High: number
  readonly revenue365: number | null
  /** Eight of ten such customers end between these two. */
  readonly revenue365Low: number | null
  readonly revenue365High: number | null
}

export const getValue = (asked: { readonly fresh?: '1' }, signal: AbortSignal) =>
  api.get<Kept<DatedValue>>('/api/reports/value', asked, signal)

export const getValuePeople = (
  asked: { readonly list: ValueList; readonly limit: number },
  signal?: AbortSignal,
) => api.get<{ readonly items: readonly ValuePerson[] }>('/api/reports/value/people', asked, signal)

/** People of a list as they are now, put together by hand under this name, with a segment of them; answers the segment. */
export async function segmentOfValue(list: ValueList, name: string) {
  const { items } = await getValuePeople({ list, limit: 1_000 })
  const made: ListRow = await createList(name)
  await api.patch(`/api/lists/${made.id}/members`, { add: items.map((one) => one.customer) })
  return await createSegment({
    name,
    definition: {
      format: 1,
      where: {
        kind: 'fact',
        path: 'lists',
        is: { type: 'list', op: 'has-any', values: [String(made.id)] },
      },
    },
  })
}
