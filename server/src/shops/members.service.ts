import { hash as hashPassword, verify as verifyPassword } from '@node-rs/argon2'
import type { Database } from '../database/connection.store.ts'
import type { MemberId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Role } from './access.ts'
import {
  accountsOf,
  changeMember,
  countFailure,
  deleteSession,
  failuresThisHour,
  findSession,
  forgetOld,
  insertInvitation,
  insertMember,
  insertSession,
  type Member,
  membersOf,
  useInvitation,
} from './members.store.ts'
import { newSecret, secretHash } from './secret.driver.ts'

const sessionDays = 30
const invitationDays = 7
const maxFailuresPerHour = 10

type Needs = { readonly db: Database; readonly clock: Clock }

/** People of a shop: accounts, sign-in and sessions. Passwords are argon2id hashes; session tokens are kept as hashes. */
export function members(needs: Needs) {
  const { db, clock } = needs
  return {
    signIn: (email: string, password: string) => signIn(needs, email, password),
    join: (person: Joining) => join(needs, person),
    change: (shop: ShopId, id: MemberId, wanted: Wanted) => change(needs, { shop, id }, wanted),
    openSession: (shop: ShopId, member: MemberId) => openSession(needs, shop, member),
    list: (shop: ShopId): Promise<readonly Member[]> => membersOf(db, shop),
    /** Who the session token belongs to, or undefined. */
    whoIs: (token: string) => findSession(db, secretHash(token), clock.now()),
    signOut: (token: string) => deleteSession(db, secretHash(token)),
    /** A one-time token that makes its bearer a member with this role. */
    invite: async (shop: ShopId, role: Role): Promise<string> => {
      const token = newSecret()
      const expiresAt = clock.now() + invitationDays * dayMs
      await insertInvitation(db, { hash: secretHash(token), shop, role, expiresAt })
      return token
    },
    demoOwner: (shop: ShopId) => demoOwner(needs, shop),
    forgetOld: () => forgetOld(db, clock.now()),
  }
}
export type Members = ReturnType<typeof members>

type Joining = {
  readonly token: string
  readonly name: string
  readonly email: string
  readonly password: string
}
type Wanted = { readonly role?: Role | undefined; readonly disabled?: boolean | undefined }

async function openSession({ db, clock }: Needs, shop: ShopId, member: MemberId): Promise<string> {
  const token = newSecret()
  const now = clock.now()
  const expiresAt = now + sessionDays * dayMs
  await insertSession(db, { hash: secretHash(token), shop, member, now, expiresAt })
  return token
}

// The refusal does not say whether the address or the password was wrong.
async function signIn(needs: Needs, email: string, password: string): Promise<string> {
  const address = email.trim().toLowerCase()
  const who = secretHash(`sign-in:${address}`)
  const now = needs.clock.now()
  if ((await failuresThisHour(needs.db, who, now)) >= maxFailuresPerHour)
    throw new Refusal(
      'too-many',
      'Too many wrong passwords for this address. Try again in an hour.',
    )
  for (const account of await accountsOf(needs.db, address)) {
    if (await verifyPassword(account.passwordHash, password))
      return openSession(needs, account.shop, account.id)
  }
  await countFailure(needs.db, who, now)
  throw new Refusal('unauthenticated', 'The e-mail address or the password is wrong.')
}

async function join(needs: Needs, person: Joining): Promise<string> {
  const passwordHash = await hashPassword(person.password)
  const now = needs.clock.now()
  const joined = await needs.db.begin(async (tx) => {
    const invited = await useInvitation(tx, secretHash(person.token), now)
    if (!invited)
      throw new Refusal(
        'forbidden',
        'This link was used already or has expired. Ask for a new one.',
        'token',
      )
    const email = person.email.trim().toLowerCase()
    const id = await insertMember(tx, { ...invited, email, name: person.name, passwordHash, now })
    if (id === undefined)
      throw new Refusal('conflict', 'There is an account with this address already.', 'email')
    return { shop: invited.shop, id }
  })
  return openSession(needs, joined.shop, joined.id)
}

// A shop keeps at least one owner that can sign in.
async function change(
  { db, clock }: Needs,
  who: { readonly shop: ShopId; readonly id: MemberId },
  wanted: Wanted,
): Promise<void> {
  await db.begin(async (tx) => {
    const disabledAt =
      wanted.disabled === undefined ? undefined : wanted.disabled ? clock.now() : null
    if (!(await changeMember(tx, who.shop, { id: who.id, role: wanted.role, disabledAt })))
      throw new Refusal('not-found', 'There is no such member.')
    const owners = (await membersOf(tx, who.shop)).filter(
      (one) => one.role === 'owner' && one.disabledAt === null,
    )
    if (owners.length === 0)
      throw new Refusal('conflict', 'A shop needs at least one owner.', 'role')
  })
}

// The demo's own owner, made once; nobody knows the password.
async function demoOwner({ db, clock }: Needs, shop: ShopId): Promise<MemberId> {
  const [first] = await membersOf(db, shop)
  if (first) return first.id
  const passwordHash = await hashPassword(newSecret())
  const owner = { shop, email: 'owner@demo.example', name: '데모 사장님', role: 'owner' as const }
  const id = await insertMember(db, { ...owner, passwordHash, now: clock.now() })
  if (id === undefined) throw new Refusal('conflict', 'The demo owner exists already.')
  return id
}
