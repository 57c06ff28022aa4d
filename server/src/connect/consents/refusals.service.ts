import { createHash } from 'node:crypto'
import type { Consent } from '../../consent/consent.service.ts'
import type { ConsentChannel, ConsentSource } from '../../consent/consent.ts'
import { contactIdentity } from '../../customers/contact.ts'
import type { Customers } from '../../customers/customers.service.ts'
import type { Database } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { Happening } from '../../events/happening.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { acceptPatiently } from './patiently.service.ts'

/** Somebody refused, and what is known of them: an address, or a customer. */
export type Refused = {
  /** E-mail address or E.164 number, normalised; it closes whoever has it, today or later. */
  readonly address: { readonly kind: 'email' | 'phone'; readonly value: string } | undefined
  /** Customers it is known to be; those behind the address are found besides. */
  readonly customers?: readonly number[]
  readonly channels: readonly ConsentChannel[]
  /** UTC ms; absent is now, which outlives every consent that is here already. */
  readonly at?: number
  readonly evidence?: Readonly<Record<string, string>>
}

const batch = 500

/**
 * Refusals that reach us from outside: the toll-free number, a provider, a file. The address is closed at once, whether anybody is
 * known behind it or not, and stays closed when the customer is deleted; the ledger of known people hears it on the line.
 */
export function refusals(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'hash'>
  readonly customers: Pick<Customers, 'behindKeys'>
  readonly consent: Pick<Consent, 'suppress'>
  readonly accept: Accept['accept']
  /** Waits in real time while the line catches up. */
  readonly wait: (ms: number) => Promise<void>
}) {
  const hashOf = ({ kind, value }: NonNullable<Refused['address']>) =>
    needs.vault.hash(kind, contactIdentity(kind, value))

  async function some(
    shop: ShopId,
    refused: readonly Refused[],
    said: { readonly source: ConsentSource; readonly cause: string },
  ): Promise<number> {
    const now = needs.clock.now()
    const byDay = Map.groupBy(
      refused.flatMap((one) =>
        one.address ? one.channels.map((channel) => ({ channel, at: one.at ?? now, ...one })) : [],
      ),
      ({ channel, at }) => `${channel}:${at}`,
    )
    for (const group of byDay.values()) {
      const [first] = group
      if (!first) continue
      await needs.consent.suppress(needs.db, shop, {
        channel: first.channel,
        hashes: group.flatMap(({ address }) => (address ? [hashOf(address)] : [])),
        reason: 'opted_out',
        at: first.at,
      })
    }
    const behind = await needs.customers.behindKeys(
      shop,
      refused.map(({ address }) => address ?? { kind: 'customer' as const, value: '' }),
    )
    const happenings = refused.flatMap((one, index) =>
      [...new Set([...(one.customers ?? []), ...(behind[index] ?? [])])].flatMap((customer) =>
        one.channels.map((channel) => withdrawal({ ...one, customer, channel }, said, now)),
      ),
    )
    await acceptPatiently(needs, shop, happenings)
    return new Set(happenings.map((one) => one.ids.customer)).size
  }

  return {
    /**
     * Takes them in. `cause` names the hearing, so that the same one heard again records nothing twice; answers how many
     * known customers it concerned.
     */
    record: async (
      shop: ShopId,
      refused: readonly Refused[],
      said: { readonly source: ConsentSource; readonly cause: string },
    ): Promise<{ readonly known: number }> => {
      let known = 0
      for (let from = 0; from < refused.length; from += batch)
        known += await some(shop, refused.slice(from, from + batch), said)
      return { known }
    },
  }
}
export type Refusals = ReturnType<typeof refusals>

function withdrawal(
  one: Pick<Refused, 'at' | 'evidence'> & {
    readonly customer: number
    readonly channel: ConsentChannel
  },
  said: { readonly source: ConsentSource; readonly cause: string },
  now: number,
): Happening {
  const { customer, channel } = one
  const name = `${said.source}:${said.cause}:${customer}:${channel}:${one.at ?? ''}`
  return {
    kind: 'consent',
    name: 'Consent Changed',
    at: one.at ?? now,
    receivedAt: now,
    messageId: `refusal:${createHash('sha256').update(name).digest('base64url').slice(0, 22)}`,
    ids: { customer, verified: true },
    body: {
      properties: {
        channel,
        kind: 'withdraw',
        scope: 'ad_day',
        source: said.source,
        evidence: { ...one.evidence },
      },
    },
  }
}
