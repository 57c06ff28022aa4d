import type { Database, Tx } from '../database/connection.store.ts'
import type { MemberId, ShopId } from '../lib/brand.ts'
import { hourMs } from '../lib/duration.ts'
import type { Role } from './access.ts'

export type Member = {
  readonly id: MemberId
  readonly shop: ShopId
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly createdAt: number
  readonly disabledAt: number | null
}

/** The shop's members, oldest first, the disabled too. */
export async function membersOf(db: Database | Tx, shop: ShopId): Promise<readonly Member[]> {
  return db<Member[]>`
    select id, shop, email, name, role, created_at as "createdAt", disabled_at as "disabledAt"
    from members where shop = ${shop} order by id`
}

/** Every account with this address, one a shop at most. */
export async function accountsOf(
  db: Database,
  email: string,
): Promise<readonly (Member & { readonly passwordHash: string })[]> {
  return db<(Member & { passwordHash: string })[]>`
    select id, shop, email, name, role, created_at as "createdAt", disabled_at as "disabledAt", password_hash as "passwordHash"
    from members where email = ${email} and disabled_at is null order by shop`
}

/** A new member; undefined where the shop has one of this address. */
export async function insertMember(
  db: Database | Tx,
  member: {
    shop: ShopId
    email: string
    name: string
    role: Role
    passwordHash: string
    now: number
  },
): Promise<MemberId | undefined> {
  const rows = await db<{ id: number }[]>`
    insert into members (shop, email, name, role, password_hash, created_at)
    values (${member.shop}, ${member.email}, ${member.name}, ${member.role}, ${member.passwordHash}, ${member.now})
    on conflict (shop, email) do nothing returning id`
  return rows[0]?.id as MemberId | undefined
}

/** Changes what is not undefined; who is disabled is signed out everywhere. False where there is no such member. */
export async function changeMember(
  tx: Tx,
  shop: ShopId,
  member: { id: MemberId; role: Role | undefined; disabledAt: number | null | undefined },
): Promise<boolean> {
  const rows = await tx`
    update members set
      role = coalesce(${member.role ?? null}, role),
      disabled_at = ${member.disabledAt === undefined ? tx`disabled_at` : member.disabledAt}
    where shop = ${shop} and id = ${member.id} returning id`
  if (member.disabledAt)
    await tx`delete from sessions where shop = ${shop} and member = ${member.id}`
  return rows.length > 0
}

/** A session, kept by the hash of its token. */
export async function insertSession(
  db: Database | Tx,
  session: { hash: Buffer; shop: ShopId; member: MemberId; now: number; expiresAt: number },
): Promise<void> {
  await db`
    insert into sessions (token_hash, shop, member, created_at, expires_at)
    values (${session.hash}, ${session.shop}, ${session.member}, ${session.now}, ${session.expiresAt})`
}

/** Who is signed in by this token's hash; undefined where it ended or they were disabled. */
export async function findSession(
  db: Database,
  hash: Buffer,
  now: number,
): Promise<Member | undefined> {
  const rows = await db<Member[]>`
    select m.id, m.shop, m.email, m.name, m.role, m.created_at as "createdAt", m.disabled_at as "disabledAt"
    from sessions s join members m on m.shop = s.shop and m.id = s.member
    where s.token_hash = ${hash} and s.expires_at > ${now} and m.disabled_at is null`
  return rows[0]
}

/** Signs out. */
export async function deleteSession(db: Database, hash: Buffer): Promise<void> {
  await db`delete from sessions where token_hash = ${hash}`
}

/** An invitation, kept by the hash of its token, until `expiresAt` (milliseconds). */
export async function insertInvitation(
  db: Database,
  invitation: { hash: Buffer; shop: ShopId; role: Role; expiresAt: number },
): Promise<void> {
  await db`
    insert into invitations (token_hash, shop, role, expires_at)
    values (${invitation.hash}, ${invitation.shop}, ${invitation.role}, ${invitation.expiresAt})`
}

/** Takes the invitation so that no second person can; undefined when it is unknown, used or expired. */
export async function useInvitation(
  tx: Tx,
  hash: Buffer,
  now: number,
): Promise<{ readonly shop: ShopId; readonly role: Role } | undefined> {
  const rows = await tx<{ shop: number; role: Role }[]>`
    update invitations set used_at = ${now}
    where token_hash = ${hash} and used_at is null and expires_at > ${now} returning shop, role`
  const row = rows[0]
  return row && { shop: row.shop as ShopId, role: row.role }
}

/** Counts a failed sign-in of this address or caller (hashed), by the hour. */
export async function countFailure(db: Database, who: Buffer, now: number): Promise<void> {
  await db`
    insert into sign_in_failures (who, hour, failures) values (${who}, ${Math.floor(now / hourMs)}, 1)
    on conflict (who, hour) do update set failures = sign_in_failures.failures + 1`
}

/** How often this address or caller failed since the hour began. */
export async function failuresThisHour(db: Database, who: Buffer, now: number): Promise<number> {
  const rows = await db<{ failures: number }[]>`
    select failures from sign_in_failures where who = ${who} and hour = ${Math.floor(now / hourMs)}`
  return rows[0]?.failures ?? 0
}

/** Lets go of ended sessions and of failures older than the hour before. */
export async function forgetOld(db: Database, now: number): Promise<void> {
  await db`delete from sign_in_failures where hour < ${Math.floor(now / hourMs) - 1}`
  await db`delete from sessions where expires_at < ${now}`
}
