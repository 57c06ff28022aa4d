import type { Database } from '../database/connection.store.ts'
import { canonicalJson } from '../lib/json.ts'
import type { Shop } from '../shops/shop.ts'
import type { Vault } from '../vault/vault.service.ts'
import { inboxProvider } from './email/inbox.provider.ts'
import type { EmailProvider } from './email/mail.ts'
import { smtpSettings } from './email/settings.ts'
import { smtpProvider } from './email/smtp.provider.ts'
import { readInbox, readInboxMail } from './inbox.store.ts'

/** The providers that carry messages. E-mail goes by the shop's SMTP server, or else into the built-in test inbox. */
export function channels(needs: {
  readonly db: Database
  readonly vault: Pick<Vault, 'seal' | 'open'>
}) {
  const testInbox = inboxProvider(needs)
  const servers = new Map<number, { readonly settings: string; readonly provider: EmailProvider }>()

  return {
    /** The provider of a shop; a changed setting replaces it, mails under way finish on the old one. */
    email: (shop: Pick<Shop, 'id' | 'settings'>): EmailProvider => {
      const settings = smtpSettings(shop.settings.smtp)
      const text = canonicalJson(settings ?? null)
      const known = servers.get(shop.id)
      if (known?.settings === text) return known.provider
      if (known) void known.provider.close()
      servers.delete(shop.id)
      if (!settings) return testInbox
      const password =
        settings.sealedPassword === '' ? '' : needs.vault.open(settings.sealedPassword)
      const provider = smtpProvider(settings, password)
      servers.set(shop.id, { settings: text, provider })
      return provider
    },
    /** Who can say what became of a message that a provider of this name was given. */
    lookUp: (name: string | null, shop: number, message: number) =>
      name === 'inbox' ? testInbox.lookUp(shop, message) : Promise.resolve('unknown' as const),
    /** What the test inbox was given, recipients sealed. */
    inbox: {
      list: (shop: number, page: Parameters<typeof readInbox>[2]) =>
        readInbox(needs.db, shop, page),
      read: (shop: number, id: number) => readInboxMail(needs.db, shop, id),
    },
    close: async (): Promise<void> => {
      await Promise.all([...servers.values()].map(({ provider }) => provider.close()))
      servers.clear()
    },
  }
}
export type Channels = ReturnType<typeof channels>
