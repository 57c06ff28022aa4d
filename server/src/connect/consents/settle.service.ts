import { type FirstSendTask, firstSendOf } from '../../consent/first-send.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { Shops } from '../../shops/shops.service.ts'

/** Who answers for something, and the sentence they put their name under. */
export type Signature = { readonly name: string; readonly sentence: string }

/** Ticks off one of the things that must be settled before a first message. */
export async function settle(
  { shops, clock }: { readonly shops: Pick<Shops, 'update'>; readonly clock: Clock },
  shop: ShopId,
  settled: {
    readonly task: FirstSendTask
    readonly how: 'imported' | 'none'
    readonly by: Signature
    readonly import: number | null
  },
): Promise<void> {
  const { task, how, by } = settled
  const mine = { how, by: by.name, sentence: by.sentence, at: clock.now(), import: settled.import }
  await shops.update(
    shop,
    'firstSend',
    (before): JsonObject => ({ ...firstSendOf({ firstSend: before ?? null }), [task]: mine }),
  )
}
