import type { Customers } from '../customers/customers.service.ts'
import type { StoredPerson } from '../customers/stored-person.ts'
import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { wakeBy } from './build.store.ts'
import { nextTime } from './judge-person.ts'
import type { HeldSegment, Register } from './register.ts'
import { type Remembered, readRemembered, writeRemembered } from './remembered.ts'
import { type MembershipChange, saveMemberships } from './segments.store.ts'
import { countMoves } from './sizes.store.ts'

export const roomName = 'segments'

/** What a chunk of people changes, written in a statement a table. */
export type Writes = ReturnType<typeof emptyWrites>
export function emptyWrites() {
  return {
    sections: [] as { customer: number; sections: string }[],
    wakes: [] as { customer: number; at: number }[],
    entered: [] as MembershipChange[],
    left: [] as { segment: number; customer: number; at: number }[],
  }
}

export function noteJudged(
  writes: Writes,
  one: {
    readonly person: StoredPerson
    readonly remembered: Remembered
    readonly sections: JsonObject
    readonly register: Register
    readonly segment: HeldSegment
    readonly was: boolean
    readonly now: number
  },
): void {
  const { person, remembered, segment, was, now } = one
  const customer = person.id
  const is = remembered.members.has(segment.id)
  if (is && !was)
    writes.entered.push({
      segment: segment.id,
      customer,
      version: segment.version,
      at: now,
      cause: 'backfill',
    })
  if (was && !is) writes.left.push({ segment: segment.id, customer, at: now })
  if (remembered.fresh && !is && remembered.leaves.size === 0 && remembered.flips.size === 0) return
  noteSection(writes, one)
  const wake = nextTime(remembered)
  if (wake !== Infinity) writes.wakes.push({ customer, at: wake })
}

export function noteSection(
  writes: Writes,
  one: {
    readonly person: StoredPerson
    readonly remembered: Remembered
    readonly sections: JsonObject
    readonly register: Register
  },
): void {
  const { person, remembered, sections, register } = one
  const section: Json = writeRemembered(
    { ...remembered, version: person.version, member: person.member },
    register,
  )
  writes.sections.push({
    customer: person.id,
    sections: JSON.stringify({ ...sections, [roomName]: section }),
  })
}

export function readPerson(person: StoredPerson) {
  const parsed: unknown = JSON.parse(person.sections ?? '{}')
  const sections = isJsonObject(parsed) ? parsed : {}
  return { sections, remembered: readRemembered(sections[roomName]) }
}

export async function write(
  tx: Tx,
  needs: { readonly customers: Pick<Customers, 'remembered'> },
  { shop, writes }: { readonly shop: ShopId; readonly writes: Writes },
): Promise<void> {
  await needs.customers.remembered.replaceSections(tx, shop, writes.sections)
  await countMoves(tx, shop, { moves: await saveMemberships(tx, shop, writes) })
  await wakeBy(tx, shop, writes.wakes)
}
