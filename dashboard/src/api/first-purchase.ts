import { api } from './client.ts'

export type FirstPurchaseMeasures = {
  readonly firstBuyers: number
  readonly repeatOrders: number
  readonly repeaters: number
  readonly repeatPerBuyer: number
  readonly repurchaseRate: number
  readonly repeatRevenue: number
  readonly repeatRevenuePerBuyer: number
  readonly firstRevenue: number
}

export type FirstPurchaseRow = FirstPurchaseMeasures & {
  readonly product: string
  readonly name: string
  readonly category: string
  readonly repeatSameOrders: number
  readonly repeatOtherOrders: number
}

export type FirstPurchaseReport = {
  readonly rows: readonly FirstPurchaseRow[]
  readonly total: FirstPurchaseMeasures
  readonly notes: { readonly ordersWithoutCustomer: number; readonly ordersInOtherCurrency: number }
  readonly asOf: number
  readonly currency: string
}

export type FirstPurchaseQuestion = {
  readonly from?: number | undefined
  readonly horizon_days?: number | undefined
  readonly min_gap_days: number
}

export const getFirstPurchase = (question: FirstPurchaseQuestion, signal?: AbortSignal) =>
  api.get<FirstPurchaseReport>('/api/reports/first-purchase', { ...question, limit: 2000 }, signal)
