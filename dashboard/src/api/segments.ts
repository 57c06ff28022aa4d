import type { Definition } from '../../../server/src/segments/definition.ts'
import { api, type PageOf } from './client.ts'

export type SegmentRow = {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly definition: Definition
  readonly state: 'building' | 'live' | 'failed'
  /** Share of customers judged so far, 0 to 1. */
  readonly progress: number
  readonly members: number
  readonly createdAt: number
  readonly updatedAt: number
}

export const listSegments = (
  query: { readonly after?: string | undefined; readonly limit?: number },
  signal?: AbortSignal,
) => api.get<PageOf<SegmentRow>>('/api/segments', query, signal)
export const getSegment = (id: number, signal?: AbortSignal) =>
  api.get<SegmentRow>(`/api/segments/${id}`, {}, signal)

export type SegmentWrite = {
  readonly name: string
  readonly description?: string
  readonly definition: Definition
}
export const createSegment = (body: SegmentWrite) => api.post<SegmentRow>('/api/segments', body)
export const changeSegment = (id: number, body: SegmentWrite) =>
  api.put<SegmentRow>(`/api/segments/${id}`, body)

/** A property or trait that really arrived, with its most frequent values. */
export type PathSeen = {
  readonly path: string
  readonly type: 'text' | 'number' | 'boolean' | 'date'
  readonly count: number
  readonly examples: readonly string[]
}

export type Vocabulary = {
  readonly events: readonly {
    readonly name: string
    readonly count: number
    readonly properties: readonly PathSeen[]
  }[]
  readonly traits: readonly PathSeen[]
}
export const getVocabulary = (signal?: AbortSignal) =>
  api.get<Vocabulary>('/api/segments/vocabulary', {}, signal)

export type SegmentPreview = {
  readonly count: number
  /** The definition read aloud. */
  readonly sentence: { readonly ko: string; readonly en: string }
  readonly sample: readonly {
    readonly id: number
    readonly name: string | null
    readonly member: boolean
    readonly lastSeenAt: number
  }[]
}
export const previewSegment = (definition: Definition, signal?: AbortSignal) =>
  api.post<SegmentPreview>('/api/segments/preview', { definition }, signal)
export const removeSegment = (id: number) => api.delete<unknown>(`/api/segments/${id}`)
