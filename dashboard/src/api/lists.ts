import type {
  ListChangeKind,
  RefusedLine,
  UploadState,
} from '../../../server/src/segments/lists/list.ts'
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

/** What a file says and would do. */
export type FileAnswer = {
  readonly rows: number
  readonly matched: number
  readonly unmatched: number
  /** The people of the lines that matched, each once. */
  readonly people: number
  /** Of them, whom it would put on the list or take off it. */
  readonly changes: number
  readonly columns: readonly ReadColumn[]
}

/** A file brought for a list: a worker looks at it, then applies it when asked to. */
export type ListFile = {
  readonly id: number
  /** null while the list is still to be made. */
  readonly list: number | null
  readonly listName: string | null
  readonly change: ListChangeKind
  readonly fileName: string
  readonly state: UploadState
  /** null until it has been looked at. */
  readonly answer: FileAnswer | null
  readonly endedAt: number | null
  /** Lines gone through, of how many; null before the file was opened. */
  readonly done: number
  readonly total: number | null
  /** People put on the list or taken off it so far. */
  readonly changed: number
  /** Why it failed: the code of the refusal. */
  readonly problem: string | null
}
/** For which list a file is meant; without one, for a new list. */
type Target = { readonly list: number | undefined; readonly change: ListChangeKind }

const uploads = '/api/lists/uploads'
export const bringFile = (file: File, to: Target) =>
  api.upload<ListFile>(address(uploads, { ...to, name: file.name.slice(0, 200) }), {
    bytes: file,
    type: 'text/csv',
  })
export const listFiles = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly ListFile[] }>(uploads, {}, signal)
export const getFile = (id: number, signal?: AbortSignal) =>
  api.get<ListFile>(`${uploads}/${id}`, {}, signal)
/** Has the same file looked at for another list or the other change. */
export const lookAgain = (id: number, to: Target) => api.post<ListFile>(`${uploads}/${id}/look`, to)
export const applyFile = (id: number, name: string | undefined) =>
  api.post<ListFile>(`${uploads}/${id}/apply`, { name })
export const cancelFile = (id: number) => api.post<ListFile>(`${uploads}/${id}/cancel`, {})
/** The first of the lines that do nothing. */
export const unusedLines = (id: number, signal?: AbortSignal) =>
  api.get<{ readonly items: readonly RefusedLine[] }>(`${uploads}/${id}/lines`, {}, signal)
export const unusedLinesAddress = (id: number) => `${uploads}/${id}/refused`
/** Whether a worker has it in hand. */
export const isUnderWay = ({ state }: ListFile) => state === 'looking' || state === 'applying'
