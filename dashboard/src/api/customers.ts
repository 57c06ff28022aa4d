import { api, type PageOf } from './client.ts'

export type CustomerRow = {
  readonly id: number
  readonly name: string | null
  readonly member: boolean
  /** Marked as staff: outside segments, campaigns and reports. */
  readonly internal: boolean
  readonly createdAt: number
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
  /** Why nothing is sent to the address, whatever was agreed to. */
  readonly closed: 'opted_out' | 'hard_bounce' | 'complaint' | 'admin' | null
}

export type CustomerDetail = CustomerRow & {
  readonly traits: Readonly<Record<string, unknown>>
  readonly contacts: readonly {
    readonly channel: 'email' | 'phone'
    readonly masked: string
    readonly verified: boolean
  }[]
  readonly consents: readonly ConsentOfChannel[]
  readonly visits: {
    readonly count: number
    readonly here: boolean
    readonly lastAt: number | null
  }
  readonly devices: number
  /** Ids of customers that turned out to be the same person. */
  readonly merged: readonly number[]
  /** By hand, seen in the office, or null for what the shop's addresses say. */
  readonly internalSaid: 'internal' | 'customer' | 'office' | null
}

export const getCustomer = (id: number, signal?: AbortSignal) =>
  api.get<CustomerDetail>(`/api/customers/${id}`, {}, signal)

/** The addresses in the clear. Each look is in the audit log. */
export const getContacts = (id: number) =>
  api.get<{ readonly email: string | null; readonly phone: string | null }>(
    `/api/customers/${id}/contacts`,
  )

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

/** Everything kept of them, addresses in the clear. Each is in the audit log. */
export const exportCustomer = (id: number) =>
  api.get<Readonly<Record<string, unknown>>>(`/api/customers/${id}/export`)

/** Erases who they are, for good. */
export const eraseCustomer = (id: number) => api.post<unknown>(`/api/customers/${id}/erase`, {})

/** Refuses advertising on every channel and the use of their data for it. */
export const stopMarketing = (id: number) =>
  api.post<unknown>(`/api/customers/${id}/stop-marketing`, {})

type Erasure = {
  readonly customer: number
  readonly at: number
  readonly by: string | null
  readonly byName: string | null
  /** Facts of orders that stay and name nobody. */
  readonly orders: number
}
export const getErasure = (id: number, signal?: AbortSignal) =>
  api.get<Erasure>(`/api/customers/${id}/erasure`, {}, signal)
