import type { DeliveryReport } from '../channels/carrier.ts'
import type { Returned } from '../channels/email/returned.ts'
import { contactIdentity, normaliseEmail } from '../customers/contact.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Vault } from '../vault/vault.service.ts'
import { readMessageId } from './message-id.ts'
import { readSentMails } from './returned.store.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'hash' | 'sign' | 'verify'>
  /** Takes what became of messages that a provider of this name was given. */
  readonly record: (
    shop: ShopId,
    told: { readonly provider: 'smtp'; readonly reports: readonly DeliveryReport[] },
  ) => Promise<unknown>
}

/**
 * Finds the messages that returned mails speak of. Anybody can write into the mailbox, so a report counts only when it
 * names a Message-ID of our making, sent for this shop by SMTP, to the very address that is said to have failed.
 */
export function returnedMail({ db, clock, vault, record }: Needs) {
  return async (shop: ShopId, returned: readonly Returned[]): Promise<number> => {
    const named = returned.flatMap((one) => {
      const name = readMessageId(one.messageId, vault)
      return name?.shop === shop ? [{ one, message: name.message }] : []
    })
    const sent = await readSentMails(
      db,
      shop,
      named.map(({ message }) => message),
    )
    const reports = named.flatMap(({ one, message }): readonly DeliveryReport[] => {
      const mail = sent.get(message)
      if (mail?.provider !== 'smtp' || mail.contactHash === null) return []
      // Some complaints hide the address; whoever can name the mail got it.
      const isHidden = one.recipient === '' && one.cause === 'complaint'
      if (!isHidden && hashOf(one.recipient, vault) !== mail.contactHash) return []
      const { cause, detail } = one
      return [
        {
          providerId: one.messageId,
          at: clock.now(),
          outcome: { kind: 'failed', cause, detail },
        },
      ]
    })
    if (reports.length > 0) await record(shop, { provider: 'smtp', reports })
    return reports.length
  }
}

function hashOf(address: string, vault: Pick<Vault, 'hash'>): string | undefined {
  const normalised = normaliseEmail(address)
  return normalised && vault.hash('email', contactIdentity('email', normalised))
}
