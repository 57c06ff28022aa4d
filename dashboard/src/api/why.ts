import type { KeptReason } from '../../../server/src/campaigns/decided-by.ts'
import type { MessageChannel } from '../../../server/src/messages/intent.ts'
import { api, type PageOf } from './client.ts'

type Said = { readonly ko: string; readonly en: string }

/** What one campaign decided about one person, in sentences. Times are UTC ms. */
export type Considering = {
  readonly campaign: number
  readonly name: string
  readonly state: string
  readonly at: number
  readonly entries: readonly {
    readonly enrolment: number
    readonly enteredAt: number
    readonly state: 'active' | 'done' | 'exited'
    readonly line: Said
  }[]
  readonly decisions: readonly {
    readonly id: number
    readonly enrolment: number | null
    readonly at: number
    readonly channel: MessageChannel
    readonly outcome: string
    readonly message: number | null
    readonly line: Said
  }[]
  readonly notEntered: readonly {
    readonly why: KeptReason
    readonly times: number
    readonly line: Said
  }[]
}

type Page = { readonly after?: string | undefined; readonly limit?: number }

/** Every campaign that considered the person, the last one first. */
export const getWhy = (customer: number, query: Page, signal?: AbortSignal) =>
  api.get<PageOf<Considering>>(`/api/customers/${customer}/why`, query, signal)

type Outsider = {
  readonly customer: number
  readonly name: string | null
  readonly lastAt: number
  readonly line: Said
}

/** Who was considered for a campaign and never entered, by their newest reason. */
export const listNotEntered = (
  campaign: number,
  query: Page & { readonly why: KeptReason },
  signal?: AbortSignal,
) => api.get<PageOf<Outsider>>(`/api/campaigns/${campaign}/not-entered`, query, signal)
