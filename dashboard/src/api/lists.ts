import type { ListChangeKind, RefusedLine } from '../../../server/src/segments/lists/list.ts'
import { address, api } from './client.ts'

/** People put together by hand or by a file. */
export type ListRow = {
  readonly id: number
  readonly name: string
  readonly members: number
  readonly createdAt: number
  readonly updatedAt: number
}
export const listLists = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly ListRow[] }>('/api/lists', {}, signal)
export const createList = (name: string) => api.post<ListRow>('/api/lists', { name })
export const renameList = (id: number, name: string) =>
  api.patch<ListRow>(`/api/lists/${id}`, { name })
export const removeList = (id: number) => api.delete<unknown>(`/api/lists/${id}`)

/** A column of a file that says who: in how many lines, and in how many somebody was found by it. */
export type ReadColumn = {
  readonly kind: 'user' | 'customer' | 'email' | 'phone'
  readonly at: number
  /** As the first row calls it; null without a header. */
  readonly name: string | null
  readonly filled: number
  readonly led: number
}

/** What a file did, or would do. */
export type Uploaded = {
  readonly rows: number
  readonly matched: number
  readonly unmatched: number
  /** The people of the lines that matched, each once. */
  readonly people: number
  /** Whom it put on the list or took off it. */
  readonly changed: number
  readonly columns: readonly ReadColumn[]
  /** The first thousand lines that do nothing. */
  readonly refused: readonly RefusedLine[]
}
export type { RefusedLine }

/** A file, asked what it would do to a list or, without one, to a new list. */
export const checkFile = (
  file: Blob,
  to: { readonly list: number | undefined; readonly change: ListChangeKind },
  signal?: AbortSignal,
) =>
  api.upload<Uploaded>(
    address('/api/lists/check', { list: to.list, change: to.change }),
    { bytes: file, type: 'text/csv' },
    signal,
  )
export const uploadToList = (id: number, file: Blob, change: ListChangeKind) =>
  api.upload<Uploaded>(address(`/api/lists/${id}/members`, { change }), {
    bytes: file,
    type: 'text/csv',
  })
