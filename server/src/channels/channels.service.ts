import type { Database } from '../database/connection.store.ts'
import { canonicalJson } from '../lib/json.ts'
import type { Shop } from '../shops/shop.ts'
import type { Vault } from '../vault/vault.service.ts'
import type {
  AnyParcel,
  DeliveryReport,
  LookedUp,
  Lost,
  Mail,
  Provider,
  ProviderName,
} from './carrier.ts'
import { carrying, type Described } from './described.ts'
import { mailSettings } from './email/mail-settings.ts'
import type { MailReach } from './email/reach.driver.ts'
import { resendProvider } from './email/resend.provider.ts'
import { sesProvider } from './email/ses.provider.ts'
import { smtpSettings } from './email/settings.ts'
import { smtpProvider } from './email/smtp.provider.ts'
import { readInbox, readInboxMail } from './inbox.store.ts'
import { kakaoOf } from './kakao/kakao.service.ts'
import type { ProviderWorld } from './provider-world.ts'
import { pushOf } from './push/push.service.ts'
import { recorder } from './recorder.provider.ts'
import { readTextPicture } from './text/pictures.store.ts'
import { textOf } from './text/text.service.ts'
import { webhookOf } from './webhook/webhook.service.ts'

type OfShop = Pick<Shop, 'id' | 'settings'>
export type Channel = AnyParcel['channel']

/**
 * The providers that carry messages, one a shop and channel, by the shop's settings. A channel without a provider goes into
 * the built-in test inbox.
 */
export function channels(needs: {
  readonly db: Database
  readonly vault: Pick<Vault, 'seal' | 'open' | 'hash'>
  /** Lets addresses of this machine be called; for tests. */
  readonly allowPrivate?: boolean
  /** Which mail servers may be talked to; of the public internet only unless it says more. */
  readonly mailReach?: MailReach
  /** Where the text providers are: only tests say so. */
  readonly textWorld?: ProviderWorld
}) {
  const testInbox = recorder(needs)
  const opened = new Map<string, { readonly settings: string; readonly provider: Provider }>()

  const pictureOf = (shop: OfShop) => (id: string) => readTextPicture(needs.db, shop.id, id)

  const described = (shop: OfShop, channel: Channel): Described | undefined => {
    switch (channel) {
      case 'email':
        return emailOf(shop, needs)
      case 'web_push':
        return pushOf(shop, needs)
      case 'webhook':
        return webhookOf(shop, needs)
      case 'kakao':
        return kakaoOf(shop, needs)
      case 'sms':
        return textOf(shop, needs.vault, { picture: pictureOf(shop), ...needs.textWorld })
    }
  }

  const of = (shop: OfShop, channel: Channel): Provider => {
    const now = described(shop, channel)
    const settings = canonicalJson(now?.settings ?? null)
    const name = `${shop.id}:${channel}`
    const known = opened.get(name)
    if (known?.settings === settings) return known.provider
    if (known) void known.provider.close()
    opened.delete(name)
    if (!now) return testInbox
    const provider = now.open()
    opened.set(name, { settings, provider })
    return provider
  }

  return {
    /** The provider of a shop's channel; a changed setting replaces it, messages under way finish on the old one. */
    of,
    /** Whether the channel has no provider of the shop's own: what goes there reaches nobody but the test inbox. */
    isTest: (shop: OfShop, channel: Channel): boolean => described(shop, channel) === undefined,
    /** What became of a hand-over to a provider of this name whose end nobody saw; `never`: nobody is left to ask. */
    lookUp: async (
      shop: OfShop,
      asked: {
        readonly channel: Channel
        readonly provider: ProviderName | null
        readonly lost: Lost
      },
    ): Promise<LookedUp | { readonly kind: 'never' }> => {
      if (asked.provider === 'inbox') return await testInbox.lookUp(asked.lost)
      const provider = of(shop, asked.channel)
      // It keeps nothing, or the shop has changed providers since.
      if (provider.forgets || provider.name !== asked.provider) return { kind: 'never' }
      return await provider.lookUp(asked.lost)
    },
    /** What became of accepted messages (provider ids); nothing where the provider is another now or tells only by hook. */
    reports: async (
      shop: OfShop,
      asked: {
        readonly channel: Channel
        readonly provider: string | null
        readonly ids: readonly string[]
      },
    ): Promise<readonly DeliveryReport[]> => {
      const provider = of(shop, asked.channel)
      if (provider.name !== asked.provider || !provider.reports) return []
      return await provider.reports(asked.ids)
    },
    /** What the test inbox was given, recipients sealed. */
    inbox: {
      provider: testInbox,
      list: (shop: number, page: Parameters<typeof readInbox>[2]) =>
        readInbox(needs.db, shop, page),
      read: (shop: number, id: number) => readInboxMail(needs.db, shop, id),
    },
    close: async (): Promise<void> => {
      await Promise.all([...opened.values()].map(({ provider }) => provider.close()))
      opened.clear()
    },
  }
}
export type Channels = ReturnType<typeof channels>

function emailOf(
  shop: OfShop,
  { vault, allowPrivate, mailReach }: Parameters<typeof channels>[0],
): Described | undefined {
  const mail = mailSettings(shop.settings.mail)
  switch (mail?.provider) {
    case 'ses': {
      const key = () => vault.open(mail.sealedSecretKey)
      return { settings: mail, open: () => carrying<Mail>('email', sesProvider(mail, key())) }
    }
    case 'resend': {
      const key = () => vault.open(mail.sealedKey)
      return { settings: mail, open: () => carrying<Mail>('email', resendProvider(mail, key())) }
    }
  }
  const settings = smtpSettings(shop.settings.smtp)
  if (!settings) return undefined
  const { sealedPassword } = settings
  const password = () => (sealedPassword === '' ? '' : vault.open(sealedPassword))
  const known = allowPrivate ? ('anywhere' as const) : mailReach
  const reach = known === undefined ? {} : { reach: known }
  return {
    settings,
    open: () => carrying<Mail>('email', smtpProvider({ ...settings, ...reach }, password())),
  }
}
