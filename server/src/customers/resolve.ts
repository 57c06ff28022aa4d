import { dayMs } from '../lib/duration.ts'
import type { Ids } from './identity.ts'
import {
  type Desk,
  type Identity,
  type IdentityKey,
  type Known,
  type NewCustomer,
  openDesk,
  type WrittenIdentity,
} from './identity-desk.ts'

/** The part of a happening that identity needs. */
export type Claim = {
  readonly kind: string
  readonly name: string
  readonly at: number
  readonly ids: Ids
  readonly previousId?: string | undefined
}

/** What resolving a batch decided. */
export type Resolution = {
  /** One a claim: the customer it belongs to after all merges of the batch; 0 for nobody. */
  readonly owners: readonly number[]
  readonly created: ReadonlyMap<number, NewCustomer>
  /** Customers that existed before and were merged away, `to` already the last survivor; `index` is the claim that did it. */
  readonly merges: readonly { readonly from: number; readonly to: number; readonly index: number }[]
  /** Existing customers that became members. */
  readonly joined: ReadonlySet<number>
  /** Identities that are new or changed. */
  readonly identities: ReadonlyMap<IdentityKey, WrittenIdentity>
}

/** An anonymous chapter older than this begins anew, and never joins a member (design.md law 9). */
const chapterLimitMs = 30 * dayMs

/** Every identity key that resolving these claims may look at. */
export function keysOf(claims: readonly Claim[]): ReadonlySet<IdentityKey> {
  const keys = new Set<IdentityKey>()
  for (const { ids, previousId } of claims) {
    if (ids.anonymous !== undefined) keys.add(`anonymous:${ids.anonymous}`)
    if (ids.user !== undefined) keys.add(`user:${ids.user}`)
    if (ids.email && ids.verified) keys.add(`email:${ids.email.hash}`)
    if (ids.phone && ids.verified) keys.add(`phone:${ids.phone.hash}`)
    if (previousId !== undefined) keys.add(`user:${previousId}`).add(`anonymous:${previousId}`)
  }
  return keys
}

/** The customer that `customer:12` names, as an admin's alias does; undefined for other ids. */
export function customerNamed(previousId: string | undefined): number | undefined {
  const match = /^customer:(\d{1,15})$/.exec(previousId ?? '')
  return match ? Number(match[1]) : undefined
}

/**
 * Decides for each claim, in order of position, whom it belongs to: create, attach, merge or a new chapter. One pure fold:
 * docs/decisions/0003-identity.md decides every conflict. Customers made here carry negative ids until stored.
 */
export function resolve(known: Known, claims: readonly Claim[]): Resolution {
  const desk = openDesk(known)
  const owners = claims.map((claim, index) => ownerOf(desk, claim, index))
  return {
    owners: owners.map(desk.canonical),
    created: desk.created(),
    merges: desk.merges().map((merge) => ({ ...merge, to: desk.canonical(merge.to) })),
    joined: desk.joined(),
    identities: desk.changed(),
  }
}

function ownerOf(desk: Desk, claim: Claim, index: number): number {
  const { ids, at } = claim
  if (claim.kind === 'product') return 0
  if (claim.kind === 'alias' && claim.previousId !== undefined) return aliased(desk, claim, index)
  if (ids.customer !== undefined) return desk.existing(ids.customer)
  if (ids.user !== undefined) return memberOf(desk, claim, index)
  if (ids.anonymous !== undefined) return visitorOf(desk, claim, ids.anonymous)
  return guestOf(desk, ids, at)
}

