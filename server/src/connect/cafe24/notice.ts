import { z } from 'zod'
import type { NoticeAbout, NoticeRead } from '../platform/notice.ts'

const Ids = z.union([z.string(), z.number()]).nullish()
const Resource = z.object({ order_id: Ids, member_id: Ids, product_no: Ids })
/** Some events carry what they are about in `resource`, some beside it. */
const Posted = z.object({
  event_no: z.union([z.string(), z.number()]).nullish(),
  event_shop_no: z.union([z.string(), z.number()]).nullish(),
  resource: Resource.nullish(),
  ...Resource.shape,
})

const removed = new Set(['90077', '90078'])
const withdrawn = '90147'
const cart = '90084'
/** A coupon was made, changed, stopped or deleted; to whom it was given no webhook says. */
const ofCoupons = new Set(['90151', '90152', '90153', '90154'])

/**
 * What a Cafe24 webhook asks to look at. Nothing else of it is read: a body without a signature proves nothing, so the object is asked
 * of the API. Lists of ids stand in one text, set apart by commas. undefined: it is no webhook of Cafe24.
 */
export function readCafe24Notice({ body }: { readonly body: string }): NoticeRead | undefined {
  const parsed = Posted.safeParse(jsonOf(body))
  if (!parsed.success) return undefined
  const { resource, ...beside } = parsed.data
  const said = resource ?? beside
  // Withdrawals and dormant accounts carry their number where the shop's stands.
  const topic = String(parsed.data.event_no ?? parsed.data.event_shop_no ?? '')
  if (removed.has(topic)) {
    return { delivery: null, topic, about: [{ resource: 'connection', id: 'app' }] }
  }
  if (ofCoupons.has(topic))
    return { delivery: null, topic, about: [{ resource: 'coupons', id: 'given' }] }
  const members: readonly NoticeAbout[] = idsIn(said.member_id).map((id) => ({
    resource: topic === cart ? 'carts' : 'members',
    id,
    ...(topic === withdrawn ? { isGone: true } : {}),
  }))
  const orders = idsIn(said.order_id).map((id) => ({ resource: 'orders', id }) as const)
  const products = idsIn(said.product_no).map((id) => ({ resource: 'products', id }) as const)
  // An order names its member too, and a cart its product: what it is about comes first.
  const about = orders.length > 0 ? orders : members.length > 0 ? members : products
  return { delivery: null, topic, about: about.slice(0, 500) }
}

function idsIn(text: string | number | null | undefined): readonly string[] {
  return String(text ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '' && id.length <= 200)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
