import type { Definition } from '../../../server/src/segments/definition.ts'
import type { Vocabulary } from '../../../server/src/segments/vocabulary.ts'
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

export const getVocabulary = (signal?: AbortSignal) =>
  api.get<Vocabulary>('/api/segments/vocabulary', {}, signal)

export type Spoken = { readonly ko: string; readonly en: string }
/** One part of the definition for one person; a part belongs to the last one before it that is less deep. */
export type WhyPart = {
  readonly depth: number
  readonly kind: string
  readonly holds: boolean
  readonly sentence: Spoken
  /** What was found, in words; empty for groups. */
  readonly says: Spoken
}
export type Why = {
  readonly holds: boolean
  /** When time alone may next change it, UTC ms; null for never. */
  readonly nextFlipAt: number | null
  readonly parts: readonly WhyPart[]
}
export type Reach = Readonly<Record<'email' | 'sms' | 'kakao' | 'push', number>>
export type SegmentPerson = {
  readonly id: number
  readonly name: string | null
  readonly member: boolean
  readonly lastSeenAt: number
}
export type SegmentPreview = {
  readonly count: number
  readonly signedUp: number
  readonly anonymous: number
  /** Who could be advertised to by day on each channel. */
  readonly reach: Reach
  readonly sentence: Spoken
  readonly sample: readonly (SegmentPerson & { readonly why: Why })[]
}
export const previewSegment = (definition: Definition, signal?: AbortSignal) =>
  api.post<SegmentPreview>('/api/segments/preview', { definition }, signal)
/** About how many, long before the exact count of a large shop. */
export const estimateSegment = (definition: Definition, signal?: AbortSignal) =>
  api.post<{
    readonly estimate: {
      readonly count: number
      readonly low: number
      readonly high: number
      readonly of: number
    }
  }>('/api/segments/preview', { definition, estimate: true }, signal)
export const removeSegment = (id: number) => api.delete<unknown>(`/api/segments/${id}`)
