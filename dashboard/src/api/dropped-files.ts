import type { DayOrder } from '../../../server/src/connect/files/day-order.ts'
import type { FileFault } from '../../../server/src/connect/files/fault.ts'
import type { FileKind, FileMapping } from '../../../server/src/connect/files/headings.ts'
import type { FileLayout } from '../../../server/src/connect/files/layout.ts'
import type { Understood } from '../../../server/src/connect/files/understood.ts'
import { address, api } from './client.ts'

type Came = { readonly fresh: number; readonly changed: number; readonly same: number }

/** A file of orders, members or products: a worker looks at it, then brings it when asked to. */
export type DroppedFile = {
  readonly id: number
  readonly fileName: string
  /** null until it has been looked at, as the next ones. */
  readonly kind: FileKind | null
  readonly layout: FileLayout | null
  readonly state: 'looking' | 'looked_at' | 'applying' | 'done' | 'failed' | 'cancelled'
  /** null where the columns do not suffice. Amounts in currency units. */
  readonly understood: Understood | null
  /** What bringing it would come to, and what it came to. */
  readonly would: Came | null
  readonly came: Came | null
  readonly hasConsents: boolean
  readonly madeAt: number
  readonly endedAt: number | null
  /** Objects brought so far, of how many. */
  readonly done: number
  readonly total: number | null
  /** Why it failed: the server's sentence. */
  readonly problem: string | null
}
export type ShownFile = {
  readonly headings: readonly string[]
  readonly first: readonly (readonly string[])[]
  readonly mapping: FileMapping
}
export type { DayOrder, FileFault, FileKind, FileMapping }

const files = '/api/connect/files'
export const dropFile = (file: File) =>
  api.upload<DroppedFile>(address(files, { name: file.name.slice(0, 200) || 'file.csv' }), {
    bytes: file,
    type: 'application/octet-stream',
  })
export const droppedFiles = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly DroppedFile[] }>(files, {}, signal)
export const droppedFile = (id: number, signal?: AbortSignal) =>
  api.get<DroppedFile>(`${files}/${id}`, {}, signal)
export const shownFile = (id: number, signal?: AbortSignal) =>
  api.get<ShownFile>(`${files}/${id}/shown`, {}, signal)
export const chooseColumns = (
  id: number,
  chosen: { readonly kind: FileKind; readonly mapping: FileMapping; readonly days?: DayOrder },
) => api.put<DroppedFile>(`${files}/${id}/columns`, chosen)
export const bringDropped = (id: number) => api.post<DroppedFile>(`${files}/${id}/apply`, {})
export const cancelDropped = (id: number) => api.post<DroppedFile>(`${files}/${id}/cancel`, {})
/** `from`: where they were given, for lines that do not say. */
export const toConsents = (id: number, from: string) =>
  api.post<{ readonly id: number }>(`${files}/${id}/consents`, { from })
export const leftOutAddress = (id: number) => `${files}/${id}/refused`
/** Whether a worker has it in hand. */
export const isInHand = ({ state }: DroppedFile) => state === 'looking' || state === 'applying'
