import type { Database, Tx } from '../database/connection.store.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { betweenTurns, cancelEnrolments } from './campaigns.store.ts'
import { flows } from './flows.service.ts'
import { keptSteps } from './kept-steps.ts'
import {
  endDrained,
  endMoving,
  movePeople,
  setUnfinished,
  underWay,
  unsettled,
} from './moving.store.ts'

type Needs = { readonly db: Database; readonly clock: Clock }

/** People are ended and moved in bites, so that the line is never kept waiting. */
const biteLimit = 5_000

/** Notes that the campaign ends for everybody under way; `settle` does it. */
export const markCancelling = (tx: Tx, shop: ShopId, campaign: number) =>
  setUnfinished(tx, shop, { campaign, unfinished: 'cancelling' })

/** Moves and ends people as it was asked for, to the last one; whether there was anybody. */
export async function settle(needs: Needs, shop: ShopId): Promise<boolean> {
  const { db, clock } = needs
  let worked = false
  for (const one of await unsettled(db, shop)) {
    switch (one.unfinished) {
      case 'cancelling':
        worked = (await cancelAll(needs, shop, one.id)) || worked
        break
      case 'moving':
        worked = (await moveAll(needs, shop, { id: one.id, to: one.version })) || worked
        break
      case null:
        worked =
          (await db.begin(async (tx) => {
            await betweenTurns(tx, shop)
            return await endDrained(tx, shop, { id: one.id, now: clock.now() })
          })) || worked
    }
  }
  return worked
}

async function cancelAll({ db, clock }: Needs, shop: ShopId, campaign: number): Promise<boolean> {
  let worked = false
  for (;;) {
    const ended = await db.begin(async (tx) => {
      await betweenTurns(tx, shop)
      const count = await cancelEnrolments(tx, shop, {
        campaign,
        limit: biteLimit,
        now: clock.now(),
      })
      if (count < biteLimit) await setUnfinished(tx, shop, { campaign, unfinished: null })
      return count
    })
    worked ||= ended > 0
    if (ended < biteLimit) return worked
  }
}

/** Puts everybody on an older version onto the one that people enter on, step by step of theirs that is still there. */
async function moveAll(
  { db, clock }: Needs,
  shop: ShopId,
  { id, to }: { readonly id: CampaignId; readonly to: number },
): Promise<boolean> {
  const older = (await underWay(db, shop, id)).filter(({ version }) => version < to)
  const versions = [...older.map(({ version }) => version), to]
  const published = await flows().load(
    db,
    shop,
    versions.map((version) => ({ campaign: id, version })),
  )
  for (const { version: from } of older) {
    const kept = keptSteps(published(id, from), published(id, to))
    const bite = { campaign: id, from, to, kept, limit: biteLimit }
    const moved = () =>
      db.begin(async (tx) => {
        await betweenTurns(tx, shop)
        return await movePeople(tx, shop, { ...bite, now: clock.now() })
      })
    while ((await moved()) === biteLimit);
  }
  await endMoving(db, shop, { campaign: id, to })
  return older.length > 0
}
