import type { TextAccount } from '../../channels/carrier.ts'
import type { TextTurns } from '../../channels/text/text.service.ts'
import type { Consent } from '../../consent/consent.service.ts'
import { contactIdentity } from '../../customers/contact.ts'
import type { Customers } from '../../customers/customers.service.ts'
import type { Database } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { Happening } from '../../events/happening.ts'
import type { CustomerId, ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { tollFreeChannels } from '../handover.ts'

type RefusedChannel = (typeof tollFreeChannels)[number]

/** Refusals acted upon in one go. */
const atOnce = 500

type OptOut = { readonly hash: string; readonly toldAt: number; readonly phone: string }

/**
 * Hourly: who refused by the 080 number at the provider is withdrawn here (Article 50(2) of the Network Act), whoever of the
 * shop's people has that number, and what money is left is looked at. A provider that is out is asked again later and later.
 */
export function textWatch(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'ids'>
  readonly texts: TextTurns
  readonly vault: Pick<Vault, 'hash'>
  readonly consent: Pick<Consent, 'suppress' | 'of'>
  readonly customers: Pick<Customers, 'behindKeys'>
  readonly accept: Accept['accept']
  readonly onError?: (error: unknown) => void
}) {
  const { clock, shops, texts, vault, accept } = needs

  /** Asks the provider of a shop if it is due; whether it was. */
  async function look(shop: ShopId): Promise<boolean> {
    const account = await texts.due(shop)
    if (!account) return false
    try {
      const [balanceWon, optOuts] = [await account.balance(), await account.optOuts()]
      if (optOuts) await obey(shop, optOuts)
      await texts.answered(shop, { balanceWon, optOuts: optOuts?.length ?? null })
    } catch (error) {
      await texts.failed(shop, error instanceof Error ? error.message : String(error))
      // What the provider says is shown in the settings; anything else is ours to know.
      if (!(error instanceof Refusal)) needs.onError?.(error)
    }
    return true
  }

  async function obey(
    shop: ShopId,
    listed: NonNullable<Awaited<ReturnType<TextAccount['optOuts']>>>,
  ): Promise<void> {
    for (let at = 0; at < listed.length; at += atOnce) {
      const some = listed.slice(at, at + atOnce).map(
        ({ phone, at: toldAt }): OptOut => ({
          phone,
          toldAt: toldAt ?? 0,
          hash: vault.hash('phone', contactIdentity('phone', phone)),
        }),
      )
      const news = await texts.newOptOuts(shop, some)
      const fresh = some.filter((one) => news.some((other) => other.hash === one.hash))
      if (fresh.length === 0) continue
      await close(shop, fresh)
      await withdraw(shop, fresh)
      // Only now: whoever is stopped in between does it again, and twice is once.
      await texts.keepOptOuts(shop, fresh)
    }
  }

  /** Closes the numbers themselves, also those nobody here has yet. */
  async function close(shop: ShopId, refused: readonly OptOut[]): Promise<void> {
    const now = clock.now()
    const days = Map.groupBy(refused, ({ toldAt }) => dayOf(toldAt, now))
    for (const [at, some] of days) {
      const hashes = some.map(({ hash }) => hash)
      for (const channel of tollFreeChannels)
        await needs.consent.suppress(needs.db, shop, { channel, hashes, reason: 'opted_out', at })
    }
  }

  async function withdraw(shop: ShopId, refused: readonly OptOut[]): Promise<void> {
    const now = clock.now()
    const behind = await needs.customers.behindKeys(
      shop,
      refused.map(({ phone }) => ({ kind: 'phone' as const, value: phone })),
    )
    const happenings: Happening[] = []
    for (const [index, customers] of behind.entries()) {
      const one = refused[index]
      if (!one) continue
      for (const customer of customers) {
        const id = customer as CustomerId
        const states = await needs.consent.of(shop, id)
        const told = dayOf(one.toldAt, now)
        for (const channel of tollFreeChannels) {
          const granted = states.get(channel)?.grantedAt ?? 0
          // A refusal found later than a consent given after it still counts: the provider sends nothing to that number.
          const at = told > granted ? told : now
          happenings.push(withdrawal({ customer: id, channel, optOut: one, at, now }))
        }
      }
    }
    if (happenings.length > 0) await accept(shop, happenings)
  }

  return {
    look,
    /** Looks at every shop that is due; false, so that the loop rests. */
    turn: async (): Promise<boolean> => {
      for (const shop of await shops.ids()) await look(shop)
      return false
    },
  }
}

const dayOf = (toldAt: number, now: number): number => (toldAt === 0 ? now : Math.min(toldAt, now))

function withdrawal(of: {
  readonly customer: CustomerId
  readonly channel: RefusedChannel
  readonly optOut: OptOut
  readonly at: number
  readonly now: number
}): Happening {
  const { customer, channel, optOut, at, now } = of
  const said = optOut.toldAt === 0 ? '' : new Date(optOut.toldAt).toISOString()
  return {
    kind: 'consent',
    name: 'Consent Changed',
    at,
    receivedAt: now,
    messageId: `080:${optOut.hash}:${optOut.toldAt}:${customer}${channel === 'sms' ? '' : `:${channel}`}`,
    ids: { customer, verified: true },
    body: {
      properties: {
        channel,
        kind: 'withdraw',
        scope: 'ad_day',
        source: '080',
        evidence: { list: '080', ...(said === '' ? {} : { said }) },
      },
    },
  }
}
