import type { Coupons } from '../coupons/coupons.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import { changeByHand } from './lists.store.ts'
import { settleDecisions } from './outbox.store.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly coupons: Pick<Coupons, 'release' | 'retake'>
}

type Change = Omit<Parameters<typeof changeByHand>[2], 'at'> & { readonly outcome: string }

/** Ends or repeats a message by a person's word, with its decision and its coupon. */
export async function byHand(needs: Needs, shop: ShopId, change: Change): Promise<void> {
  await needs.db.begin(async (tx) => {
    const decision = await changeByHand(tx, shop, { ...change, at: needs.clock.now() })
    if (!decision) {
      throw new Refusal('conflict', 'This message is not waiting for a decision any more.')
    }
    await settleCoupon(needs, tx, { shop, change })
    const { reason, outcome } = change
    await settleDecisions(tx, shop, [{ ...decision, reason, outcome }])
  })
}

/** What is settled as not sent gives its coupon back; what is sent again takes it once more. */
async function settleCoupon(
  { coupons, clock }: Needs,
  tx: Tx,
  { shop, change }: { readonly shop: ShopId; readonly change: Change },
): Promise<void> {
  const { message, to } = change
  const now = clock.now()
  if (to === 'failed') await coupons.release(tx, shop, { messages: [message], now })
  const missing = to === 'queued' ? await coupons.retake(tx, shop, { message, now }) : undefined
  if (missing === undefined) return
  throw new Refusal('conflict', 'The coupon of this message has run out; it cannot be sent again.')
}
