import { randomBytes, randomUUID } from 'node:crypto'
import { refusedUrl } from '../../channels/webhook/guarded-post.driver.ts'
import { secretPrefix } from '../../channels/webhook/signature.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Segment } from '../segment.ts'
import { call, type DeliverNeeds } from './deliver.jobs.ts'
import { type Moves, testBody, type Webhook, webhooksLimit } from './webhook.ts'
import {
  insertWebhook,
  readDeliveries,
  readWebhook,
  readWebhooks,
  removeWebhook,
  retryDelivery,
} from './webhooks.store.ts'

type Actor = { readonly shop: ShopId; readonly name: string }
type Needs = Omit<DeliverNeeds, 'vault'> & {
  readonly vault: Pick<Vault, 'open' | 'seal'>
  readonly segment: (shop: ShopId, id: number) => Promise<Segment>
  readonly audit: (
    actor: Actor,
    act: string,
    what: { readonly object: string; readonly detail?: JsonObject },
  ) => Promise<void>
}
type Which = { readonly segment: number; readonly webhook: number }

/** Who is told when people enter and leave a segment. */
export function webhooks(needs: Needs) {
  const { db, clock, vault, audit } = needs

  async function known(shop: ShopId, which: Which) {
    const found = await readWebhook(db, shop, which)
    if (!found) throw new Refusal('not-found', `There is no webhook ${which.webhook}.`)
    return found
  }

  return {
    list: async (shop: ShopId, segment: number): Promise<readonly Webhook[]> => {
      await needs.segment(shop, segment)
      return readWebhooks(db, shop, segment)
    },

    /** Makes a webhook; its secret is told now and never again. */
    create: async (
      actor: Actor,
      made: { readonly segment: number; readonly url: string; readonly on: Moves },
    ): Promise<Webhook & { readonly secret: string }> => {
      const { shop } = actor
      const { segment, url, on } = made
      await needs.segment(shop, segment)
      if ((await readWebhooks(db, shop, segment)).length >= webhooksLimit)
        throw new Refusal('too-many', `A segment may have ${webhooksLimit} webhooks.`)
      const refused = await refusedUrl(url, needs.allowPrivate)
      if (refused) throw new Refusal('invalid', refused, 'url')
      const secret = `${secretPrefix}${randomBytes(32).toString('base64')}`
      const webhook = await insertWebhook(db, shop, {
        ...made,
        secret: vault.seal(secret),
        at: clock.now(),
        by: actor.name,
      })
      const detail = { webhook, on, host: new URL(url).host }
      await audit(actor, 'webhook.created', { object: `segment:${segment}`, detail })
      const { secret: _, ...shown } = await known(shop, { segment, webhook })
      return { ...shown, secret }
    },

    remove: async (actor: Actor, which: Which): Promise<void> => {
      await known(actor.shop, which)
      await removeWebhook(db, actor.shop, { webhook: which.webhook, at: clock.now() })
      const detail = { webhook: which.webhook }
      await audit(actor, 'webhook.removed', { object: `segment:${which.segment}`, detail })
    },

    /** Calls the webhook now with a body of the usual shape about nobody. */
    test: async (shop: ShopId, which: Which) => {
      const webhook = await known(shop, which)
      const answer = await call(needs, {
        id: `test_${randomUUID()}`,
        url: webhook.url,
        secret: webhook.secret,
        body: testBody(webhook, clock.now()),
      })
      const status = answer.kind === 'answered' ? answer.status : null
      return {
        ok: status !== null && status >= 200 && status < 300,
        status,
        error: answer.kind === 'failed' ? answer.why : null,
      }
    },

    deliveries: async (
      shop: ShopId,
      which: Which,
      page: Omit<Parameters<typeof readDeliveries>[2], 'webhook'>,
    ) => {
      await known(shop, which)
      return readDeliveries(db, shop, { ...page, webhook: which.webhook })
    },

    /** Tries a failed delivery once more; within its first day it is tried on after that. */
    retry: async (actor: Actor, which: Which, delivery: string): Promise<void> => {
      await known(actor.shop, which)
      const at = clock.now()
      const { webhook } = which
      if (!(await retryDelivery(db, actor.shop, { webhook, delivery, at })))
        throw new Refusal('not-found', `There is no failed delivery ${delivery}.`)
    },
  }
}
export type Webhooks = ReturnType<typeof webhooks>
