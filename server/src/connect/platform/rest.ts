import { dayMs } from '../../lib/duration.ts'
import type { PlatformMember } from './rows.ts'

/** What a webhook says of a member beside that they changed; `apart`: the platform itself says that they are dormant. */
export type MemberWord = 'dormant' | 'released' | 'withdrawn' | 'apart'

/** A member becomes dormant after a year at the earliest; a month to spare for clocks and late looks. */
const awayMs = 330 * dayMs

/** When a member was last there, as far as the platform says it, UTC ms. */
const cameAt = ({ joinedAt, signedInAt = 0, releasedAt = 0 }: PlatformMember): number =>
  Math.max(joinedAt, signedInAt, releasedAt)

/**
 * Whether a member is dormant, by a webhook's word (which proves nothing, and may be late) and by what the platform says of when they
 * were there: nobody who came lately is. `before` is what was known of them, `now` UTC ms.
 */
export function isResting(
  member: PlatformMember,
  about: {
    readonly before: PlatformMember | undefined
    readonly word?: MemberWord | undefined
    readonly now: number
  },
): boolean {
  const { before, word, now } = about
  if (word === 'apart') return true
  const isSaid = word === 'dormant' || (word === undefined && isDormant(before))
  return isSaid && now - cameAt(member) >= awayMs
}

/** The member with the trait `member_state` (facts/member-state.ts): `dormant`, or `active` again; nothing where they never were. */
export function withRest(
  member: PlatformMember,
  about: Parameters<typeof isResting>[1],
): PlatformMember {
  if (isResting(member, about)) return withState(member, 'dormant')
  return about.before?.traits.member_state === undefined ? member : withState(member, 'active')
}

const isDormant = (member: PlatformMember | undefined): boolean =>
  member?.traits.member_state === 'dormant'

const withState = (member: PlatformMember, state: 'dormant' | 'active'): PlatformMember => ({
  ...member,
  traits: { ...member.traits, member_state: state },
})
