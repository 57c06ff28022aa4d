import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { TestSent } from '../../../server/src/campaigns/test-sent.ts'
import { api } from './client.ts'

type TestPerson = {
  readonly id: number
  readonly name: string
  /** Masked. */
  readonly email: string | null
  readonly phone: string | null
}
export type TestGroup = {
  readonly id: number
  readonly name: string
  readonly people: readonly TestPerson[]
}
export const listTestGroups = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly TestGroup[] }>('/api/test-groups', {}, signal)
export const createTestGroup = (name: string) =>
  api.post<{ readonly id: number }>('/api/test-groups', { name })
export const removeTestGroup = (id: number) => api.delete<unknown>(`/api/test-groups/${id}`)
export const addTestPerson = (
  group: number,
  body: { readonly name: string; readonly email: string; readonly phone: string },
) => api.post<unknown>(`/api/test-groups/${group}/people`, body)
export const removeTestPerson = (group: number, person: number) =>
  api.delete<unknown>(`/api/test-groups/${group}/people/${person}`)

/** A draft, saved or not, to a test group or to oneself, with a chosen customer's values. */
export const sendTests = (body: {
  readonly draft: Flow
  readonly step?: number | undefined
  readonly customer?: number | undefined
  readonly group?: number | undefined
  readonly phone?: string | undefined
}) => api.post<{ readonly items: readonly TestSent[] }>('/api/campaigns/test-sends', body)
