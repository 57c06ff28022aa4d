import webPush from 'web-push'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Push } from '../carrier.ts'
import { carrying, type Described } from '../described.ts'
import { type PushSettings, pushSettings, type Subscription } from './settings.ts'
import { dropSubscription, hasSubscription, saveSubscription } from './subscriptions.store.ts'
import { webPushProvider } from './web-push.provider.ts'

type Needs = {
  readonly db: Database
  readonly vault: Pick<Vault, 'seal' | 'open' | 'hash'>
  /** Lets push services of this machine be called; for tests. */
  readonly allowPrivate?: boolean
}

/** The shop's push service by its settings; undefined until web push was switched on. */
export function pushOf(shop: Pick<Shop, 'id' | 'settings'>, needs: Needs): Described | undefined {
  const settings = pushSettings(shop.settings.push)
  if (!settings) return undefined
  const { publicKey, subject, sealedPrivateKey } = settings
  return {
    settings,
    open: () => {
      const privateKey = needs.vault.open(sealedPrivateKey)
      const provider = webPushProvider(
        { publicKey, privateKey, subject },
        {
          allowPrivate: needs.allowPrivate ?? false,
          onGone: async (id, endpoint) =>
            dropSubscription(needs.db, id as ShopId, needs.vault.hash('push', endpoint)),
        },
      )
      return carrying<Push>('web_push', provider)
    },
  }
}

/** A new pair of VAPID keys, the private one sealed. */
export function newPushSettings(subject: string, vault: Pick<Vault, 'seal'>): PushSettings {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys()
  return { publicKey, sealedPrivateKey: vault.seal(privateKey), subject }
}

/** Keeps and forgets the subscriptions of browsers. */
export function subscriptions({ db, vault }: Needs) {
  return {
    save: async (
      shop: ShopId,
      one: { readonly device: string; readonly subscription: Subscription; readonly at: number },
    ): Promise<void> => {
      const { device, subscription, at } = one
      const hash = vault.hash('push', subscription.endpoint)
      const sealed = vault.seal(JSON.stringify(subscription))
      await saveSubscription(db, shop, { hash, device, sealed, at })
    },
    has: (shop: ShopId, endpoint: string) =>
      hasSubscription(db, shop, vault.hash('push', endpoint)),
    drop: (shop: ShopId, endpoint: string) =>
      dropSubscription(db, shop, vault.hash('push', endpoint)),
  }
}
export type Subscriptions = ReturnType<typeof subscriptions>
