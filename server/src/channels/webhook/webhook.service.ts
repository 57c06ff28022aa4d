import type { Shop } from '../../shops/shop.ts'
import type { Call } from '../carrier.ts'
import { carrying, type Described } from '../described.ts'
import { webhookSettings } from './settings.ts'
import { webhookProvider } from './webhook.provider.ts'

/** Calls to the shop's own server; undefined, so that they go to the test inbox, until there is a secret to sign them with. */
export function webhookOf(
  shop: Pick<Shop, 'settings'>,
  options: { readonly allowPrivate?: boolean },
): Described | undefined {
  const settings = webhookSettings(shop.settings.webhook)
  return settings && { settings, open: () => carrying<Call>('webhook', webhookProvider(options)) }
}
