import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { survivorSql } from '../warehouse/survivor.ts'

/** What somebody saw on pages of the shop before an order, within the window: UTC ms of the last of each; 0: nothing. */
export type PageTouch = {
  readonly order: string
  /** This campaign's message, seen or pressed. */
  readonly own: number
  readonly pressed: number
  /** Another campaign's. */
  readonly other: number
}

const person = survivorSql('customer')
const onPages = `name in ('Promotion Viewed', 'Promotion Clicked') and mapContains(numbers, 'campaign_id')`

// Only people whom this campaign met at all: on a page, or with a message.
const metSql = `
  select ${person} from events
  where shop = {shop:UInt32} and customer != 0
    and (${onPages} and numbers['campaign_id'] = {campaign:UInt64} or name = 'Message Sent' and campaign = {campaign:UInt64})`

const touchesSql = `
  select o.order_id as order, maxIf(t.ms, t.own) as own, maxIf(t.ms, t.own and t.pressed) as pressed, maxIf(t.ms, not t.own) as other
  from (
    select order_id, ${person} as person, toUnixTimestamp64Milli(assumeNotNull(paid_at)) as ms
    from order_versions final
    where shop = {shop:UInt32} and status = 'paid' and paid_at is not null and customer != 0 and person in (${metSql})
  ) as o
  join (
    select ${person} as person, toUnixTimestamp64Milli(at) as ms, name = 'Promotion Clicked' as pressed,
           numbers['campaign_id'] = {campaign:UInt64} as own
    from events
    where shop = {shop:UInt32} and customer != 0 and ${onPages} and person in (${metSql})
  ) as t on t.person = o.person
  where t.ms < o.ms and o.ms <= t.ms + {windowMs:Int64}
  group by o.order_id`

/** The page messages before each order of the people whom a campaign met. */
export async function readPageTouches(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly campaign: number; readonly windowMs: number; readonly signal: AbortSignal },
): Promise<readonly PageTouch[]> {
  const { campaign, windowMs, signal } = asked
  const rows = await warehouse.query<PageTouch>(
    touchesSql,
    { shop, campaign, windowMs },
    { maxMs: 60_000, signal },
  )
  return rows.map(({ order, own, pressed, other }) => ({
    order,
    own: Number(own),
    pressed: Number(pressed),
    other: Number(other),
  }))
}
