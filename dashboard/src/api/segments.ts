import type { Definition } from '../../../server/src/segments/definition.ts'
import { api, type PageOf } from './client.ts'

export type SegmentRow = {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly definition: Definition
  readonly state: 'building' | 'live' | 'failed'
  readonly count: number | null
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
export const changeSegment = (id: number, body: Partial<SegmentWrite>) =>
  api.patch<SegmentRow>(`/api/segments/${id}`, body)

export type Vocabulary = {
  readonly events: readonly {
    readonly name: string
    readonly count: number
    readonly properties: readonly { readonly path: string; readonly type: string }[]
  }[]
  readonly traits: readonly { readonly path: string; readonly type: string }[]
}
export const getVocabulary = (signal?: AbortSignal) =>
  api.get<Vocabulary>('/api/segments/vocabulary', {}, signal)

export type SegmentPreview = {
  readonly count: number
  readonly sample: readonly {
    readonly id: number
    readonly name: string | null
    readonly member?: boolean
    readonly why?: readonly string[]
  }[]
}
export const previewSegment = (definition: Definition, signal?: AbortSignal) =>
  api.post<SegmentPreview>('/api/segments/preview', { definition }, signal)
