import type { Database } from '../database/connection.store.ts'
import type { Json } from '../lib/json.ts'
import type { Vault } from '../vault/vault.service.ts'
import type { AnyParcel, Provider } from './carrier.ts'
import { insertInbox, isInInbox } from './inbox.store.ts'

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
      return { kind: 'accepted', providerId: `inbox:${parcel.key}` }
    },
    lookUp: async ({ shop, message }) =>
      (await isInInbox(needs.db, shop, message)) ? 'taken' : 'not_taken',
    close: async () => {},
  }
}

type Recorded = {
  readonly recipient: string
  readonly subject: string
  readonly html: string | null
  readonly text: string
  readonly headers: string
  readonly shown: string | null
}

/** What is kept of a parcel. `shown` holds what the picture of it needs beyond subject and text; never an address. */
function recorded(parcel: AnyParcel): Recorded {
  const plain = { html: null, headers: '{}' }
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
    case 'sms': {
      const { to, text, subject, form, from, image } = parcel
      return {
        ...plain,
        recipient: to,
        subject: subject ?? '',
        text,
        shown: json({ form, from, image }),
      }
    }
    case 'kakao': {
      const { to, text, profile, buttons } = parcel
      const own =
        parcel.kind === 'brand'
          ? { bubble: parcel.bubble, image: parcel.imageUrl, coupon: parcel.coupon }
          : { template: parcel.template }
      const shown = json({ kind: parcel.kind, profile, buttons, ...own })
      return { ...plain, recipient: to, subject: '', text, shown }
    }
    case 'web_push': {
      const { title, text, url, icon, image } = parcel
      const recipient = parcel.to[0]?.endpoint ?? ''
      return { ...plain, recipient, subject: title, text, shown: json({ url, icon, image }) }
    }
    case 'webhook':
      return { ...plain, recipient: parcel.url, subject: '', text: json(parcel.body), shown: null }
  }
}

function json(value: Json): string {
  return JSON.stringify(value)
}
