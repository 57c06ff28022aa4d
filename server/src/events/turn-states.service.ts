import type { Consent } from '../consent/consent.service.ts'
import type { Customers } from '../customers/customers.service.ts'
import type { Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { isErasure } from './erasure.ts'
import type { Placed } from './happening.ts'
import { type MirrorChange, saveDue, scrubLog } from './line.store.ts'
import { type MirroredFacts, mirrorChanges } from './mirror-changes.service.ts'

type Needs = {
  readonly customers: Pick<Customers, 'saveSections' | 'contactsOf' | 'erase'>
  readonly consent: Pick<Consent, 'statesOf' | 'erase'>
  readonly erasers?: readonly Eraser[]
  readonly facts?: MirroredFacts
}

/** Takes out of a room's tables what tells who these customers are. */
export type Eraser = (tx: Tx, shop: ShopId, customers: readonly CustomerId[]) => Promise<void>

/**
 * Writes when people are due and what the rooms remember of them, and asks for their mirror rows: sent together, for neither waits for
 * the other's answer. Who is erased in this turn is so before the mirror is asked.
 */
export async function saveStates(
  tx: Tx,
  needs: Needs,
  turn: {
    readonly due: Parameters<typeof saveDue>[2]
    readonly placed: readonly Placed[]
    readonly mirror: Omit<Parameters<typeof mirrorChanges>[2], 'erased'>
  },
): Promise<readonly MirrorChange[]> {
  const { due, placed, mirror } = turn
  const { shop, now } = mirror.turn
  const save = () => [
    saveDue(tx, shop, due),
    needs.customers.saveSections(tx, shop, mirror.people.states()),
  ]
  if (!placed.some(isErasure)) {
    const [mirrored] = await Promise.all([
      mirrorChanges(tx, needs, { ...mirror, erased: new Set() }),
      ...save(),
    ])
    return mirrored
  }
  await Promise.all(save())
  const erased = await eraseAsked(tx, needs, { shop, now, placed })
  return await mirrorChanges(tx, needs, { ...mirror, erased })
}

/** Erasure comes last in the turn: nothing of it writes about the person again. */
async function eraseAsked(
  tx: Tx,
  needs: Needs,
  turn: { readonly shop: ShopId; readonly now: number; readonly placed: readonly Placed[] },
): Promise<ReadonlySet<CustomerId>> {
  const { shop, now, placed } = turn
  const erased = new Set(placed.filter(isErasure).map((one) => one.customer))
  erased.delete(0 as CustomerId)
  if (erased.size === 0) return erased
  const customers = [...erased]
  // By whose ids rooms find what is theirs: those go last.
  for (const erase of needs.erasers ?? []) await erase(tx, shop, customers)
  await needs.consent.erase(tx, shop, customers)
  await needs.customers.erase(tx, shop, { customers, at: now })
  const here = placed.filter((one) => erased.has(one.customer) && !isErasure(one))
  await scrubLog(tx, shop, { customers, positions: here.map((one) => one.position) })
  return erased
}
