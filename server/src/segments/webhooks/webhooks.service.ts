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
  resumeWebhook,
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
/** `segment` is null for a webhook that is told of events. */
type Which = { readonly segment: number | null; readonly webhook: number }

/** Who is told when people enter and leave a segment, and of what customers do. */
export function webhooks(needs: Needs) {
  const { db, clock, vault, audit } = needs

  async function known(shop: ShopId, which: Which) {
    const found = await readWebhook(db, shop, which)
    if (!found) throw new Refusal('not-found', `There is no webhook ${which.webhook}.`)
    return found
  }

  return {
    /** Of a segment; of null those that are told of events. */
    list: async (shop: ShopId, segment: number | null): Promise<readonly Webhook[]> => {
      if (segment !== null) await needs.segment(shop, segment)
      return readWebhooks(db, shop, segment)
    },

    /** Makes a webhook; its secret is told now and never again. */
    create: async (
      actor: Actor,
      made: {
        readonly segment: number | null
        readonly events: readonly string[] | null
        readonly url: string
        readonly on: Moves
      },
    ): Promise<Webhook & { readonly secret: string }> => {
      const { shop } = actor
      const { segment, url, on } = made
      if (segment !== null) await needs.segment(shop, segment)
      if ((await readWebhooks(db, shop, segment)).length >= webhooksLimit)
        throw new Refusal('too-many', `There may be ${webhooksLimit} webhooks.`)
      const refused = await refusedUrl(url, needs.allowPrivate)
      if (refused) throw new Refusal('invalid', refused, 'url')
      const secret = `${secretPrefix}${randomBytes(32).toString('base64')}`
      const webhook = await insertWebhook(db, shop, {
        ...made,
        secret: vault.seal(secret),
        at: clock.now(),
        by: actor.name,
      })
      const about = made.events === null ? { on } : { events: [...made.events] }
      const detail = { webhook, ...about, host: new URL(url).host }
      await audit(actor, 'webhook.created', { object: objectOf(segment, shop), detail })
      const { secret: _, ...shown } = await known(shop, { segment, webhook })
      return { ...shown, secret }
    },

    remove: async (actor: Actor, which: Which): Promise<void> => {
      await known(actor.shop, which)
      await removeWebhook(db, actor.shop, { webhook: which.webhook, at: clock.now() })
      await audit(actor, 'webhook.removed', named(which, actor.shop))
    },

    /** Calls one again that was given up because its server stayed away. */
    resume: async (actor: Actor, which: Which): Promise<void> => {
      await known(actor.shop, which)
      await resumeWebhook(db, actor.shop, which.webhook)
      await audit(actor, 'webhook.resumed', named(which, actor.shop))
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
      // Whoever asks for it takes the server to be there again.
      await resumeWebhook(db, actor.shop, webhook)
    },
  }
}
export type Webhooks = ReturnType<typeof webhooks>

const objectOf = (segment: number | null, shop: ShopId): string =>
  segment === null ? `shop:${shop}` : `segment:${segment}`

const named = ({ segment, webhook }: Which, shop: ShopId) => ({
  object: objectOf(segment, shop),
  detail: { webhook },
})