/** A happening that names a member: the device's open chapter joins the member, or the device turns out to be shared. */
function memberOf(desk: Desk, claim: Claim, index: number): number {
  const { ids, at } = claim
  const user = ids.user ?? ''
  const device = ids.anonymous === undefined ? undefined : desk.get(`anonymous:${ids.anonymous}`)
  const account = desk.get(`user:${user}`)
  const chapter = device && openChapter(desk, device, at)
  const secondMember = isSecondMember(desk, device, account?.customer)
  const joins = chapter !== undefined && !device?.shared && !secondMember && ids.kiosk !== true

  let owner = account?.customer ?? 0
  if (owner === 0 && joins) {
    owner = chapter
    desk.makeMember(owner)
  } else if (owner === 0) {
    const made = { member: true, chapterAt: null, createdAt: at, device: ownDevice(ids, device) }
    owner = guestWith(desk, ids) ?? desk.create(made)
    desk.makeMember(owner)
  } else if (joins && chapter !== owner) {
    desk.merge(chapter, owner, index)
  }
  if (!account || (ids.verified && !account.verified)) {
    desk.set(`user:${user}`, { ...fresh(at), ...account, customer: owner, verified: ids.verified })
  }
  if (ids.anonymous !== undefined) settleDevice(desk, claim, { owner, secondMember })
  bindContacts(desk, claim, { owner, index })
  return owner
}

function settleDevice(
  desk: Desk,
  claim: Claim,
  seen: { owner: number; secondMember: boolean },
): void {
  const key: IdentityKey = `anonymous:${claim.ids.anonymous ?? ''}`
  const device = desk.get(key)
  if (claim.ids.kiosk === true) {
    if (!device?.shared) desk.set(key, { ...fresh(claim.at), ...device, shared: true })
    return
  }
  const signedOut = claim.name === 'Signed Out'
  if (device?.shared) {
    if (signedOut && device.customer !== 0) desk.set(key, { ...device, customer: 0 })
    return
  }
  if (seen.secondMember) {
    // From here on nobody can know whose browsing this is: the open chapter ends and a fresh one never joins anyone.
    desk.set(key, { ...fresh(claim.at), ...device, shared: true, customer: 0 })
    return
  }
  const customer = signedOut ? 0 : seen.owner
  if (device?.customer === customer && device.signedIn === seen.owner) return
  desk.set(key, { ...fresh(claim.at), ...device, customer, signedIn: seen.owner })
}

/** Only a device: its member while signed in, else its chapter; `Signed Out` ends either. */
function visitorOf(desk: Desk, claim: Claim, anonymous: string): number {
  const { at, ids } = claim
  const key: IdentityKey = `anonymous:${anonymous}`
  const device = desk.get(key)
  const kiosk = ids.kiosk === true
  const current = device && device.customer !== 0 ? desk.facts(device.customer) : undefined
  // A member's device that turns out to be a kiosk stops speaking for the member.
  const signedIn = current?.member === true && !kiosk && !device?.shared
  const open = device ? openChapter(desk, device, at) : undefined
  const owner = signedIn && device ? device.customer : open
  const made = { member: false, chapterAt: at, createdAt: at, device: ownDevice(claim.ids, device) }
  const settled = owner ?? desk.create(made)
  const customer = claim.name === 'Signed Out' ? 0 : settled
  const shared = (device?.shared ?? false) || kiosk
  if (!device || device.customer !== customer || device.shared !== shared) {
    desk.set(key, { ...fresh(at), ...device, customer, shared })
  }
  if (ids.verified) bindFree(desk, claim, settled)
  return settled
}

/** The device a new person begins with: a page that asked before it was known has drawn their arms from it. */
function ownDevice(ids: Ids, known: { readonly shared: boolean } | undefined): string | undefined {
  return ids.kiosk === true || known?.shared ? undefined : ids.anonymous
}

/** Neither member nor device: a server names a guest by phone first, then e-mail; a claim names nobody. */
function guestOf(desk: Desk, ids: Ids, at: number): number {
  if (!ids.verified || (!ids.email && !ids.phone)) return 0
  const owner =
    contactOwner(desk, ids) ?? desk.create({ member: false, chapterAt: null, createdAt: at })
  bindFree(desk, { ids, at }, owner)
  return owner
}

