import type { Database } from '../database/connection.store.ts'
import type { Vault } from '../vault/vault.service.ts'
import type { AnyParcel, Provider } from './carrier.ts'
import { insertInbox, isInInbox } from './inbox.store.ts'
import { shownOf } from './shown.ts'

/**
 * The built-in test inbox: takes every message once and shows it in the dashboard as the person would see it; nobody
 * outside gets anything.
 */
export function recorder(needs: {
  readonly db: Database
  readonly vault: Pick<Vault, 'seal'>
}): Provider {
  return {
    name: 'inbox',
    reportsDelivery: false,
    send: async (parcel) => {
      const { recipient, ...row } = recorded(parcel)
      await insertInbox(needs.db, {
        ...row,
        shop: parcel.shop,
        message: parcel.message,
        channel: parcel.channel,
        at: parcel.at,
        recipient: needs.vault.seal(recipient),
      })
      return { kind: 'accepted', providerId: idOf(parcel.key) }
    },
    lookUp: async ({ shop, message, key }) =>
      (await isInInbox(needs.db, shop, message))
        ? { kind: 'taken', providerId: idOf(key) }
        : { kind: 'not_taken' },
    close: async () => {},
  }
}

const idOf = (key: string): string => `inbox:${key}`

type Recorded = {
  readonly recipient: string
  readonly subject: string
  readonly html: string | null
  readonly text: string
  readonly headers: string
  readonly shown: string | null
}

/** What is kept of a parcel; `shown` as shown.ts says, never an address. */
function recorded(parcel: AnyParcel): Recorded {
  const picture = shownOf(parcel)
  const plain = { html: null, headers: '{}', shown: picture && JSON.stringify(picture) }
  switch (parcel.channel) {
    case 'email':
      return {
        recipient: parcel.to,
        subject: parcel.subject,
        html: parcel.html,
        text: parcel.text,
        headers: JSON.stringify({
          ...parcel.headers,
          From: `${parcel.from.name} <${parcel.from.address}>`,
          'Message-ID': `<${parcel.messageId}>`,
        }),
        shown: null,
      }
    case 'sms':
      return { ...plain, recipient: parcel.to, subject: parcel.subject ?? '', text: parcel.text }
    case 'kakao':
      return { ...plain, recipient: parcel.to, subject: '', text: parcel.text }
    case 'web_push': {
      const recipient = parcel.to[0]?.endpoint ?? ''
      return { ...plain, recipient, subject: parcel.title, text: parcel.text }
    }
    case 'webhook':
      return {
        ...plain,
        recipient: parcel.url,
        subject: '',
        text: JSON.stringify(parcel.body, null, 2),
      }
  }
}
