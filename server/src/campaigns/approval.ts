import { z } from 'zod'
import type { Flow } from './campaign.ts'
import { stepsOf } from './flow-map.ts'

/** The shop's settings section `approval`: above which size a campaign needs a second person. null: no such limit. */
export const ApprovalSettings = z.strictObject({
  /** People a campaign may take in without approval. */
  people: z.int().min(0).max(100_000_000).nullable().default(null),
  /** Most that its coupons may cost without approval, in currency units. */
  couponBudget: z.number().min(0).max(1_000_000_000_000).nullable().default(null),
  /** Members who may approve beside the owners. */
  approvers: z.array(z.int().positive()).max(100).default([]),
})
export type ApprovalSettings = z.infer<typeof ApprovalSettings>

/** The settings, defaults filled in; a section that no longer fits its schema counts as unset. */
export function approvalSettings(settings: unknown): ApprovalSettings {
  const parsed = ApprovalSettings.safeParse(settings ?? {})
  return parsed.success ? parsed.data : ApprovalSettings.parse({})
}

/** How large a campaign is. `people` null: nobody can say beforehand (the shop's server calls them). */
export type CampaignSize = {
  readonly people: number | null
  /** Currency units; null: there is no end of them. */
  readonly couponCost: number | null
}

/** Which limits the campaign is above; of what has no end the coupons' limit is passed, of people nobody knows it is not. */
export function limitsPassed(
  { people, couponCost }: CampaignSize,
  limits: ApprovalSettings,
): readonly ('people' | 'coupon_budget')[] {
  const passed: ('people' | 'coupon_budget')[] = []
  if (limits.people !== null && people !== null && people > limits.people) passed.push('people')
  if (limits.couponBudget !== null && (couponCost === null || couponCost > limits.couponBudget))
    passed.push('coupon_budget')
  return passed
}

/** Audiences change by themselves: so much larger than what was approved a campaign may be and still be what was approved. */
const growth = 1.2

/** In what the campaign is larger now than what was approved: a wider segment, more coupons. */
export function outgrown(
  now: CampaignSize,
  approved: CampaignSize,
): readonly ('people' | 'coupon_budget')[] {
  const more = (is: number | null, was: number | null) =>
    was !== null && (is === null || is > was * growth)
  const grown: ('people' | 'coupon_budget')[] = []
  if (more(now.people, approved.people)) grown.push('people')
  if (more(now.couponCost, approved.couponCost)) grown.push('coupon_budget')
  return grown
}

/** May this member approve what another asked for? Owners and those who were named may, never of their own campaign. */
export function mayApprove(
  actor: { readonly name: string; readonly role: string; readonly member?: number | undefined },
  asked: { readonly by: string; readonly limits: ApprovalSettings },
): boolean {
  if (actor.member === undefined || actor.name === asked.by) return false
  return actor.role === 'owner' || asked.limits.approvers.includes(actor.member)
}

/** Ids of the coupons that a flow gives. */
export function poolsOf(flow: Flow): readonly number[] {
  return [
    ...new Set(
      stepsOf(flow).flatMap((step) => {
        if (step.kind === 'coupon') return [step.pool]
        return step.kind === 'message' && step.coupon !== undefined ? [step.coupon] : []
      }),
    ),
  ]
}

/** Days for which a campaign that goes on is counted: people who come in, coupons it gives. */
export const countedDays = 30
