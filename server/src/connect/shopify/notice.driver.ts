import { z } from 'zod'
import type { JsonObject } from '../../lib/json.ts'
import type { NoticeAbout, NoticeRead } from '../platform/notice.ts'
import { readSigned } from '../platform/signature.driver.ts'
import { ShopifyKeys } from './keys.ts'

const Id = z.union([z.number(), z.string()]).transform(String).nullish()
const Posted = z.object({
  id: Id,
  order_id: Id,
  customer_id: Id,
  customer: z.object({ id: Id }).nullish(),
})
/**
 * The topic stands in a header, outside of what is signed: who is forgotten must be named by a body that only such a question has, so
 * that no order's body becomes one.
 */
const shopDomain = z.string().min(1)
const customer = z.object({ id: Id })
const Questions = {
  'customers/redact': z.object({
    shop_domain: shopDomain,
    customer,
    orders_to_redact: z.array(z.unknown()),
  }),
  'customers/data_request': z.object({
    shop_domain: shopDomain,
    customer,
    orders_requested: z.array(z.unknown()),
  }),
  'shop/redact': z.object({ shop_domain: shopDomain, customer: z.undefined().optional() }),
}
const isQuestion = (topic: string): topic is keyof typeof Questions =>
  Object.hasOwn(Questions, topic)

/**
 * What a Shopify webhook asks for. The signature stands over the body, made with the app's secret; `X-Shopify-Webhook-Id` names the
 * delivery. undefined: it is not signed as it must be.
 */
export function readShopifyNotice(posted: {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly credentials: JsonObject
}): NoticeRead | undefined {
  const { headers, body } = posted
  const keys = ShopifyKeys.safeParse(posted.credentials)
  const signature = headers['x-shopify-hmac-sha256']
  const signed = keys.success && readSigned(body, { secret: keys.data.clientSecret, signature })
  if (!signed) return undefined
  const topic = (headers['x-shopify-topic'] ?? '').toLowerCase().slice(0, 100)
  const delivery = headers['x-shopify-webhook-id']?.slice(0, 200) ?? null
  if (isQuestion(topic) && !Questions[topic].safeParse(signed.json).success)
    return { delivery, topic, about: [] }
  const read = Posted.safeParse(signed.json)
  return { delivery, topic, about: read.success ? aboutOf(topic, read.data) : [] }
}

function aboutOf(topic: string, said: z.output<typeof Posted>): readonly NoticeAbout[] {
  const of = (
    resource: NoticeAbout['resource'],
    id: string | null | undefined,
  ): readonly NoticeAbout[] =>
    id ? [{ resource, id, ...(topic.endsWith('/delete') ? { isGone: true } : {}) }] : []
  switch (topic) {
    case 'app/uninstalled':
      return of('connection', 'app')
    case 'customers/redact':
      return of('erasures', said.customer?.id)
    case 'customers/data_request':
      return of('requests', said.customer?.id)
    case 'shop/redact':
      return of('shop', 'all')
    case 'customers_email_marketing_consent/update':
    case 'customers_marketing_consent/update':
      return of('members', said.customer_id ?? said.id)
    case 'refunds/create':
      return of('orders', said.order_id)
    default: {
      const [kind] = topic.split('/')
      if (kind === 'orders') return of('orders', said.id)
      if (kind === 'customers') return of('members', said.id)
      return kind === 'products' ? of('products', said.id) : []
    }
  }
}
