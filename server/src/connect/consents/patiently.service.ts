import type { Accept } from '../../events/accept.service.ts'
import type { Happening } from '../../events/happening.ts'
import type { ShopId } from '../../lib/brand.ts'
import { Refusal } from '../../lib/refusal.ts'

const batch = 500
const busyWaitMs = 500

/** Puts happenings into the log, some at a time; waits while the line is behind. */
export async function acceptPatiently(
  needs: {
    readonly accept: Accept['accept']
    readonly wait: (ms: number) => Promise<void>
  },
  shop: ShopId,
  happenings: readonly Happening[],
): Promise<void> {
  for (let from = 0; from < happenings.length; ) {
    try {
      const { refused } = await needs.accept(shop, happenings.slice(from, from + batch))
      if (refused[0])
        throw new Refusal('invalid', `The database refused a line: ${refused[0].reason}`)
      from += batch
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'busy') throw error
      await needs.wait(busyWaitMs)
    }
  }
}
