import { consentImports } from '../connect/consents/imports.service.ts'
import { refusals } from '../connect/consents/refusals.service.ts'
import type { ConsentState } from '../consent/consent.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { closedTogether } from '../messages/handover.ts'
import type { RefusedThere } from '../messages/record.service.ts'
import { listUploads } from '../segments/lists/uploads.service.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'

/** Waits by the machine's clock. */
export const patience = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/**
 * Who refused at a provider, as one of its answers or reports tells: the ledger of consents hears it, of everybody with that
 * number and of every channel the toll-free number stands under, as of those its own list names. Once: the notice of that very
 * refusal may be refused there too, and hearing that as another word would owe another notice, without end.
 */
export function refusedThere(
  { db, clock }: Pick<HouseNeeds, 'db' | 'clock'>,
  rooms: Pick<Rooms, 'safe' | 'ledger' | 'customer' | 'door'>,
) {
  const { safe, ledger, customer, door } = rooms
  const people = { vault: safe, customers: customer, consent: ledger }
  const heard = refusals({ db, clock, ...people, accept: door.accept, wait: patience })
  return async (shop: ShopId, refused: readonly RefusedThere[]) => {
    for (const { message, customer: reader, channel, hash } of refused) {
      if (channel === 'webhook') continue
      const all = closedTogether(channel, 'opted_out')
      const others = hash !== null && all.length > 1 ? await customer.withPhone(shop, hash) : []
      for (const who of new Set([reader, ...others])) {
        const states = await ledger.of(shop, who as CustomerId)
        const channels = all.filter((one) => !hasRefused(states.get(one)))
        if (channels.length === 0) continue
        const one = { address: undefined, customers: [who], channels }
        await heard.record(shop, [one], { source: 'provider', cause: `message:${message}` })
      }
    }
  }
}

function hasRefused(state: ConsentState | undefined): boolean {
  return state !== undefined && !state.adDay && state.refusedAt !== null
}

/** People who come by file, for lists. */
export function filesOfLists({ db, clock }: HouseNeeds, rooms: Rooms) {
  const { safe, customer, door, tenants } = rooms
  return listUploads({
    db,
    clock,
    vault: safe,
    customers: customer,
    accept: door.accept,
    audit: tenants.audit,
  })
}

/** Consents and refusals that come by file. */
export function filesOfConsents({ db, clock }: HouseNeeds, rooms: Rooms) {
  const { safe, customer, ledger, door, tenants } = rooms
  const people = { vault: safe, customers: customer, consent: ledger }
  return consentImports({
    db,
    clock,
    ...people,
    accept: door.accept,
    shops: tenants,
    wait: patience,
  })
}
