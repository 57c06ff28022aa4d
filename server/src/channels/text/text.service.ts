import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Provider, TextAccount, TextMessage } from '../carrier.ts'
import { carrying, type Described } from '../described.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { aligoText } from './aligo.provider.ts'
import { aligoAccount, aligoTakesSender } from './aligo-account.provider.ts'
import { nhnText } from './nhn.provider.ts'
import { nhnAccount } from './nhn-account.provider.ts'
import {
  askAgainAt,
  type TextSection,
  type TextSettings,
  type TextSettingsInput,
  textSection,
  textSettings,
} from './settings.ts'
import { solapiAccount, solapiText } from './solapi.provider.ts'
import {
  askSoon,
  claimTextAccount,
  dropTextAccount,
  keepOptOuts,
  keepTextAnswer,
  keepTextFailure,
  type ListedOptOut,
  newOptOuts,
  readTextAccount,
  type TextAccountState,
} from './text.store.ts'

/** A provider that has just been asked is not asked again for so long. */
const soonestMs = 5 * minuteMs

type OfShop = Pick<Shop, 'id' | 'settings'>

/** The shop's text provider by its settings; undefined, so that texts go to the test inbox, while there is none. */
export function textOf(
  shop: OfShop,
  vault: Pick<Vault, 'open'>,
  world: ProviderWorld = {},
): Described | undefined {
  const settings = textSettings(shop.settings.text)
  if (!settings) return undefined
  const { provider, account, sealedSecret } = settings
  return {
    // Prices and numbers may change without another connection.
    settings: { provider, account, sealedSecret },
    open: () => carrying('sms', providerOf(settings, vault.open(sealedSecret), world)),
  }
}

function providerOf(
  settings: TextSettings,
  secret: string,
  world: ProviderWorld,
): Provider<TextMessage> {
  switch (settings.provider) {
    case 'solapi':
      return solapiText({ apiKey: settings.account, apiSecret: secret }, world)
    case 'nhn':
      return nhnText({ appKey: settings.account, secretKey: secret }, world)
    case 'aligo':
      return aligoText({ userId: settings.account, key: secret }, world)
  }
}

function accountOf(settings: TextSettings, secret: string, world: ProviderWorld): TextAccount {
  switch (settings.provider) {
    case 'solapi':
      return solapiAccount({ apiKey: settings.account, apiSecret: secret }, world)
    case 'nhn': {
      const keys = { appKey: settings.account, secretKey: secret }
      return nhnAccount(keys, { optOutNumber: settings.optOutNumber.replace(/\D/g, '') }, world)
    }
    case 'aligo': {
      const keys = { userId: settings.account, key: secret }
      return aligoAccount(keys, { smsPrice: settings.smsWon }, world)
    }
  }
}

/** What the settings page shows. */
export type TextPage = {
  readonly section: TextSection
  readonly state: TextAccountState | undefined
}

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop' | 'set'>
  readonly vault: Pick<Vault, 'seal' | 'open'>
  /** Where the providers are: only tests say so. */
  readonly world?: ProviderWorld
}

