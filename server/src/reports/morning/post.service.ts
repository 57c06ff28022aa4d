import type { Handover } from '../../channels/carrier.ts'
import type { Channels } from '../../channels/channels.service.ts'
import { guardedPost } from '../../channels/webhook/guarded-post.driver.ts'
import { webhookSettings } from '../../channels/webhook/settings.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { htmlOf, type Morning, slackOf, textOf } from './morning.ts'
import type { Destination } from './morning-settings.ts'
import { morningWords } from './morning-words.ts'

type Needs = {
  readonly channels: Pick<Channels, 'of'>
  readonly vault: Pick<Vault, 'open'>
  readonly publicUrl: string
  /** What it is, for the shop's server. */
  readonly type: 'morning' | 'alarm'
  /** The sealed address of the team's Slack; undefined or empty where it was disconnected. */
  readonly sealedSlack: (shop: Shop) => string | undefined
  /** Lets addresses of this machine be called; for tests. */
  readonly allowPrivate?: boolean
}

/** One hand-over: `key` is the same for every try of it and another for the next. */
type Sent = { readonly key: string; readonly at: number; readonly morning: Morning }

/** Hands a message to the team over to one place: by the shop's own mail account, to Slack, or to its server. */
export function morningPost(needs: Needs) {
  return async (shop: Shop, to: Destination, sent: Sent): Promise<Handover> => {
    const parcel = { shop: shop.id, message: null, key: sent.key, advertising: false, at: sent.at }
    switch (to.kind) {
      case 'email':
        return await needs.channels
          .of(shop, 'email')
          .send({ ...parcel, ...mailOf(needs, shop, { ...sent, to: to.address }) })
      case 'slack':
        return await slack(needs, shop, sent.morning)
      case 'webhook': {
        const settings = webhookSettings(shop.settings.webhook)
        if (!settings) return gone('There is no webhook secret any more.')
        const secret = needs.vault.open(settings.sealedSecret)
        const call = {
          channel: 'webhook',
          url: to.url,
          secret,
          body: bodyOf(needs, sent.morning),
        } as const
        return await needs.channels.of(shop, 'webhook').send({ ...parcel, ...call })
      }
    }
  }
}
export type MorningPost = ReturnType<typeof morningPost>

function mailOf({ publicUrl }: Needs, shop: Shop, sent: Sent & { readonly to: string }) {
  const { to, key, morning } = sent
  const link = linkOf(publicUrl, shop, morning)
  const address = shop.sender.fromEmail || to
  return {
    channel: 'email',
    from: { name: shop.name, address },
    to,
    subject: morning.subject,
    html: htmlOf(morning, link),
    text: textOf(morning, link.url),
    headers: {},
    messageId: `${key}@${address.slice(address.lastIndexOf('@') + 1)}`,
  } as const
}

async function slack(needs: Needs, shop: Shop, morning: Morning): Promise<Handover> {
  const sealed = needs.sealedSlack(shop)
  if (!sealed) return gone('Slack was disconnected.')
  const answer = await guardedPost(
    {
      url: needs.vault.open(sealed),
      headers: {},
      body: JSON.stringify(slackOf(morning, linkOf(needs.publicUrl, shop, morning))),
    },
    { allowPrivate: needs.allowPrivate ?? false },
  )
  if (answer.kind === 'failed')
    return { kind: answer.left ? 'ambiguous' : 'temporary', detail: answer.why }
  if (answer.status < 300) return { kind: 'accepted', providerId: String(answer.status) }
  const detail = `Slack answered ${answer.status}.`
  const mayPass = answer.status === 429 || answer.status >= 500
  return mayPass ? { kind: 'temporary', detail } : gone(detail)
}

function bodyOf({ type, publicUrl }: Needs, { subject, parts, leadsTo }: Morning) {
  return {
    type,
    subject,
    url: `${publicUrl}${leadsTo?.path ?? '/'}`,
    parts: parts.map(({ title, lines }) => ({ title, lines: [...lines] })),
  }
}

const linkOf = (publicUrl: string, { language }: Shop, { leadsTo }: Morning) => ({
  url: `${publicUrl}${leadsTo?.path ?? '/'}`,
  says: leadsTo?.says ?? morningWords[language].open,
})

const gone = (detail: string): Handover => ({ kind: 'permanent', cause: 'other', detail })
