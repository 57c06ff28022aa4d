import type { ConsentChannel, ConsentState } from '../consent/consent.ts'
import type { JsonObject } from '../lib/json.ts'

const channels: readonly ConsentChannel[] = [
  'email',
  'sms',
  'kakao',
  'web_push',
  'app_push',
  'phone',
]

/** What the consent ledger, the contacts and the suppressions say of a person, as they were last read. */
export type Reach = {
  /** Day 1, night 2, personal data 4; a channel without a word is missing. */
  readonly consents: { readonly [Channel in ConsentChannel]?: number }
  /** Channels an address of the person answers to and is not closed on. */
  readonly open: readonly ConsentChannel[]
}

/** The channels an address of a kind is used on. */
export function channelsOf(kind: 'email' | 'phone'): readonly ConsentChannel[] {
  return kind === 'email' ? ['email'] : ['sms', 'kakao', 'phone']
}

/** What was read, put together; undefined when nothing is known, as of nearly every visitor. */
export function reachOf(read: {
  readonly contacts: readonly ('email' | 'phone')[]
  readonly consents: ReadonlyMap<ConsentChannel, ConsentState>
  readonly suppressed: readonly ConsentChannel[]
}): Reach | undefined {
  if (read.contacts.length === 0 && read.consents.size === 0) return undefined
  const consents: { [Channel in ConsentChannel]?: number } = {}
  for (const channel of channels) {
    const said = read.consents.get(channel)
    if (!said) continue
    consents[channel] =
      (said.adDay ? 1 : 0) + (said.adNight ? 2 : 0) + (said.personalDataMarketing ? 4 : 0)
  }
  const open = channels.filter(
    (channel) =>
      read.contacts.some((kind) => channelsOf(kind).includes(channel)) &&
      !read.suppressed.includes(channel),
  )
  return { consents, open }
}

/** `reach.*` and `consent.*`: every channel has a value, so that "no" is never "missing". */
export function reachFacts(state: Reach | undefined): {
  readonly reach: JsonObject
  readonly consent: JsonObject
} {
  return state ? factsFor(state) : nobody
}

function factsFor({ consents, open }: Reach) {
  const reach: { [channel: string]: boolean } = {}
  const consent: { [channel: string]: JsonObject } = {}
  for (const channel of channels) {
    const said = consents[channel] ?? 0
    reach[channel] = (said & 1) !== 0 && open.includes(channel)
    consent[channel] = {
      ad_day: (said & 1) !== 0,
      ad_night: (said & 2) !== 0,
      personal_data_marketing: (said & 4) !== 0,
    }
  }
  return { reach, consent }
}

const nobody = factsFor({ consents: {}, open: [] })
