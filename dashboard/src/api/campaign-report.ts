import type { KeptReason } from '../../../server/src/campaigns/decided-by.ts'
import { api } from './client.ts'

/** What happened in a campaign; what it caused is in effect.ts. */
export type CampaignReport = {
  readonly entered: number
  /** On their way: nothing has been decided yet. */
  readonly waiting: number
  /** Entries about whose message something was decided. */
  readonly reached: number
  readonly eligible: number
  readonly heldOut: number
  readonly wouldSend: number
  readonly queued: number
  readonly sent: number
  readonly delivered: number
  readonly clicked: number
  readonly ordered: number
  readonly unconfirmed: number
  readonly drops: readonly {
    readonly reason: string
    readonly after: 'entered' | 'reached' | 'eligible'
    readonly count: number
  }[]
  /** People who were considered and never entered, by their newest reason. */
  readonly notEntered: readonly { readonly why: KeptReason; readonly count: number }[]
  /** Coupons the campaign gave and what they took off orders, currency units; null where it gave none. */
  readonly coupons: {
    readonly issued: number
    readonly redeemed: number
    readonly cost: number
  } | null
  /** More are held out until `planned` people were counted; null: it does not learn. */
  readonly learning: {
    readonly people: number
    readonly planned: number
    readonly share: number
    readonly after: number
  } | null
  readonly windowHours: number
  readonly series: readonly {
    readonly at: number
    readonly sent: number
    readonly heldOut: number
    readonly ordered: number
  }[]
}

export const getCampaignReport = (id: number, signal?: AbortSignal) =>
  api.get<CampaignReport>(`/api/campaigns/${id}/report`, {}, signal)
