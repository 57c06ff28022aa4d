import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs } from '../../lib/duration.ts'
import type { RecheckAll } from '../intent.ts'
import { readKept } from '../kept.ts'
import { refuseWaiting, settleDecisions } from '../outbox.store.ts'
import {
  expireWaiting,
  markShown,
  readWaiting,
  takeWaiting,
  type WaitingRow,
} from './waiting.store.ts'

/** A message waits for its person's next page so long. */
const waitsMs = 7 * dayMs

/** Messages of flows that wait for their person's next page: shown once, after their campaign's last word. */
export function waitingMessages(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly recheck: RecheckAll<Tx>
}) {
  const { db, clock } = needs
  return {
    /** What waits for this person, the heaviest first. */
    of: async (shop: ShopId, customer: number): Promise<readonly WaitingRow[]> => {
      const now = clock.now()
      return await readWaiting(db, shop, { customer, now, since: now - waitsMs })
    },
    /** Marks it as shown; false when another page was faster, or its campaign means it no longer. */
    show: (shop: ShopId, row: WaitingRow): Promise<boolean> =>
      db.begin(async (tx) => {
        if (!(await takeWaiting(tx, shop, row.id))) return false
        const { context } = readKept(row.kept)
        const [word] = await needs.recheck(tx, shop, [{ ...row, context }])
        const { id: message, decision, month } = row
        if (word?.kind === 'refused')
          await refuseWaiting(tx, shop, [{ message, decision, month, reason: word.reason }])
        if (word?.kind !== 'ok') return false
        await markShown(tx, shop, { message, at: clock.now() })
        await settleDecisions(tx, shop, [{ decision, month, outcome: 'sent', reason: 'sent' }])
        return true
      }),
    /** Ends what waited too long; answers how many. */
    expire: () => expireWaiting(db, { before: clock.now() - waitsMs, at: clock.now() }),
  }
}
export type WaitingMessages = ReturnType<typeof waitingMessages>
