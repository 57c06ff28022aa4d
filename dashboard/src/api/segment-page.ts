import type { Definition } from '../../../server/src/segments/definition.ts'
import { address, api, type PageOf } from './client.ts'
import type { SegmentPerson, SegmentRow, Why } from './segments.ts'

export type MemberRow = SegmentPerson & { readonly enteredAt: number }
export const listMembers = (
  id: number,
  query: { readonly after?: string | undefined; readonly limit?: number },
  signal?: AbortSignal,
) => api.get<PageOf<MemberRow>>(`/api/segments/${id}/members`, query, signal)

/** One customer in a segment, or why not. */
export type Membership = {
  readonly customer: number
  readonly member: boolean
  readonly since: number | null
  readonly cause:
    | { readonly kind: 'event'; readonly name: string | null; readonly at: number | null }
    | { readonly kind: 'time' | 'backfill' }
    | null
  readonly asOf: number
  readonly why: Why
}
export const getMembership = (
  { segment, customer }: { readonly segment: number; readonly customer: number },
  signal?: AbortSignal,
) => api.get<Membership>(`/api/segments/${segment}/members/${customer}`, {}, signal)

export type SizeDay = {
  readonly day: string
  readonly members: number
  readonly entered: number
  readonly left: number
}
export const getSizes = (
  id: number,
  query: { readonly from?: string; readonly to?: string },
  signal?: AbortSignal,
) =>
  api.get<{ readonly zone: string; readonly days: readonly SizeDay[] }>(
    `/api/segments/${id}/history`,
    query,
    signal,
  )

export type Overlap = {
  readonly segments: readonly {
    readonly id: number
    readonly name: string
    readonly members: number
    readonly alone: number
  }[]
  readonly intersections: readonly {
    readonly segments: readonly number[]
    readonly members: number
  }[]
  readonly together: number
}
export const getOverlap = (segments: readonly number[], signal?: AbortSignal) =>
  api.post<Overlap>('/api/segments/overlap', { segments }, signal)

export type Version = {
  readonly number: number
  readonly at: number
  readonly actor: string
  readonly act: 'created' | 'changed' | 'restored' | 'duplicated' | 'undeleted'
  readonly name: string
  readonly description: string
  readonly definition: Definition
}
export const listVersions = (
  id: number,
  query: { readonly after?: string | undefined; readonly limit?: number },
  signal?: AbortSignal,
) => api.get<PageOf<Version>>(`/api/segments/${id}/versions`, query, signal)
export const restoreVersion = (id: number, number: number) =>
  api.post<SegmentRow>(`/api/segments/${id}/versions/${number}/restore`, {})

export type SegmentUser = {
  readonly kind: 'campaign' | 'segment'
  readonly id: number
  readonly name: string
}
export const listUsers = (id: number, signal?: AbortSignal) =>
  api.get<{ readonly items: readonly SegmentUser[] }>(`/api/segments/${id}/users`, {}, signal)
export const duplicateSegment = (id: number, name: string) =>
  api.post<SegmentRow>(`/api/segments/${id}/duplicate`, { name })

export type DeletedSegment = {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly deletedAt: number
  readonly goneAt: number
}
export const listDeleted = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly DeletedSegment[] }>('/api/deleted-segments', {}, signal)
export const undelete = (id: number) =>
  api.post<SegmentRow>(`/api/deleted-segments/${id}/restore`, {})

/** Where the browser downloads the members from. */
export const exportAddress = (id: number, language: 'ko' | 'en') =>
  address(`/api/segments/${id}/members.csv`, { language })
