import type { JsonObject } from '../lib/json.ts'
import type { MessageChannel } from './intent.ts'
import { dearest, isPaid } from './price.ts'
import { sendingSettings } from './sending.ts'

/** What a month may cost and what it has cost, ten-thousandths; no budget, no limit. */
export type Budget = { readonly limit: number; readonly spent: number } | null

const tenThousand = 10_000
/** From this share of the budget on the shop is warned. */
const warnedFrom = 0.8

/** What a month of paid messages may cost, ten-thousandths; null without a limit. */
export function budgetLimit(settings: JsonObject): number | null {
  const { monthlyBudget } = sendingSettings(settings.sending)
  return monthlyBudget === null ? null : Math.round(monthlyBudget * tenThousand)
}

/** Whether the next message of this channel may cost more than is left. */
export function isSpent(budget: Budget, channel: MessageChannel, settings: JsonObject): boolean {
  if (budget === null || !isPaid(channel)) return false
  const left = budget.limit - budget.spent
  return left <= 0 || left < dearest(settings, channel)
}

/**
 * How many messages of this channel fit beside those on their way, whose cost is not known before they are accepted. 0 means
 * wait for them; what is certainly too much is refused by `isSpent`.
 */
export function roomFor(
  budget: Budget,
  about: {
    readonly channel: MessageChannel
    readonly settings: JsonObject
    readonly underWay: number
  },
): number {
  const price = dearest(about.settings, about.channel)
  if (budget === null || price === 0) return Number.POSITIVE_INFINITY
  const left = Math.floor((budget.limit - budget.spent) / price)
  // Nothing is left at all: what waits is looked at, and refused where it is advertising.
  if (left <= 0) return Number.POSITIVE_INFINITY
  return Math.max(0, left - about.underWay)
}

/** What the shop is told about its budget. */
export function budgetWarning(budget: Budget): 'none' | 'near' | 'spent' {
  if (budget === null) return 'none'
  if (budget.spent >= budget.limit) return 'spent'
  return budget.spent >= budget.limit * warnedFrom ? 'near' : 'none'
}
