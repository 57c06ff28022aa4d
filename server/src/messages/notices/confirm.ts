import type { Placed } from '../../events/happening.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { hourMs } from '../../lib/duration.ts'
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

/**
 * The questions to the addresses themselves whether it was their owner who agreed on a page behind a link: one an hour by each way,
 * so that whoever holds a forwarded link cannot fill a mailbox.
 */
export function confirmations(
  asked: readonly Placed[],
  about: { readonly now: number; readonly tongue: Tongue },
): readonly Confirmation[] {
  const hour = Math.floor(about.now / hourMs)
  return asked.flatMap(({ customer, position, body }) => {
    const wanted = ConfirmationAsked.safeParse(body.properties)
    if (!wanted.success || customer === 0) return []
    const byCarrier = Map.groupBy(wanted.data.grants, (one) => carrierOf(one.channel))
    return [...byCarrier].map(([carrier, grants]): Confirmation => {
      const channels = channelsOf(grants)
      return {
        customer,
        grants,
        causeKey: causeKeyOf(customer, carrier, hour),
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

function causeKeyOf(customer: CustomerId, carrier: Carrier, hour: number): string {
  return ['notice', 'consent_confirm', customer, carrier, hour].join(':')
}
