import type { Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { type ContactChannel, type NewContact, saveContacts } from './contacts.store.ts'
import { deviceKey } from './device-key.ts'
import { loadKnown, saveIdentities } from './identity.store.ts'
import type { IdentityKey, NewCustomer, WrittenIdentity } from './identity-desk.ts'
import { judgeInternal } from './internal.service.ts'
import { type InternalWord, saidAfter, saidByBoth } from './internal.ts'
import { mergePeople } from './merge.store.ts'
import { insertPeople, lockPeople, nextCustomerIds, updatePeople } from './people.store.ts'
import type { Identified, MergedPerson, PersonRow } from './person.ts'
import { type Claim, customerNamed, keysOf, type Resolution, resolve } from './resolve.ts'
import { type TraitSet, traitChange } from './trait-change.ts'
import { changeTraits, mergeTraits, nameOf } from './traits.ts'

/** last_seen_at is kept to the minute: a row is not written again for every click of a visit. */
const lastSeenGrainMs = minuteMs

/** A happening as identity and profile see it. */
export type LineItem = Claim & {
  readonly position: number
  readonly receivedAt: number
  /** Traits to set; null removes one. */
  readonly traits?: JsonObject | undefined
  /** One path inside the traits; it goes before `traits`. */
  readonly traitSet?: TraitSet | undefined
  /** Their own act. False for what Danggol or the shop did to them, or knows of them: no sign of life. */
  readonly isActivity: boolean
  /** What it says of whether the person is one of the shop's own. */
  readonly internal?: InternalWord | undefined
}

/**
 * Step c and d of the line for one batch, in a handful of statements whatever its size: finds or creates the people, merges,
 * applies traits and contacts, locks everyone (and `also`) in order of id.
 */
export async function identify(
  tx: Tx,
  shop: ShopId,
  batch: { readonly items: readonly LineItem[]; readonly also: readonly CustomerId[] },
): Promise<Identified> {
  const { items } = batch
  const known = await loadKnown(tx, shop, { keys: keysOf(items), named: namedIn(items) })
  const resolution = resolve(known, items)
  const real = await realIds(tx, resolution)
  const idOf = (customer: number) => (real.get(customer) ?? customer) as CustomerId
  const owners = resolution.owners.map(idOf)

  const people = new Map<CustomerId, PersonRow>()
  const merges = resolution.merges.map((one) => ({
    from: one.from as CustomerId,
    to: idOf(one.to),
    position: items[one.index]?.position ?? 0,
  }))
  const existing = new Set<number>([
    ...batch.also,
    ...merges.flatMap((one) => [one.from, one.to]),
    ...owners,
  ])
  for (const id of real.values()) existing.delete(id)
  existing.delete(0)
  for (const row of await lockPeople(tx, shop, [...existing])) people.set(row.id, row)
  for (const [temporary, one] of resolution.created) {
    const id = idOf(temporary)
    people.set(id, newPerson(id, one))
  }

  const touched = new Set<CustomerId>()
  const changed = new Set<CustomerId>(real.values())
  for (const temporaryOrReal of resolution.joined) {
    const person = people.get(idOf(temporaryOrReal))
    if (!person) continue
    person.member = true
    person.chapterAt = null
    changed.add(person.id)
  }
  const merged = foldMerges(people, merges, changed)
  const told = new Set<CustomerId>()
  foldItems(people, { items, owners }, { touched, changed, told })

  await insertPeople(
    tx,
    shop,
    [...real.values()].flatMap((id) => people.get(id) ?? []),
  )
  const rewritten = [...new Set([...touched, ...changed])].filter((id) => existing.has(id))
  await updatePeople(
    tx,
    shop,
    rewritten.flatMap((id) => people.get(id) ?? []),
  )
  await mergePeople(tx, shop, merges)
  await saveIdentities(tx, shop, withRealIds(resolution, idOf))
  const moved = (await saveContacts(tx, shop, contactsIn(items, owners))) as readonly CustomerId[]
  const asked = new Set([...moved, ...told, ...merges.map((one) => one.to)])
  const judged = await judgeInternal(tx, shop, { people, asked, told })
  for (const id of [...moved, ...judged]) changed.add(id)
  return { owners, merges: merged, people, changed }
}

function namedIn(items: readonly LineItem[]): ReadonlySet<number> {
  const named = new Set<number>()
  for (const { ids, previousId } of items) {
    if (ids.customer !== undefined) named.add(ids.customer)
    const other = customerNamed(previousId)
    if (other !== undefined) named.add(other)
  }
  return named
}

async function realIds(tx: Tx, resolution: Resolution): Promise<ReadonlyMap<number, CustomerId>> {
  const temporary = [...resolution.created.keys()]
  const ids = await nextCustomerIds(tx, temporary.length)
  return new Map(temporary.map((id, index) => [id, ids[index] as CustomerId]))
}

function newPerson(id: CustomerId, one: NewCustomer): PersonRow {
  return {
    id,
    // Never changes again, and the survivor of a merge keeps its own: the arm of an experiment hangs on it.
    assignmentKey: one.device === undefined ? `c${id}` : deviceKey(one.device),
    member: one.member,
    name: null,
    traits: {},
    createdAt: one.createdAt,
    firstSeenAt: one.createdAt,
    lastSeenAt: one.createdAt,
    chapterAt: one.chapterAt,
    version: 0,
    sections: '{}',
    internal: false,
    internalSaid: null,
  }
}

function foldMerges(
  people: Map<CustomerId, PersonRow>,
  merges: readonly Omit<MergedPerson, 'sections'>[],
  changed: Set<CustomerId>,
): readonly MergedPerson[] {
  return merges.map((merge) => {
    const from = people.get(merge.from)
    const to = people.get(merge.to)
    people.delete(merge.from)
    if (!from || !to) return { ...merge, sections: '{}' }
    to.traits = mergeTraits(to.traits, from.traits)
    to.name = nameOf(to.traits)
    to.firstSeenAt = Math.min(to.firstSeenAt, from.firstSeenAt)
    to.lastSeenAt = Math.max(to.lastSeenAt, from.lastSeenAt)
    to.version = Math.max(to.version, merge.position)
    to.internalSaid = saidByBoth(to.internalSaid, from.internalSaid)
    changed.add(to.id)
    return { ...merge, sections: from.sections }
  })
}

function foldItems(
  people: ReadonlyMap<CustomerId, PersonRow>,
  batch: { readonly items: readonly LineItem[]; readonly owners: readonly CustomerId[] },
  marks: {
    readonly touched: Set<CustomerId>
    readonly changed: Set<CustomerId>
    /** Of whom something new was said about being one of the shop's own. */
    readonly told: Set<CustomerId>
  },
): void {
  batch.items.forEach((item, index) => {
    const owner = batch.owners[index]
    const person = owner === undefined ? undefined : people.get(owner)
    if (!person) return
    if (item.isActivity) {
      if (item.at < person.firstSeenAt) {
        person.firstSeenAt = item.at
        marks.touched.add(person.id)
      }
      if (item.at >= person.lastSeenAt + lastSeenGrainMs) {
        person.lastSeenAt = item.at
        marks.touched.add(person.id)
      }
    }
    const change = item.traitSet ? traitChange(person.traits, item.traitSet) : item.traits
    if (change !== undefined) {
      const traits = changeTraits(person.traits, change)
      if (traits !== person.traits) {
        person.traits = traits
        person.name = nameOf(traits)
        marks.changed.add(person.id)
      }
    }
    if (item.internal) {
      const said = saidAfter(person.internalSaid, item.internal)
      // Addresses of the shop may have changed since they were last looked at: taking a word back asks them anew.
      if (said !== person.internalSaid || item.internal === 'auto') marks.told.add(person.id)
      person.internalSaid = said
    }
    if (item.kind === 'consent' || item.ids.email || item.ids.phone) marks.touched.add(person.id)
    if (marks.changed.has(person.id) || item.kind === 'consent')
      person.version = Math.max(person.version, item.position)
  })
}

function withRealIds(
  resolution: Resolution,
  idOf: (customer: number) => CustomerId,
): ReadonlyMap<IdentityKey, WrittenIdentity> {
  return new Map(
    [...resolution.identities].map(([key, one]) => [
      key,
      { ...one, customer: idOf(one.customer), signedIn: idOf(one.signedIn) },
    ]),
  )
}

/** The last address of each customer and channel in the batch; a verified one before a claimed one. */
function contactsIn(
  items: readonly LineItem[],
  owners: readonly CustomerId[],
): readonly NewContact[] {
  const latest = new Map<string, NewContact>()
  items.forEach((item, index) => {
    const customer = owners[index]
    if (!customer) return
    const { verified } = item.ids
    const put = (channel: ContactChannel) => {
      const contact = item.ids[channel]
      const key = `${customer}:${channel}`
      if (contact && (verified || latest.get(key)?.verified !== true)) {
        latest.set(key, { customer, channel, contact, verified, at: item.at })
      }
    }
    put('email')
    put('phone')
  })
  return [...latest.values()]
}
