import type {
  FirstPurchaseReport,
  FirstPurchaseRow,
  FirstPurchaseSettings,
  ProductDetail,
} from '../../../server/src/first-purchase/report.ts'
import type { Kept } from '../../../server/src/jobs/kept-result.ts'
import { api, type PageOf, type Query } from './client.ts'

export type { FirstPurchaseReport, FirstPurchaseRow, ProductDetail }

/** What the table is asked for; as the API names it. */
export type FirstPurchaseAsked = {
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

/** How long the campaign of these products would have to run. */
export type CampaignPlan = {
  readonly entrantsAWeek: number
  readonly base: number | null
  readonly pastPeople: number
  readonly lift: number
  readonly windowDays: number
  readonly durations: readonly {
    readonly share: number
    readonly people: number
    readonly weeks: number
  }[]
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
  api.get<CampaignPlan>('/api/proof/duration', {}, signal)
