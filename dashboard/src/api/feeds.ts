import type { FeedField } from '../../../server/src/connect/feeds/feed-fields.ts'
import type { LineFault } from '../../../server/src/connect/feeds/feed-product.ts'
import { address, api } from './client.ts'

export type { FeedField, LineFault }

export type FeedRun = {
  readonly run: number
  readonly state: 'running' | 'done' | 'unchanged' | 'waiting' | 'failed'
  readonly begunAt: number
  readonly endedAt: number | null
  readonly lines: number
  readonly told: number
  readonly refused: number
  readonly gone: number
  readonly problem: string | null
  readonly detail: string | null
}
export type FeedSaid = {
  readonly name: string
  readonly url: string | null
  readonly everyMinutes: number
  readonly mapping: Readonly<Record<string, string>>
  readonly missingRuns: number
  readonly isOn: boolean
}
export type FeedAnswer = FeedSaid & {
  readonly id: number
  readonly nextAt: number | null
  readonly products: number
  readonly runs: readonly FeedRun[]
}
export type FeedPreview = {
  readonly kind: 'xml' | 'json' | 'table'
  readonly encoding: 'utf8' | 'cp949' | 'utf16le'
  readonly format: 'naver' | 'google' | 'own'
  readonly columns: readonly { readonly name: string; readonly samples: readonly string[] }[]
  readonly mapping: readonly { readonly field: FeedField; readonly column: string }[]
  readonly lines: number
  readonly products: readonly {
    readonly id: string
    readonly name: string | null
    readonly price: number | null
    readonly salePrice: number | null
    readonly category: string | null
    readonly stock: number | null
    readonly imageUrl: string | null
  }[]
  readonly faults: readonly {
    readonly line: number
    readonly id: string
    readonly fault: LineFault
  }[]
}

const fileType = 'application/octet-stream'

export const listFeeds = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly FeedAnswer[] }>('/api/feeds', {}, signal)
export const makeFeed = (said: FeedSaid) => api.post<FeedAnswer>('/api/feeds', said)
export const changeFeed = (id: number, said: FeedSaid) =>
  api.put<FeedAnswer>(`/api/feeds/${id}`, said)
export const removeFeed = (id: number) => api.delete(`/api/feeds/${id}`)
export const runFeed = (id: number, confirm: boolean) =>
  api.post(`/api/feeds/${id}/run`, { confirm })
export const uploadFeed = (id: number, file: Blob) =>
  api.upload(`/api/feeds/${id}/file`, { bytes: file, type: fileType })
type Mapping = FeedSaid['mapping']
export const previewFeed = (url: string, mapping: Mapping) =>
  api.post<FeedPreview>('/api/feed-preview', { url, mapping })
/** So much of a file is sent to be looked at; the rest comes when it is taken. What stands in a zip is told at its end. */
const lookedAtBytes = 4 * 1024 * 1024
export const previewFeedFile = (file: File, mapping: Mapping) =>
  api.upload<FeedPreview>(
    `/api/feed-preview/file?mapping=${encodeURIComponent(JSON.stringify(mapping))}`,
    {
      bytes: /\.zip$/i.test(file.name) ? file : file.slice(0, lookedAtBytes),
      type: fileType,
    },
  )
export const refusalsAddress = (feed: number, run: number, language: 'ko' | 'en') =>
  address(`/api/feeds/${feed}/runs/${run}/refusals`, { language })
