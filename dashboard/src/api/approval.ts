import type { ApprovalSettings } from '../../../server/src/campaigns/approval.ts'
import { api } from './client.ts'

/** Whether a draft needs the word of a second member, and what was said. Times are UTC ms, amounts in currency units. */
export type Approval = {
  readonly passed: readonly ('people' | 'coupon_budget')[]
  readonly people: number | null
  readonly couponCost: number | null
  readonly state: 'none' | 'asked' | 'approved' | 'declined' | 'void' | 'outgrown'
  /** How large it was when it was approved, where it outgrew that. */
  readonly approved: {
    readonly people: number | null
    readonly couponCost: number | null
    readonly grown: readonly ('people' | 'coupon_budget')[]
  } | null
  readonly note: string
  readonly askedBy: string | null
  readonly askedAt: number | null
  readonly decidedBy: string | null
  readonly decisionNote: string | null
  readonly mayDecide: boolean
}

export const getApproval = (campaign: number, signal?: AbortSignal) =>
  api.get<Approval>(`/api/campaigns/${campaign}/approval`, {}, signal)
export const sayApproval = (
  campaign: number,
  body: { readonly act: 'ask' | 'approve' | 'decline'; readonly note: string },
) => api.post<Approval>(`/api/campaigns/${campaign}/approval`, body)

/** A campaign that waits for the word of whoever is signed in. */
export type WaitingApproval = {
  readonly campaign: number
  readonly name: string
  readonly note: string
  readonly askedBy: string
  readonly askedAt: number
}

export const listApprovals = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly WaitingApproval[] }>('/api/approvals', {}, signal)
export const getApprovalLimits = (signal?: AbortSignal) =>
  api.get<ApprovalSettings>('/api/approval-limits', {}, signal)
export const putApprovalLimits = (limits: ApprovalSettings, seen: ApprovalSettings) =>
  api.put<ApprovalSettings>('/api/approval-limits', limits, seen)
