import type { KeptReason } from '../../../server/src/campaigns/decided-by.ts'
import { api } from './client.ts'

export type Group = {
  readonly people: number
  readonly buyers: number
  readonly revenue: number
}

/** What a campaign did, against the people it left out on purpose. */
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
  readonly windowHours: number
  readonly verdict: 'helps' | 'harms' | 'open' | 'too_little'
  /** People whose window is still open: their answer may still come. */
  readonly open: number
  readonly treatment: Group
  readonly holdout: Group
  /** Difference of the shares of buyers; null until both groups have people. */
  readonly lift: { readonly estimate: number; readonly low: number; readonly high: number } | null
  /** Net revenue that would not exist without the messages; null until it can be said. */
  readonly caused: { readonly estimate: number; readonly low: number; readonly high: number } | null
  /** People still needed before the interval can be expected to leave zero; null where unknown. */
  readonly needed: number | null
  readonly mixed: number
  readonly series: readonly {
    readonly at: number
    readonly sent: number
    readonly heldOut: number
    readonly ordered: number
  }[]
}

export const getCampaignReport = (id: number, signal?: AbortSignal) =>
  api.get<CampaignReport>(`/api/campaigns/${id}/report`, {}, signal)