/** Two ids are one person: a chapter or guest joins by any alias, a member joins a member only by a verified one. */
function aliased(desk: Desk, claim: Claim, index: number): number {
  const { ids, at, previousId = '' } = claim
  const named = customerNamed(previousId)
  const target = aliasTarget(desk, claim, index)
  if (target === 0) return 0
  // Only Danggol itself sets ids.customer, for a member of the team who asked for the merge.
  if (named !== undefined && ids.customer !== undefined) {
    const source = desk.existing(named)
    if (source !== 0 && source !== target) desk.merge(source, target, index)
    return target
  }
  const account = desk.get(`user:${previousId}`)
  const device = desk.get(`anonymous:${previousId}`)
  if (account) {
    if (account.customer !== target && ids.verified) desk.merge(account.customer, target, index)
    return target
  }
  if (!device) {
    if (ids.verified)
      desk.set(`user:${previousId}`, { ...fresh(at), customer: target, verified: true })
    return target
  }
  const chapter = openChapter(desk, device, at)
  if (device.shared || isSecondMember(desk, device, target)) return target
  if (chapter !== undefined && chapter !== target) desk.merge(chapter, target, index)
  desk.set(`anonymous:${previousId}`, { ...device, customer: target, signedIn: target })
  return target
}

function aliasTarget(desk: Desk, claim: Claim, index: number): number {
  const { ids } = claim
  if (ids.customer !== undefined) return desk.existing(ids.customer)
  if (ids.user !== undefined) return memberOf(desk, claim, index)
  return ids.anonymous === undefined ? 0 : visitorOf(desk, claim, ids.anonymous)
}

/** The device's anonymous customer, unless it is between chapters, a member's, or too old. */
function openChapter(desk: Desk, device: Identity, at: number): number | undefined {
  if (device.customer === 0) return undefined
  const facts = desk.facts(device.customer)
  if (!facts || facts.member) return undefined
  if (facts.chapterAt !== null && at - facts.chapterAt > chapterLimitMs) return undefined
  return device.customer
}

function isSecondMember(
  desk: Desk,
  device: Identity | undefined,
  member: number | undefined,
): boolean {
  if (!device) return false
  const current = device.customer !== 0 && desk.facts(device.customer)?.member ? device.customer : 0
  const first = device.signedIn || current
  return first !== 0 && first !== member
}

/** A verified address that is free now finds this customer; a guest known by it joins the member who brings it. */
function bindContacts(
  desk: Desk,
  claim: Claim,
  { owner, index }: { readonly owner: number; readonly index: number },
): void {
  const { ids } = claim
  if (!ids.verified || owner === 0 || ids.user === undefined) return
  for (const key of contactKeys(ids)) {
    const holder = desk.get(key)?.customer
    if (holder === undefined || holder === owner) continue
    if (isGuest(desk, holder)) desk.merge(holder, owner, index)
  }
  bindFree(desk, claim, owner)
}

function bindFree(desk: Desk, claim: Pick<Claim, 'ids' | 'at'>, owner: number): void {
  const { ids, at } = claim
  for (const key of contactKeys(ids)) {
    if (desk.get(key)) continue
    const contact = key.startsWith('email:') ? ids.email : ids.phone
    desk.set(key, {
      ...fresh(at),
      customer: owner,
      verified: true,
      ...(contact ? { contact } : {}),
    })
  }
}

function guestWith(desk: Desk, ids: Ids): number | undefined {
  const owner = ids.verified ? contactOwner(desk, ids) : undefined
  return owner !== undefined && isGuest(desk, owner) ? owner : undefined
}

function contactOwner(desk: Desk, ids: Ids): number | undefined {
  for (const key of contactKeys(ids)) {
    const holder = desk.get(key)
    if (holder && holder.customer !== 0) return holder.customer
  }
  return undefined
}

function isGuest(desk: Desk, customer: number): boolean {
  const facts = desk.facts(customer)
  return facts !== undefined && !facts.member && facts.chapterAt === null
}

function contactKeys(ids: Ids): readonly IdentityKey[] {
  const keys: IdentityKey[] = []
  if (ids.phone) keys.push(`phone:${ids.phone.hash}`)
  if (ids.email) keys.push(`email:${ids.email.hash}`)
  return keys
}

function fresh(at: number): Identity {
  return { customer: 0, verified: false, shared: false, signedIn: 0, since: at }
}
