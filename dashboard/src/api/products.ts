import type { ProductAnswer } from '../../../server/src/catalog/product-answer.ts'
import { api, type PageOf } from './client.ts'

export type { ProductAnswer }

export type ProductState = 'available' | 'sold_out' | 'off_sale' | 'on_sale' | 'sensitive'

export const listProducts = (
  query: {
    readonly search?: string
    readonly category?: string
    readonly source?: string
    readonly state?: string
    readonly parent?: string
    readonly after?: string | undefined
    readonly limit: number
  },
  signal?: AbortSignal,
) => api.get<PageOf<ProductAnswer>>('/api/products', query, signal)

export type Shelf = { readonly name: string; readonly products: number }
export const getShelves = (signal?: AbortSignal) =>
  api.get<{ readonly categories: readonly Shelf[]; readonly sources: readonly Shelf[] }>(
    '/api/product-shelves',
    {},
    signal,
  )

const at = (id: string) => `/api/products/${encodeURIComponent(id)}`

export const getProduct = (id: string, signal?: AbortSignal) =>
  api.get<ProductAnswer & { readonly costKnown: boolean }>(at(id), {}, signal)

export const markSensitive = (id: string, sensitive: boolean | null) =>
  api.patch<ProductAnswer>(at(id), { sensitive })

export type HistoryPoint = {
  readonly at: number
  readonly price: number | null
  readonly stock: number | null
  readonly available: boolean
}
export const getHistory = (id: string, days: number, signal?: AbortSignal) =>
  api.get<{ readonly items: readonly HistoryPoint[] }>(`${at(id)}/history`, { days }, signal)

export const getInterest = (id: string, signal?: AbortSignal) =>
  api.get<{
    readonly views: number
    readonly viewers: number
    readonly carts: number
    readonly orders: number
  }>(`${at(id)}/interest`, {}, signal)

export type ProductNews = {
  readonly kind: 'price_drop' | 'back_in_stock'
  readonly at: number
  readonly price: number | null
  readonly reference: number | null
  readonly state: 'settling' | 'held' | 'telling' | 'done' | 'over' | 'declined'
  readonly people: number
}
export const getNews = (id: string, signal?: AbortSignal) =>
  api.get<{ readonly items: readonly ProductNews[] }>(`${at(id)}/news`, {}, signal)

export const getHeldNews = (signal?: AbortSignal) =>
  api.get<{ readonly held: number; readonly at: number | null }>(
    '/api/product-news/held',
    {},
    signal,
  )
export const settleHeldNews = (tell: boolean) =>
  api.post<{ readonly settled: number }>('/api/product-news/held', { tell })

export type CatalogSettings = { readonly sensitiveCategories: readonly string[] }
export const getCatalogSettings = (signal?: AbortSignal) =>
  api.get<CatalogSettings>('/api/settings/catalog', {}, signal)
export const putCatalogSettings = (settings: CatalogSettings, seen: CatalogSettings) =>
  api.put<CatalogSettings>('/api/settings/catalog', settings, seen)