/** The shop's account for text messages: its keys and numbers, and what the provider tells of it. */
export function texts(needs: Needs) {
  const { db, clock, shops, vault } = needs
  const world = needs.world ?? {}

  const sectionOf = async (shop: ShopId) => textSection((await shops.shop(shop)).settings.text)
  const settingsOf = async (shop: ShopId) => textSettings((await shops.shop(shop)).settings.text)
  const opened = (settings: TextSettings) =>
    accountOf(settings, vault.open(settings.sealedSecret), world)

  async function page(shop: ShopId): Promise<TextPage> {
    return { section: await sectionOf(shop), state: await readTextAccount(db, shop) }
  }

  /** A number the provider itself says may send; never one that somebody only typed. */
  async function requireSender(settings: TextSettings): Promise<void> {
    const number = settings.senderNumber
    if ((await opened(settings).senders()).includes(number)) return
    if (settings.provider === 'aligo') {
      const keys = { userId: settings.account, key: vault.open(settings.sealedSecret) }
      const tried = await aligoTakesSender(keys, number, world)
      if (tried.takes) return
      throw new Refusal(
        'invalid',
        `Aligo does not send from ${number}: ${tried.words}`,
        'senderNumber',
      )
    }
    throw new Refusal(
      'invalid',
      `${number} is not among the sender numbers that are registered there.`,
      'senderNumber',
    )
  }

  return {
    page,
    settingsOf,
    /** What the provider can tell of the account; undefined while there is none. */
    account: async (shop: ShopId): Promise<TextAccount | undefined> => {
      const settings = await settingsOf(shop)
      return settings && opened(settings)
    },
    /** Stores the settings; a new account or sender number is asked of the provider first. */
    change: async (shop: ShopId, by: string, input: TextSettingsInput): Promise<TextPage> => {
      const before = await sectionOf(shop)
      const section = changed(before, input, { seal: vault.seal, by, now: clock.now() })
      const settings = textSettings(section)
      if (section.provider !== null && !settings)
        throw new Refusal('invalid', 'The account needs its id and its secret.', 'secret')
      const isSame = isSameAccount(before, section)
      const isNewNumber = !isSame || before.senderNumber !== section.senderNumber
      if (settings && section.senderNumber !== '' && isNewNumber) await requireSender(settings)
      await shops.set(shop, 'text', { ...section })
      if (!isSame) await dropTextAccount(db, shop)
      return await page(shop)
    },
    /** Forgets the account: texts go to the test inbox again. The 080 number and the prices stay. */
    forget: async (shop: ShopId): Promise<void> => {
      const none = {
        provider: null,
        account: '',
        sealedSecret: '',
        senderNumber: '',
        certified: null,
      }
      await shops.set(shop, 'text', { ...(await sectionOf(shop)), ...none })
      await dropTextAccount(db, shop)
    },
    /** Asks the provider now: whether the keys work, which numbers may send and what money is left. */
    check: async (shop: ShopId) => {
      const settings = await settingsOf(shop)
      if (!settings) throw new Refusal('conflict', 'No text provider is set yet.')
      try {
        const account = opened(settings)
        const [senders, balanceWon] = await Promise.all([account.senders(), account.balance()])
        await keepTextAnswer(db, shop, { now: clock.now(), balanceWon })
        return { works: true as const, detail: null, senders }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        await keepTextFailure(db, shop, { now: clock.now(), error: error.message.slice(0, 500) })
        return { works: false as const, detail: error.message, senders: [] }
      }
    },
  }
}
export type Texts = ReturnType<typeof texts>

/** The hourly asking of providers: whose turn it is, and what came of it. */
export function textTurns(needs: Needs) {
  const { db, clock, shops, vault } = needs
  return {
    /** Takes the hourly turn to ask a shop's provider; undefined while it is not due, another process has it, or none is set. */
    due: async (shop: ShopId): Promise<TextAccount | undefined> => {
      const settings = textSettings((await shops.shop(shop)).settings.text)
      if (!settings) return undefined
      const now = clock.now()
      const last = await readTextAccount(db, shop)
      if (last && askAgainAt(last) > now) return undefined
      const turn = { now, last: last?.askedAt ?? null }
      return (await claimTextAccount(db, shop, turn))
        ? accountOf(settings, vault.open(settings.sealedSecret), needs.world ?? {})
        : undefined
    },
    /** Money is said to be short: lets the next turn ask, not more often than each five minutes. */
    askSoon: (shop: ShopId) => askSoon(db, shop, clock.now() - soonestMs),
    /** Which of these refusals are news. */
    newOptOuts: (shop: ShopId, listed: readonly ListedOptOut[]) => newOptOuts(db, shop, listed),
    keepOptOuts: (shop: ShopId, listed: readonly ListedOptOut[]) =>
      keepOptOuts(db, shop, { listed, now: clock.now() }),
    answered: (shop: ShopId, told: { balanceWon: number | null; optOuts: number | null }) =>
      keepTextAnswer(db, shop, { now: clock.now(), ...told }),
    failed: (shop: ShopId, error: string) =>
      keepTextFailure(db, shop, { now: clock.now(), error: error.slice(0, 500) }),
  }
}
export type TextTurns = ReturnType<typeof textTurns>

function isSameAccount(one: TextSection, other: TextSection): boolean {
  return (
    one.provider === other.provider &&
    one.account === other.account &&
    one.sealedSecret === other.sealedSecret
  )
}

function changed(
  before: TextSection,
  input: TextSettingsInput,
  how: { readonly seal: (text: string) => string; readonly by: string; readonly now: number },
): TextSection {
  const { secret, certified, ...rest } = input
  const isSame = before.provider === input.provider && before.account === input.account
  // The stored secret was given for one account; it is not shown to another.
  const kept = isSame ? before.sealedSecret : ''
  const none = { account: '', sealedSecret: '', senderNumber: '', certified: null }
  if (input.provider === null) return { ...rest, ...none }
  const isKnown = certified && before.provider === input.provider && before.certified !== null
  return {
    ...rest,
    sealedSecret: secret === undefined ? kept : how.seal(secret),
    certified: isKnown ? before.certified : certified ? { by: how.by, at: how.now } : null,
  }
}
