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

/** What a file did. */
export type Uploaded = {
  readonly rows: number
  readonly matched: number
  readonly unmatched: number
  readonly changed: number
  readonly refused: readonly {
    readonly line: number
    readonly value: string
    readonly reason: 'empty' | 'not_found' | 'too_many'
  }[]
}
export const uploadToList = (id: number, file: Blob, change: 'added' | 'removed') =>
  api.upload<Uploaded>(address(`/api/lists/${id}/members`, { change }), {
    bytes: file,
    type: 'text/csv',
  })
