import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { DeliveryReport } from '../carrier.ts'
import { mailSettings, type SesSettings } from './mail-settings.ts'
import { resendReports } from './resend-report.ts'
import { SnsMessage, sesReports } from './ses-report.ts'
import { confirmSubscription, isFromSns } from './sns.driver.ts'
import { isSigned } from './svix.driver.ts'

/** Something posted to a hook, as it came. */
export type Posted = {
  readonly shop: ShopId
  readonly body: string
  readonly headers: { readonly get: (name: string) => string | null }
}

type Needs = {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  readonly vault: Pick<Vault, 'open'>
  readonly clock: Clock
  /** Asks SNS; only tests ask elsewhere. */
  readonly fetchSns?: (url: URL) => Promise<string | undefined>
}

/** Reads what mail services post; `undefined` when it is not theirs to say, and nothing was done. */
export function mailHooks(needs: Needs) {
  const { shops, vault, clock, fetchSns } = needs

  async function ses(posted: Posted): Promise<readonly DeliveryReport[] | undefined> {
    const settings = mailSettings((await shops.shop(posted.shop)).settings.mail)
    const message = SnsMessage.safeParse(jsonOf(posted.body)).data
    if (settings?.provider !== 'ses' || !message) return undefined
    // Anybody may have a topic of their own at SNS: only the shop's is believed.
    if (settings.topic !== '' && settings.topic !== message.TopicArn) return undefined
    if (!(await isFromSns(message, fetchSns))) return undefined
    switch (message.Type) {
      case 'Notification':
        return settings.topic === '' ? undefined : sesReports(message.Message)
      case 'SubscriptionConfirmation':
        return (await subscribe(posted.shop, settings, message)) ? [] : undefined
      case 'UnsubscribeConfirmation':
        return []
    }
  }

  /** The first topic that asks at this secret address is the shop's; the settings page forgets it again. */
  async function subscribe(
    shop: ShopId,
    settings: SesSettings,
    message: SnsMessage,
  ): Promise<boolean> {
    if (!(await confirmSubscription(message, fetchSns))) return false
    await shops.set(shop, 'mail', { ...settings, topic: message.TopicArn })
    await shops.audit({ shop, name: 'ses' }, 'mail.topic_confirmed', {
      object: `shop:${shop}`,
      detail: { topic: message.TopicArn },
    })
    return true
  }

  async function resend(posted: Posted): Promise<readonly DeliveryReport[] | undefined> {
    const settings = mailSettings((await shops.shop(posted.shop)).settings.mail)
    if (settings?.provider !== 'resend' || settings.sealedWebhookSecret === '') return undefined
    const secret = vault.open(settings.sealedWebhookSecret)
    if (!isSigned(secret, { ...posted, now: clock.now() })) return undefined
    return resendReports(jsonOf(posted.body))
  }

  return { ses, resend }
}
export type MailHooks = ReturnType<typeof mailHooks>

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
