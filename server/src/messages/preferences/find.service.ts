import type { Consent } from '../../consent/consent.service.ts'
import { type ConsentChannel, consentChannels, contactChannel } from '../../consent/consent.ts'
import type { Database } from '../../database/connection.store.ts'
import type { CustomerId, ShopId } from '../../lib/brand.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { readLink } from '../link.ts'
import { type OwnAddress, readAddresses, readOptOut } from '../pages.store.ts'
import { type ChannelRow, rowsOf } from './choices.ts'

export type FindNeeds = {
  readonly db: Database
  readonly shops: Pick<Shops, 'shop'>
  readonly vault: Pick<Vault, 'sign' | 'verify'>
  readonly consent: Pick<Consent, 'of'>
}

/** Whose choices a link leads to. */
export type Found = {
  readonly shop: Shop
  /** 0: a test send, whose links change nothing. */
  readonly message: number
  readonly customer: CustomerId
  /** Channel of the message, and the address it went to. */
  readonly channel: ConsentChannel
  readonly hash: string | null
  readonly masked: string | null
  /** When they refused advertising on that channel, UTC ms; null while they have not. */
  readonly refusedAt: number | null
  readonly addresses: readonly OwnAddress[]
  readonly rows: readonly ChannelRow[]
}

/** Reads a link of choices; undefined when it is none of ours or its person is gone without a trace. */
export async function find(needs: FindNeeds, token: string): Promise<Found | undefined> {
  const target = readLink('optout', token, needs.vault)
  if (target?.kind !== 'optout') return undefined
  const shop = await needs.shops.shop(target.shop as ShopId)
  const { message } = target
  if (message === 0) {
    const customer = 0 as CustomerId
    const nobody = { hash: null, masked: null, refusedAt: null, addresses: [], rows: [] }
    return { shop, message, customer, channel: 'email', ...nobody }
  }
  const opted = await readOptOut(needs.db, shop.id, target)
  if (!opted) return undefined
  const customer = opted.customer as CustomerId
  const { hash, masked } = opted
  const channel = consentChannels.find((one) => one === opted.channel) ?? 'email'
  const addresses = await readAddresses(needs.db, shop.id, customer)
  const states = await needs.consent.of(shop.id, customer)
  const rows = rowsOf(states, (one) => reachedBy(addresses, one)?.masked ?? null)
  // A forwarded link shows its reader no address but the one the message went to.
  const shown = rows.map((row) =>
    contactChannel(row.channel) === contactChannel(channel) ? row : { ...row, address: null },
  )
  const state = states.get(channel)
  const refusedAt = state && !state.adDay ? state.refusedAt : null
  return { shop, message, customer, channel, hash, masked, refusedAt, addresses, rows: shown }
}

/** The address a channel reaches a person through. */
export function reachedBy(
  addresses: readonly OwnAddress[],
  channel: ConsentChannel,
): OwnAddress | undefined {
  return addresses.find((one) => one.kind === contactChannel(channel))
}
