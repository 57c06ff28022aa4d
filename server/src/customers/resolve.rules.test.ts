import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs } from '../lib/duration.ts'
import type { ContactKey, Ids } from './identity.ts'
import type { Identity, IdentityKey, KnownCustomer } from './identity-desk.ts'
import { type Claim, type Resolution, resolve } from './resolve.ts'

/** The database as a test sees it: what each resolution left behind. */
function shop() {
  const identities = new Map<IdentityKey, Identity>()
  const customers = new Map<number, KnownCustomer>()
  const survivors = new Map<number, number>()
  let nextId = 1
  const follow = (customer: number): number => {
    const next = survivors.get(customer)
    return next === undefined ? customer : follow(next)
  }
  return {
    identities,
    customers,
    follow,
    process: (
      claims: readonly Claim[],
    ): { readonly owners: readonly number[]; readonly result: Resolution } => {
      const result = resolve({ identities, customers, survivors }, claims)
      const real = new Map<number, number>()
      for (const [temporary, customer] of result.created) {
        real.set(temporary, nextId)
        customers.set(nextId++, customer)
      }
      const id = (customer: number) => real.get(customer) ?? customer
      for (const customer of result.joined)
        customers.set(customer, { member: true, chapterAt: null })
      for (const merge of result.merges) survivors.set(merge.from, id(merge.to))
      for (const [key, one] of result.identities) {
        identities.set(key, { ...one, customer: id(one.customer), signedIn: id(one.signedIn) })
      }
      for (const [key, one] of identities) {
        identities.set(key, {
          ...one,
          customer: follow(one.customer),
          signedIn: follow(one.signedIn),
        })
      }
      return { owners: result.owners.map(id), result }
    },
  }
}

const mail = (name: string): ContactKey => ({ hash: name, sealed: `sealed-${name}`, masked: '***' })
const did = (ids: Partial<Ids>, more: Partial<Claim> = {}): Claim => ({
  kind: 'event',
  name: 'Product Viewed',
  at: 0,
  ids: { verified: false, ...ids },
  ...more,
})

test('browsing before sign-in belongs to the member who signs up on the device', () => {
  const { process } = shop()
  const { owners } = process([
    did({ anonymous: 'd' }),
    did({ anonymous: 'd', user: 'kim' }),
    did({ user: 'kim' }),
  ])
  expect(new Set(owners).size).toBe(1)
})

test('browsing on a new device joins the member who was known before', () => {
  const { process, follow } = shop()
  const [member] = process([did({ user: 'kim' })]).owners
  const [visitor] = process([did({ anonymous: 'd' })]).owners
  expect(visitor).not.toBe(member)
  const { result } = process([did({ anonymous: 'd', user: 'kim' })])
  expect(result.merges).toEqual([{ from: visitor, to: member, index: 0 }])
  expect(follow(visitor ?? 0)).toBe(member)
})

test('a device that signs in a second member is shared: nothing joins from then on', () => {
  const { process, identities } = shop()
  const [kim] = process([did({ anonymous: 'd', user: 'kim' })]).owners
  const [between] = process([did({ anonymous: 'd' }, { name: 'Signed Out' })]).owners
  expect(between).toBe(kim)
  const [browsing] = process([did({ anonymous: 'd' })]).owners
  expect(browsing).not.toBe(kim)
  const [lee] = process([did({ anonymous: 'd', user: 'lee' })]).owners
  expect(lee).not.toBe(browsing)
  expect(identities.get('anonymous:d')?.shared).toBe(true)
  const [later] = process([did({ anonymous: 'd' })]).owners
  expect([kim, lee, browsing]).not.toContain(later)
  const [kimAgain] = process([did({ anonymous: 'd', user: 'kim' })]).owners
  expect(kimAgain).toBe(kim)
  expect(process([did({ anonymous: 'd' })]).owners[0]).toBe(later)
})

test('the same member signing in again after signing out keeps what came between', () => {
  const { process, follow } = shop()
  const [kim] = process([did({ anonymous: 'd', user: 'kim' }, { name: 'Signed Out' })]).owners
  const [between] = process([did({ anonymous: 'd' })]).owners
  expect(between).not.toBe(kim)
  process([did({ anonymous: 'd', user: 'kim' })])
  expect(follow(between ?? 0)).toBe(kim)
})

test('a kiosk never joins anyone', () => {
  const { process, follow } = shop()
  const [kiosk] = process([did({ anonymous: 'k', kiosk: true })]).owners
  const [kim] = process([did({ anonymous: 'k', user: 'kim', kiosk: true })]).owners
  process([did({ anonymous: 'k', user: 'kim' })])
  expect(follow(kiosk ?? 0)).not.toBe(kim)
})

test('a chapter older than 30 days begins anew and does not join', () => {
  const { process, follow } = shop()
  const [old] = process([did({ anonymous: 'd' })]).owners
  const [kim] = process([did({ anonymous: 'd', user: 'kim' }, { at: 30 * dayMs + 1 })]).owners
  expect(follow(old ?? 0)).not.toBe(kim)
  const other = shop()
  const [first] = other.process([did({ anonymous: 'd' })]).owners
  const [second] = other.process([did({ anonymous: 'd' }, { at: 31 * dayMs })]).owners
  expect(second).not.toBe(first)
})

