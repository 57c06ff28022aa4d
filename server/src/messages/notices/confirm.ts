import type { Placed } from '../../events/happening.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { dayMs, hourMs } from '../../lib/duration.ts'
import { nightAt } from '../night.ts'
import { type About, ConfirmationAsked, channelsOf } from './about.ts'
import { askSentence, type Carrier, type Tongue } from './texts.ts'
import { carrierOf, type Wish } from './wishes.ts'

/** How long the link of a confirmation opens what was asked for. */
export const confirmWithinMs = 24 * hourMs

export type Confirmation = {
  readonly customer: CustomerId
  readonly wish: Pick<Wish, 'notice' | 'carrier' | 'channels' | 'text' | 'upTo'>
  readonly causeKey: string
  readonly grants: About['grants']
}

/** Questions that one address is asked within any hour, and within any day: whoever asks for more fills somebody's mailbox. */
const perHour = 1
const perDay = 3

/** How often the address by which a person is asked was asked lately. */
export type AskedAddress = {
  readonly customer: number
  readonly carrier: string
  /** The same for every customer who has it. */
  readonly address: string
  /** UTC ms, of the last day. */
  readonly askedAt: readonly number[]
}

/** Those of the questions that an address may be asked now (UTC ms); each counts for those after it. */
export function withinLimits(
  wanted: readonly Confirmation[],
  addresses: readonly AskedAddress[],
  now: number,
): readonly Confirmation[] {
  const asked = new Map(addresses.map(({ address, askedAt }) => [address, [...askedAt]]))
  return wanted.filter(({ customer, wish }) => {
    const own = addresses.find((one) => one.customer === customer && one.carrier === wish.carrier)
    const times = own && asked.get(own.address)
    // Without an address the door refuses it, and says so.
    if (!times) return true
    const within = (windowMs: number) => times.filter((at) => at > now - windowMs).length
    if (within(hourMs) >= perHour || within(dayMs) >= perDay) return false
    times.push(now)
    return true
  })
}

/** When a question may go out, UTC ms: a text does not wake anybody, whoever pressed the button. undefined is at once. */
export function askFrom(carrier: Carrier, now: number): number | undefined {
  if (carrier === 'email') return undefined
  return nightAt(now, {
    channel: carrier,
    purpose: 'advertising',
    consent: undefined,
    marginMinutes: 0,
    spreadMinutes: 0,
    seed: '',
  })?.until
}

/** The questions to the addresses themselves whether it was their owner who agreed on a page behind a link. */
export function confirmations(
  asked: readonly Placed[],
  about: { readonly tongue: Tongue },
): readonly Confirmation[] {
  return asked.flatMap(({ customer, position, body }) => {
    const wanted = ConfirmationAsked.safeParse(body.properties)
    if (!wanted.success || customer === 0) return []
    const byCarrier = Map.groupBy(wanted.data.grants, (one) => carrierOf(one.channel))
    return [...byCarrier].map(([carrier, grants]): Confirmation => {
      const channels = channelsOf(grants)
      return {
        customer,
        grants,
        causeKey: ['notice', 'consent_confirm', customer, carrier, position].join(':'),
        wish: {
          notice: 'consent_confirm',
          carrier,
          channels,
          text: askSentence(grants, about.tongue),
          upTo: position,
        },
      }
    })
  })
}
