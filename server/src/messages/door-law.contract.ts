import type { AnyParcel } from '../channels/carrier.ts'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'

// What must not reach a provider, written down from the law and apart from the rules that hold to it (door.test.ts).

export const minutes = (hour: number, minute = 0) => hour * 60 + minute
const label = '(광고)'

/** What the law and the channels' houses say, a line a channel; minutes are those of Seoul's day. */
const law = {
  // A mail wakes nobody. RFC 8058: the mail program's own button.
  email: {
    night: null,
    begins: (parcel: AnyParcel) => (parcel.channel === 'email' ? parcel.subject : ''),
    wayOut: (parcel: AnyParcel) =>
      parcel.channel === 'email' &&
      parcel.headers['List-Unsubscribe-Post'] === 'List-Unsubscribe=One-Click' &&
      parcel.html.includes('수신거부'),
  },
  sms: {
    night: { from: minutes(21), opens: true },
    begins: (parcel: AnyParcel) => (parcel.channel === 'sms' ? parcel.text : ''),
    wayOut: (parcel: AnyParcel) =>
      parcel.channel === 'sms' && /무료(수신)?거부 ?080-?123-?4567$/.test(parcel.text),
  },
  // An advertisement is a Brand Message, a notice an Alimtalk. Kakao takes no Brand Message after 20:50, whoever agreed to it.
  kakao: {
    night: { from: minutes(20, 50), opens: false },
    begins: (parcel: AnyParcel) => (parcel.channel === 'kakao' ? parcel.text : ''),
    wayOut: (parcel: AnyParcel) =>
      parcel.channel === 'kakao' &&
      parcel.kind === 'brand' &&
      parcel.text.endsWith('무료수신거부 080-123-4567'),
  },
  web_push: {
    night: { from: minutes(21), opens: true },
    begins: (parcel: AnyParcel) => (parcel.channel === 'web_push' ? parcel.title : ''),
    wayOut: (parcel: AnyParcel) =>
      parcel.channel === 'web_push' && parcel.text.endsWith('수신거부: 설정 > 알림'),
  },
} as const

export type Channel = keyof typeof law
export const channels = ['email', 'sms', 'kakao', 'web_push'] as const satisfies readonly Channel[]
/** A call to the shop's own server reaches no person: it needs nobody's consent, and still never goes twice or of the forgotten. */
export type Lane = Channel | 'webhook'
export const lanes: readonly Lane[] = [...channels, 'webhook']
export const adsPerDay = 3

/** What the test knows of a person, kept by the test alone. */
export type Person = {
  readonly user: string
  readonly customer: CustomerId
  readonly day: Record<Channel, boolean>
  readonly night: Record<Channel, boolean>
  /** Asked not to be written to, by a button that closes the address at once. */
  readonly refused: Record<Channel, boolean>
  /** When the provider said that there is no such address; what left in the same instant could not know. */
  readonly closedAt: Record<Channel, number>
  born: string | null
  /** Nothing is known of them any more; nobody may be told anything about them. */
  erased: boolean
  /** When advertisements may have reached the person. */
  readonly ads: number[]
}

/** How the shop stands at the instant of a hand-over. */
type Standing = {
  readonly locked: boolean
  readonly paused: boolean
  /** Messages a provider may have taken. */
  readonly taken: ReadonlySet<number>
}

/** What the law and the shop's own word forbid to hand over at this instant, and why; undefined when it may go. */
export function forbidden(
  shop: Standing,
  about: { readonly person: Person; readonly parcel: AnyParcel; readonly now: number },
): string | undefined {
  const { person, parcel, now } = about
  const { channel } = parcel
  if (shop.taken.has(parcel.message ?? 0)) return 'it may have gone out already'
  if (person.erased) return 'the person was erased'
  if (shop.paused) return 'the campaign is paused'
  if (channel === 'webhook') return undefined
  if (shop.locked) return 'the first send is not prepared'
  if (now > person.closedAt[channel]) return 'the address does not exist'
  const { night, begins, wayOut } = law[channel]
  if (begins(parcel).startsWith(label) !== parcel.advertising) return 'the label tells no truth'
  if (!parcel.advertising) return undefined
  if (!wayOut(parcel)) return 'no free way out'
  if (person.refused[channel]) return 'the person refused'
  if (!person.day[channel]) return 'no consent'
  if (person.born && ageInSeoul(person.born, now) < 14) return 'a child'
  const minute = minuteInSeoul(now)
  const isNight = night !== null && (minute >= night.from || minute < minutes(8))
  if (isNight && !(night.opens && person.night[channel])) return 'at night'
  const today = person.ads.filter((at) => at > now - dayMs).length
  return today >= adsPerDay ? 'too many in a day' : undefined
}

function ageInSeoul(born: string, now: number): number {
  const today = new Date(now + 9 * hourMs).toISOString().slice(0, 10)
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4))
  return today.slice(5) < born.slice(5) ? years - 1 : years
}

export const minuteInSeoul = (at: number) => Math.floor(((at + 9 * hourMs) % dayMs) / minuteMs)