test('a claim never merges two members, a verified alias does', () => {
  const { process, follow } = shop()
  const [kim] = process([did({ user: 'kim' })]).owners
  const [old] = process([did({ user: 'kim-old' })]).owners
  process([did({ user: 'kim' }, { kind: 'alias', previousId: 'kim-old' })])
  expect(follow(old ?? 0)).toBe(old)
  process([did({ user: 'kim', verified: true }, { kind: 'alias', previousId: 'kim-old' })])
  expect(follow(old ?? 0)).toBe(kim)
  expect(process([did({ user: 'kim-old' })]).owners[0]).toBe(kim)
})

test('an equal e-mail never merges two members', () => {
  const { process, follow } = shop()
  const [kim] = process([did({ user: 'kim', verified: true, email: mail('a') })]).owners
  const [lee] = process([did({ user: 'lee', verified: true, email: mail('a') })]).owners
  expect(lee).not.toBe(kim)
  expect(follow(lee ?? 0)).toBe(lee)
})

test('a guest order joins the member whose shop vouches for the same e-mail', () => {
  const { process, follow } = shop()
  const [guest] = process([did({ verified: true, email: mail('a') })]).owners
  expect(process([did({ verified: true, email: mail('a') })]).owners[0]).toBe(guest)
  const [claimed] = process([did({ user: 'eve', email: mail('a') })]).owners
  expect(claimed).not.toBe(guest)
  const [kim] = process([did({ user: 'kim', verified: true, email: mail('a') })]).owners
  expect(follow(guest ?? 0)).toBe(kim)
})

test('a claim with nothing but an e-mail belongs to nobody', () => {
  expect(shop().process([did({ email: mail('a') })]).owners).toEqual([0])
})

test('a member of the team merges two members by their customer ids', () => {
  const { process, follow } = shop()
  const [kim] = process([did({ user: 'kim' })]).owners
  const [lee] = process([did({ user: 'lee' })]).owners
  process([
    did({ customer: kim ?? 0, verified: true }, { kind: 'alias', previousId: `customer:${lee}` }),
  ])
  expect(follow(lee ?? 0)).toBe(kim)
})

const anyIds = fc.record(
  {
    anonymous: fc.constantFrom('d1', 'd2', 'd3'),
    user: fc.constantFrom('kim', 'lee', 'park'),
    email: fc.constantFrom(mail('a'), mail('b')),
    phone: fc.constantFrom(mail('p')),
    verified: fc.boolean(),
    kiosk: fc.constant(true),
  },
  { requiredKeys: ['verified'] },
)
const anyClaim: fc.Arbitrary<Claim> = fc.record({
  kind: fc.constantFrom('event', 'event', 'event', 'alias'),
  name: fc.constantFrom('Product Viewed', 'Product Viewed', 'Signed Out'),
  at: fc.constantFrom(0, dayMs, 31 * dayMs, 62 * dayMs),
  ids: anyIds as fc.Arbitrary<Ids>,
  previousId: fc.constantFrom('d1', 'd2', 'kim', 'lee'),
})

/** Which claims ended with which, whatever the ids are. */
function partition(owners: readonly number[]): readonly number[] {
  const first = new Map<number, number>([[0, -1]])
  return owners.map((owner, index) => {
    if (!first.has(owner)) first.set(owner, index)
    return first.get(owner) ?? 0
  })
}

test('one batch, many batches and one by one end with the same people', () => {
  fc.assert(
    fc.property(
      fc.array(anyClaim, { maxLength: 25 }),
      fc.array(fc.integer({ min: 1, max: 6 })),
      (claims, cuts) => {
        const whole = shop()
        const together = whole.process(claims).owners
        const pieces = shop()
        const apart: number[] = []
        for (let from = 0, cut = 0; from < claims.length; cut++) {
          const size = cuts[cut] ?? 1
          apart.push(...pieces.process(claims.slice(from, from + size)).owners)
          from += size
        }
        expect(partition(apart.map(pieces.follow))).toEqual(partition(together))
        const shape = (one: ReturnType<typeof shop>) =>
          [...one.identities]
            .map(([key, { verified, shared }]) => ({ key, verified, shared }))
            .sort((a, b) => (a.key < b.key ? -1 : 1))
        expect(shape(pieces)).toEqual(shape(whole))
      },
    ),
    { numRuns: 2_000 },
  )
})

test('two members never become one by claims, whatever happens on the devices', () => {
  const claimed = anyClaim.map((claim) => ({ ...claim, ids: { ...claim.ids, verified: false } }))
  fc.assert(
    fc.property(fc.array(claimed, { maxLength: 30 }), (claims) => {
      const one = shop()
      for (const claim of claims) one.process([claim])
      const members = ['kim', 'lee', 'park'].flatMap(
        (user) => one.identities.get(`user:${user}`)?.customer ?? [],
      )
      expect(new Set(members).size).toBe(members.length)
    }),
    { numRuns: 2_000 },
  )
})
