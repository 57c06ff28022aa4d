import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { JsonObject } from '../../lib/json.ts'
import type { NoticeRead } from '../platform/notice.ts'
import type { PlatformResource } from '../platform/rows.ts'
import { readSigned } from '../platform/signature.driver.ts'
import { WooKeys } from './keys.ts'

const Posted = z.object({ id: z.coerce.number(), parent_id: z.coerce.number().nullish() })

const resources: Readonly<Record<string, PlatformResource>> = {
  order: 'orders',
  customer: 'members',
  product: 'products',
}

/**
 * What a WooCommerce webhook asks to look at. Its signature stands over the body; the delivery's id is made of the webhook and the
 * second, so that two deliveries of one second share it: with the body's hash it names the delivery. A ping (a form, without a
 * signature) asks for nothing. undefined: it is not signed as it must be.
 */
export function readWooNotice(posted: {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly credentials: JsonObject
}): NoticeRead | undefined {
  const { headers, body } = posted
  if (/^webhook_id=\d+$/.test(body)) return { delivery: 'ping', topic: 'ping', about: [] }
  const keys = WooKeys.safeParse(posted.credentials)
  const signature = headers['x-wc-webhook-signature']
  const signed = keys.success && readSigned(body, { secret: keys.data.hookSecret, signature })
  if (!signed) return undefined
  const topic = headers['x-wc-webhook-topic'] ?? ''
  const [kind = '', event] = topic.split('.')
  const read = Posted.safeParse(signed.json)
  const hash = createHash('sha256').update(body).digest('base64url')
  const delivery = `${headers['x-wc-webhook-delivery-id'] ?? ''}:${hash}`.slice(0, 200)
  const resource = resources[kind]
  if (!resource || !read.success) return { delivery, topic, about: [] }
  // A variation's webhook is one of its product.
  const id = String(read.data.parent_id || read.data.id)
  return { delivery, topic, about: [{ resource, id, isGone: event === 'deleted' }] }
}
