import { api, type PageOf } from './client.ts'

export type CustomerRow = {
  readonly id: number
  readonly name: string | null
  readonly member: boolean
  readonly email: string | null
  readonly phone: string | null
  readonly firstSeenAt: number
  readonly lastSeenAt: number
}

export type ListCustomers = {
  readonly search?: string
  readonly after?: string | undefined
  readonly limit?: number
}

export const listCustomers = (query: ListCustomers, signal?: AbortSignal) =>
  api.get<PageOf<CustomerRow>>('/api/customers', query, signal)

export type ConsentOfChannel = {
  readonly channel: string
  readonly adDay: boolean
  readonly adNight: boolean
  readonly grantedAt: number | null
  readonly refusedAt: number | null
}

export type CustomerDetail = CustomerRow & {
  readonly traits: Readonly<Record<string, unknown>>
  readonly consents: readonly ConsentOfChannel[]
  readonly segments?: readonly { readonly id: number; readonly name: string }[]
}

export const getCustomer = (id: number, signal?: AbortSignal) =>
  api.get<CustomerDetail>(`/api/customers/${id}`, {}, signal)

/** What they did, what we decided and what we sent, in one list. */
export type TimelineEntry = {
  readonly position: number
  readonly at: number
  readonly kind: string
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
}

export const getTimeline = (
  id: number,
  query: { readonly after?: string | undefined; readonly limit?: number },
  signal?: AbortSignal,
) => api.get<PageOf<TimelineEntry>>(`/api/customers/${id}/timeline`, query, signal)
