import type { Database } from '../../database/connection.store.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { insertInbox, isInInbox } from '../inbox.store.ts'
import type { EmailProvider } from './mail.ts'

/** The built-in test inbox: takes every mail once and shows it in the dashboard; nobody outside gets anything. */
export function inboxProvider(needs: {
  readonly db: Database
  readonly vault: Pick<Vault, 'seal'>
}): EmailProvider {
  return {
    name: 'inbox',
    send: async (mail) => {
      await insertInbox(needs.db, {
        ...mail,
        channel: 'email',
        recipient: needs.vault.seal(mail.to),
        headers: JSON.stringify({
          ...mail.headers,
          From: `${mail.from.name} <${mail.from.address}>`,
          'Message-ID': `<${mail.messageId}>`,
        }),
      })
      return { kind: 'accepted', providerId: `inbox:${mail.messageId}` }
    },
    lookUp: async (shop, message) =>
      (await isInInbox(needs.db, shop, message)) ? 'taken' : 'not_taken',
    close: async () => {},
  }
}
