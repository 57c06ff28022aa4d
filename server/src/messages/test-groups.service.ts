import type { Consent } from '../consent/consent.service.ts'
import {
  contactIdentity,
  maskContact,
  normaliseEmail,
  normalisePhone,
} from '../customers/contact.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { hourMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Vault } from '../vault/vault.service.ts'
import {
  countTests,
  deleteGroup,
  deletePerson,
  insertGroup,
  insertPerson,
  readGroups,
} from './test-groups.store.ts'

/** Groups of a shop, and people in one. */
const groupsLimit = 20
const peopleLimit = 20
/** Tests that may leave in an hour, all together: enough to try a flow on a team, too few to advertise by them. */
const testsAnHour = 100

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'hash' | 'open' | 'seal'>
  readonly consent: Pick<Consent, 'closedSince'>
}

/** Somebody a test goes to. */
export type Tester = {
  readonly name: string
  readonly email: string | undefined
  readonly phone: string | undefined
  /** As the audit log names them. */
  readonly object: string
}

/** Named people of the shop who receive drafts. */
export function testGroups(needs: Needs) {
  const { db, clock, vault } = needs

  async function isClosed(
    shop: ShopId,
    asked: { readonly channel: 'email' | 'sms' | 'kakao'; readonly address: string },
  ): Promise<boolean> {
    const kind = asked.channel === 'email' ? 'email' : 'phone'
    const hash = vault.hash(kind, contactIdentity(kind, asked.address))
    const { channel } = asked
    return (await needs.consent.closedSince(db, shop, { channel, hashes: [hash] })).size > 0
  }

  return {
    isClosed,
    list: (shop: ShopId) => readGroups(db, shop),
    /** The people of a group with their addresses in the clear. */
    people: async (shop: ShopId, group: number): Promise<readonly Tester[]> => {
      const [found] = await readGroups(db, shop, group)
      if (!found) throw new Refusal('not-found', `There is no test group ${group}.`, 'group')
      return found.people.map((person) => ({
        name: person.name,
        email: person.email === null ? undefined : vault.open(person.email),
        phone: person.phone === null ? undefined : vault.open(person.phone),
        object: `test-person:${person.id}`,
      }))
    },
    create: async (shop: ShopId, name: string): Promise<number> => {
      if ((await readGroups(db, shop)).length >= groupsLimit)
        throw new Refusal('conflict', `At most ${groupsLimit} test groups.`, 'name')
      const id = await insertGroup(db, shop, { name, now: clock.now() })
      if (id === undefined) throw new Refusal('conflict', 'There is a group of this name.', 'name')
      return id
    },
    remove: async (shop: ShopId, id: number): Promise<void> => {
      if (!(await deleteGroup(db, shop, id)))
        throw new Refusal('not-found', `There is no test group ${id}.`)
    },
    addPerson: async (
      shop: ShopId,
      person: {
        readonly group: number
        readonly name: string
        readonly email: string
        readonly phone: string
      },
    ): Promise<number> => {
      const { group, name } = person
      const email = mailOf(person.email)
      const phone = mobileOf(person.phone)
      if (email === undefined && phone === undefined)
        throw new Refusal('invalid', 'An e-mail address or a mobile number is needed.', 'email')
      const id = await insertPerson(db, shop, {
        group,
        name,
        email: email === undefined ? null : vault.seal(email),
        emailShown: email === undefined ? null : maskContact('email', email),
        phone: phone === undefined ? null : vault.seal(phone),
        phoneShown: phone === undefined ? null : maskContact('phone', phone),
        limit: peopleLimit,
      })
      if (id === undefined)
        throw new Refusal('conflict', `A group holds at most ${peopleLimit} people.`, 'name')
      return id
    },
    removePerson: async (
      shop: ShopId,
      of: { readonly group: number; readonly id: number },
    ): Promise<void> => {
      if (!(await deletePerson(db, shop, of)))
        throw new Refusal('not-found', `There is no person ${of.id} in this group.`)
    },
    /** How many tests may still leave in this hour. */
    left: async (shop: ShopId): Promise<number> =>
      Math.max(0, testsAnHour - (await countTests(db, shop, clock.now() - hourMs))),
  }
}
export type TestGroups = ReturnType<typeof testGroups>

function mailOf(text: string): string | undefined {
  if (text.trim() === '') return undefined
  const email = normaliseEmail(text)
  if (email === undefined) throw new Refusal('invalid', 'This is no e-mail address.', 'email')
  return email
}

function mobileOf(text: string): string | undefined {
  if (text.trim() === '') return undefined
  const phone = normalisePhone(text)
  if (phone?.kind !== 'mobile')
    throw new Refusal('invalid', 'A mobile number such as 010-1234-5678 is needed.', 'phone')
  return phone.e164
}
