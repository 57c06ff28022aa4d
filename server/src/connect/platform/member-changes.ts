import type { ConsentSource } from '../../consent/consent.ts'
import type { Ids } from '../../customers/identity.ts'
import { dayMs } from '../../lib/duration.ts'
import { canonicalJson, type JsonObject } from '../../lib/json.ts'
import type { PlatformKind } from './platform.ts'
import type { PlatformConsent, PlatformMember } from './rows.ts'
import type { Teller, Told } from './told.ts'

type Telling = Omit<Teller, 'protect'> & { readonly ids: Ids }

/** What of a member is news: who they are, that they joined or signed in, what points they have, and what they chose. */
export function memberChanges(
  before: PlatformMember | undefined,
  after: PlatformMember,
  teller: Telling,
): readonly Told[] {
  const { version, now, ids } = teller
  const at = before === undefined ? after.joinedAt : (after.updatedAt ?? now)
  const traits = traitsOf(before, after)
  const identified: Told = {
    kind: 'identify',
    name: 'Identified',
    ...{ at, ids, body: { traits }, key: `traits:${version}` },
  }
  const isFresh = before === undefined
  const isChanged = isFresh || sayOf(before) !== sayOf(after)
  const joined: Told = {
    name: 'Signed Up',
    at: after.joinedAt,
    ids,
    body: { properties: {} },
    // Who left and joined again joined again.
    key: `joined:${after.joinedAt}`,
  }
  return [
    ...(isChanged ? [identified] : []),
    ...(isFresh && !after.joinedBefore ? [joined] : []),
    ...signedIn(before, after, { ids, isHistory: teller.isHistory }),
    ...pointsChanged(before, after, teller),
    ...consentChanges(before, after, teller),
  ]
}

/**
 * A visit that the platform tells by when the member signed in last: each time once, however often and in whatever order webhooks come.
 * Who is brought over or has just joined was there for that.
 */
function signedIn(
  before: PlatformMember | undefined,
  after: PlatformMember,
  { ids, isHistory }: { readonly ids: Ids; readonly isHistory: boolean },
): readonly Told[] {
  const { signedInAt: at } = after
  if (at === undefined || (before === undefined && isHistory)) return []
  if (at <= (before ? (before.signedInAt ?? 0) : after.joinedAt)) return []
  return [{ name: 'Signed In', at, ids, body: { properties: {} }, key: `signed-in:${at}` }]
}

/**
 * Points by what the platform says the member has: what came and went between two looks is told as one. When it changed is not said
 * there, so it counts from now. Who is brought over has what they have; who has just joined began with none.
 */
function pointsChanged(
  before: PlatformMember | undefined,
  after: PlatformMember,
  { ids, version, now, isHistory }: Telling,
): readonly Told[] {
  const isJust = before === undefined && !isHistory && now - after.joinedAt < dayMs
  const [had, balance] = [isJust ? 0 : before?.traits.points, after.traits.points]
  if (typeof had !== 'number' || typeof balance !== 'number' || had === balance) return []
  const change = Number((balance - had).toFixed(4))
  const properties = { points_change: change, points_balance: balance }
  return [{ name: 'Points Changed', at: now, ids, body: { properties }, key: `points:${version}` }]
}

const sayOf = ({ name, email, phone, traits }: PlatformMember): string =>
  canonicalJson({ name, email, phone, traits })

/** What is no longer said is taken back. */
function traitsOf(before: PlatformMember | undefined, after: PlatformMember): JsonObject {
  const gone = Object.keys(before?.traits ?? {}).filter((key) => !(key in after.traits))
  return {
    ...Object.fromEntries(gone.map((key) => [key, null])),
    ...after.traits,
    ...(after.name === null ? {} : { name: after.name }),
  }
}

function consentChanges(
  before: PlatformMember | undefined,
  after: PlatformMember,
  teller: Telling,
): readonly Told[] {
  return after.consents.flatMap((consent): readonly Told[] => {
    const known = before?.consents.find(({ channel }) => channel === consent.channel)
    if (known && known.granted === consent.granted) return []
    // A person of whom nothing was known and who never agreed said nothing.
    if (before === undefined && !consent.granted) return []
    const { channel, granted } = consent
    const at = saidAt(consent, after, teller)
    return [
      {
        kind: 'consent',
        name: 'Consent Changed',
        at,
        ids: teller.ids,
        body: {
          properties: {
            channel,
            kind: granted ? 'grant' : 'withdraw',
            scope: 'ad_day',
            source: sourceOf(teller.kind),
            evidence: { platform: teller.kind, member: after.id },
          },
        },
        key: `consent:${channel}:${teller.version}`,
      },
    ]
  })
}

/**
 * When a choice was made that the platform keeps no time of. A consent counts from the earliest moment it can have been given: who
 * refused after that has refused. A refusal counts from now.
 */
function saidAt(
  consent: PlatformConsent,
  member: PlatformMember,
  { seenBefore, now }: Telling,
): number {
  if (consent.at !== null) return Math.min(consent.at, now)
  if (!consent.granted) return now
  return Math.min(seenBefore ?? member.joinedAt, now)
}

function sourceOf(kind: PlatformKind): ConsentSource {
  switch (kind) {
    case 'cafe24':
      return 'cafe24_sync'
    case 'shopify':
    case 'woocommerce':
      return 'platform_sync'
    case 'files':
      return 'csv'
  }
}
