import { api, type PageOf } from './client.ts'

/** One line of the live view. */
export type EventRow = {
  readonly position: number
  readonly at: number
  readonly receivedAt: number
  readonly kind: string
  readonly name: string
  readonly customer: number | null
  readonly customerName: string | null
  readonly properties: Readonly<Record<string, unknown>>
}

export const listEvents = (
  query: { readonly after?: string | undefined; readonly limit?: number; readonly name?: string },
  signal?: AbortSignal,
) => api.get<PageOf<EventRow>>('/api/events', query, signal)
