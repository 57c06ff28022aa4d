import type { Difference } from '../../../server/src/campaigns/flow-differences.ts'
import { api, type PageOf } from './client.ts'

type Done = { readonly ok: true }

export const listFolders = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly { readonly name: string; readonly campaigns: number }[] }>(
    '/api/campaign-folders',
    {},
    signal,
  )
export const copyCampaign = (id: number, name: string) =>
  api.post<{ readonly id: number }>(`/api/campaigns/${id}/copy`, { name })
export const placeCampaign = (
  id: number,
  place: { readonly folder?: string | null; readonly archived?: boolean },
) => api.put<Done>(`/api/campaigns/${id}/place`, place)

export type Version = {
  readonly version: number
  readonly by: string
  readonly at: number
  readonly differences: readonly Difference[]
}
export const listVersions = (
  id: number,
  query: { readonly after?: string | undefined; readonly limit?: number },
  signal?: AbortSignal,
) => api.get<PageOf<Version>>(`/api/campaigns/${id}/versions`, query, signal)
export const restoreVersion = (id: number, version: number) =>
  api.post<Done>(`/api/campaigns/${id}/versions/${version}/restore`, {})
