import type { Channels } from '../channels/channels.service.ts'
import { firstSendLocked } from '../consent/first-send.ts'
import { consentSettings } from '../consent/settings.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { Shop } from '../shops/shop.ts'
import { type Budget, budgetLimit, isSpent } from './budget.ts'
import { monthIn } from './price.ts'
import { readSpent } from './spending.store.ts'
import type { Standing } from './standing.ts'

/** What holds for the whole shop now: the first-send lock, the month's budget, the exception for customers. */
export async function standingOf(
  needs: { readonly channels: Pick<Channels, 'isTest'> },
  source: Database | Tx,
  about: { readonly shop: Shop; readonly now: number },
): Promise<Standing> {
  const { shop } = about
  const isLocked = firstSendLocked(shop.settings)
  const budget = await budgetOf(source, about)
  return {
    // The test inbox reaches nobody, so there is nothing to keep from it.
    locked: (channel) => isLocked && channel !== 'onsite' && !needs.channels.isTest(shop, channel),
    budgetSpent: (channel) => isSpent(budget, channel, shop.settings),
    tradesWith: consentSettings(shop.settings).existingCustomers !== null,
  }
}

/** What this month may cost and has cost; null without a budget, and then nothing is read. */
export async function budgetOf(
  source: Database | Tx,
  { shop, now }: { readonly shop: Shop; readonly now: number },
): Promise<Budget> {
  const limit = budgetLimit(shop.settings)
  if (limit === null) return null
  return { limit, spent: await readSpent(source, shop.id, monthIn(now, shop.timeZone)) }
}
