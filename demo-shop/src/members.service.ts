import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import type { Consents, Member } from './session.ts'

export type Joining = {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly consents: Consents
}

const mostMembers = 5_000

/** The shop's members, found by id or by e-mail and password. */
export function memberBook(now: () => number) {
  const members = new Map<string, Member>()
  // Ids of another start of the demo must not come again: the platform remembers those people.
  const start = now().toString(36)
  const byEmail = (email: string) =>
    [...members.values()].find((member) => member.email === email.toLowerCase())

  return {
    get: (id: string) => members.get(id),
    add: (given: Joining): Member | 'taken' | 'full' => {
      if (byEmail(given.email)) return 'taken'
      if (members.size >= mostMembers) return 'full'
      const member: Member = {
        id: `onyu-${start}-${members.size + 1}`,
        email: given.email.toLowerCase(),
        name: given.name,
        passwordHash: hashed(given.password),
        consents: given.consents,
        joinedAt: now(),
      }
      members.set(member.id, member)
      return member
    },
    withPassword: (email: string, password: string): Member | undefined => {
      const member = byEmail(email)
      return member && matches(password, member.passwordHash) ? member : undefined
    },
    setConsents: (member: Member, consents: Consents) =>
      members.set(member.id, { ...member, consents }),
  }
}
export type MemberBook = ReturnType<typeof memberBook>

function hashed(password: string): string {
  const salt = randomBytes(16).toString('base64url')
  return `${salt}.${scryptSync(password, salt, 32).toString('base64url')}`
}

function matches(password: string, hash: string): boolean {
  const [salt = '', kept = ''] = hash.split('.')
  return timingSafeEqual(scryptSync(password, salt, 32), Buffer.from(kept, 'base64url'))
}
