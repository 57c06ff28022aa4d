import { api } from './client.ts'

type StaffAddress = {
  readonly id: number
  readonly kind: 'email' | 'phone' | 'domain'
  readonly shown: string
  readonly name: string
}
export type Office = { readonly network: string; readonly name: string }
export type OwnPeople = {
  readonly addresses: readonly StaffAddress[]
  readonly offices: readonly Office[]
  readonly leaveOutBots: boolean
  readonly people: {
    readonly count: number
    readonly people: readonly {
      readonly customer: number
      readonly name: string | null
      /** internal: by hand; office: seen in the office; null: an address of staff. */
      readonly said: 'internal' | 'office' | null
      readonly lastSeenAt: number
    }[]
  }
  /** What bots sent in the last 30 days, the most first. */
  readonly bots: readonly {
    readonly bot: string
    readonly happenings: number
    readonly lastAt: number
  }[]
}
export const getOwnPeople = (signal?: AbortSignal) =>
  api.get<OwnPeople>('/api/own-people', {}, signal)
export const addStaffAddress = (body: { readonly text: string; readonly name: string }) =>
  api.post<{ readonly people: number }>('/api/own-people/addresses', body)
export const removeStaffAddress = (id: number) =>
  api.delete<unknown>(`/api/own-people/addresses/${id}`)
export const addOffice = (body: Office) => api.post<unknown>('/api/own-people/offices', body)
export const removeOffice = (network: string) =>
  api.post<unknown>('/api/own-people/offices/remove', { network })
export const switchBots = (leaveOut: boolean) =>
  api.put<unknown>('/api/own-people/bots', { leaveOut })

/** As staff, as a customer whatever the rules say, or as the rules say. */
type MarkedAs = 'internal' | 'customer' | 'auto'
export const markCustomer = (id: number, as: MarkedAs) =>
  api.put<unknown>(`/api/customers/${id}/internal`, { as })
