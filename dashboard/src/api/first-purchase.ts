import type {
  FirstPurchaseReport,
  FirstPurchaseRow,
  FirstPurchaseSettings,
  ProductDetail,
} from '../../../server/src/first-purchase/report.ts'
import type { Kept } from '../../../server/src/jobs/kept-result.ts'
import type { Plan } from '../../../server/src/proof/duration.ts'
import { api, type PageOf, type Query } from './client.ts'

export type { FirstPurchaseReport, FirstPurchaseRow, ProductDetail }

/** What the table is asked for; as the API names it. */
export type FirstPurchaseAsked = {
  /** UTC ms. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly days?: number | undefined
  readonly horizon_days?: number | undefined
  readonly min_gap_days?: number | undefined
  readonly credit?: 'fractional' | undefined
  readonly channel?: string | undefined
  readonly discount?: '1' | '0' | undefined
  readonly without_renewals?: '1' | undefined
  readonly compare?: '1' | undefined
}

export type FirstBuyer = {
  readonly customer: number
  readonly name: string | null
  readonly firstAt: number
  readonly repeatOrders: number
  readonly repeatRevenue: number
  readonly backAt: number | null
}

const base = '/api/reports/first-purchase'

export const getFirstPurchase = (query: Query, signal: AbortSignal) =>
  api.get<Kept<FirstPurchaseReport>>(base, query, signal)

export const getFirstProduct = (product: string, query: Query, signal?: AbortSignal) =>
  api.get<ProductDetail>(`${base}/products/${encodeURIComponent(product)}`, query, signal)

export const listFirstBuyers = (product: string, query: Query, signal?: AbortSignal) =>
  api.get<PageOf<FirstBuyer>>(
    `${base}/products/${encodeURIComponent(product)}/buyers`,
    query,
    signal,
  )

export const saveFirstPurchaseSettings = (settings: FirstPurchaseSettings) =>
  api.put<FirstPurchaseSettings>(`${base}/settings`, settings)

export const getCampaignPlan = (signal?: AbortSignal) =>
  api.get<Plan>('/api/proof/duration', {}, signal)
