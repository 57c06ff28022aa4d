import { z } from 'zod'
import type { Database } from '../../database/connection.store.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type Route, route } from '../../web/route.ts'
import { newPushSettings } from './push.service.ts'
import { pushSettings } from './settings.ts'
import { dropSubscriptions } from './subscriptions.store.ts'

type Needs = {
  readonly db: Database
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  readonly vault: Pick<Vault, 'seal'>
}

const State = z.object({ publicKey: z.string().nullable(), subject: z.string().nullable() })

/** Switching web push on and off. */
export function pushRoutes({ db, shops, vault }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shop/push',
      summary: 'Web push: the public key while it is on.',
      roles: ['marketer', 'developer'],
      response: State,
      handle: async ({ actor }) => stateOf((await shops.shop(actor.shop)).settings.push),
    }),
    route({
      method: 'post',
      path: '/api/shop/push',
      summary:
        'Switches web push on. The keys are made once and kept: new ones would lose every subscription.',
      roles: ['developer'],
      response: State,
      handle: async ({ actor }) => {
        const { settings, sender, url } = await shops.shop(actor.shop)
        const known = pushSettings(settings.push)
        if (known) return stateOf(known)
        const subject = sender.contactEmail === '' ? url : `mailto:${sender.contactEmail}`
        if (!/^(mailto:|https:\/\/)/.test(subject))
          throw new Refusal(
            'conflict',
            'Set a contact e-mail address of the sender first; push services write there.',
            'sender.contactEmail',
          )
        const made = newPushSettings(subject, vault)
        await shops.set(actor.shop, 'push', { ...made })
        await shops.audit(actor, 'push.switched-on', { object: `shop:${actor.shop}` })
        return stateOf(made)
      },
    }),
    route({
      method: 'delete',
      path: '/api/shop/push',
      summary:
        'Switches web push off and forgets the keys: browsers have to subscribe again afterwards.',
      roles: ['developer'],
      response: State,
      handle: async ({ actor }) => {
        await shops.set(actor.shop, 'push', null)
        await dropSubscriptions(db, actor.shop)
        await shops.audit(actor, 'push.switched-off', { object: `shop:${actor.shop}` })
        return stateOf(null)
      },
    }),
  ]
}

function stateOf(section: unknown): z.infer<typeof State> {
  const settings = pushSettings(section)
  return { publicKey: settings?.publicKey ?? null, subject: settings?.subject ?? null }
}
