import { z } from 'zod'
import type { JsonObject } from '../../lib/json.ts'
import type { PlatformSession } from '../platform/call.ts'
import { listIn, pageRows } from './pages.provider.ts'

const topics = [
  ...['order.created', 'order.updated', 'order.deleted', 'order.restored'],
  ...['customer.created', 'customer.updated', 'customer.deleted'],
  ...['product.created', 'product.updated', 'product.deleted', 'product.restored'],
] as const

const Webhook = z.object({
  id: z.number(),
  topic: z.string(),
  status: z.string(),
  delivery_url: z.string(),
})

/**
 * Sets the shop's webhooks up: one for each topic that is missing; those that are there are switched on, with the secret of now. A key
 * that may only read cannot: then what changes is found by looking.
 */
export async function keepWebhooks(
  session: PlatformSession,
  { url, secret }: { readonly url: string; readonly secret: string },
): Promise<JsonObject> {
  const known = (await webhooksOf(session)).filter((one) => one.delivery_url === url)
  const ids: number[] = []
  for (const topic of topics) {
    const before = known.find((one) => one.topic === topic)
    const body = { name: `Danggol ${topic}`, topic, delivery_url: url, secret, status: 'active' }
    const answer = before
      ? await session.call({ method: 'put', path: `/webhooks/${before.id}`, body })
      : await session.call({ method: 'post', path: '/webhooks', body, once: true })
    ids.push(Webhook.parse(answer.body).id)
  }
  return { webhooks: ids }
}

/** A shop switches a webhook off that failed five times in a row, and says so to nobody: ours are switched on again. */
export async function wakeWebhooks(session: PlatformSession): Promise<void> {
  const own = z.array(z.number()).safeParse(session.settings.webhooks)
  if (!own.success || own.data.length === 0) return
  const asleep = await webhooksOf(session, 'disabled')
  for (const { id } of asleep.filter((one) => own.data.includes(one.id))) {
    await session.call({ method: 'put', path: `/webhooks/${id}`, body: { status: 'active' } })
  }
}

/** Takes ours away; others' stay. */
export async function dropWebhooks(session: PlatformSession, url: string): Promise<void> {
  for (const one of await webhooksOf(session)) {
    if (one.delivery_url !== url) continue
    await session.call({
      method: 'delete',
      path: `/webhooks/${one.id}`,
      query: { force: 'true' },
    })
  }
}

async function webhooksOf(session: PlatformSession, status = 'all') {
  const found: z.infer<typeof Webhook>[] = []
  for (let page = 1; ; page++) {
    const query = { status, per_page: `${pageRows}`, page: `${page}` }
    const told = listIn(await session.call({ method: 'get', path: '/webhooks', query }))
    found.push(...told.map((one) => Webhook.parse(one)))
    if (told.length < pageRows) return found
  }
}
