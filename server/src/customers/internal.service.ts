import type { Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { matchingCustomers, saveInternal } from './internal.store.ts'
import { isInternal } from './internal.ts'
import type { PersonRow } from './person.ts'

/** Judges anew whether these people of a turn are the shop's own, and writes it. Answers of whom that changed. */
export async function judgeInternal(
  tx: Tx,
  shop: ShopId,
  turn: {
    readonly people: ReadonlyMap<CustomerId, PersonRow>
    /** Whose addresses changed, who was merged into, of whom something was said. */
    readonly asked: ReadonlySet<CustomerId>
    /** Of whom something was said. */
    readonly told: ReadonlySet<CustomerId>
  },
): Promise<readonly CustomerId[]> {
  const people = [...turn.asked].flatMap((id) => turn.people.get(id) ?? [])
  if (people.length === 0) return []
  const matching = await matchingCustomers(
    tx,
    shop,
    people.map(({ id }) => id),
  )
  const changed: CustomerId[] = []
  for (const person of people) {
    const internal = isInternal(person.internalSaid, matching.has(person.id))
    if (internal !== person.internal) changed.push(person.id)
    person.internal = internal
  }
  // Most people are not and nothing was said of them: their rows say so already.
  const noted = new Set(changed)
  await saveInternal(
    tx,
    shop,
    people.filter((one) => noted.has(one.id) || one.internalSaid !== null || turn.told.has(one.id)),
  )
  return changed
}
