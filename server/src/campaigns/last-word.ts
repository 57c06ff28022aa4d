import type { EndReason } from './end-reason.ts'

/** Why a queued message stays where it is, when its person has left the flow or a condition of it failed. */
export function refusalFor(
  reason: EndReason | null,
): 'goal_reached' | 'campaign_stopped' | 'condition_no_longer' | 'not_sellable' {
  switch (reason) {
    case 'ordered':
    case 'goal_reached':
      return 'goal_reached'
    case 'campaign_stopped':
      return 'campaign_stopped'
    case 'nothing_sellable':
      return 'not_sellable'
    default:
      return 'condition_no_longer'
  }
}
