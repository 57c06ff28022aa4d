import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { survivorSql } from '../warehouse/survivor.ts'

/** What pages told of a campaign's messages; people, each once a column. */
export type SeenOnPages = {
  readonly seen: number
  readonly clicked: number
  readonly dismissed: number
  /** Their page or their browser let nothing be shown. */
  readonly blocked: number
  /** People by card and by the place it stood at, counted from 1; the first places first. */
  readonly cards: readonly {
    readonly position: number
    readonly card: string
    readonly seen: number
    readonly clicked: number
  }[]
}

/** Cards and places told of at most. */
const cardsLimit = 100

const told = `from events
  where shop = {shop:UInt32} and customer <> 0 and name in ('Promotion Viewed', 'Promotion Clicked', 'Promotion Dismissed', 'Promotion Blocked')
    and numbers['campaign_id'] = {campaign:UInt32}`

/** What pages told of a campaign, from history: a moment behind the line. */
export async function seenOnPages(
  warehouse: Warehouse,
  shop: ShopId,
  campaign: number,
): Promise<SeenOnPages> {
  const people = (name: string) => `uniqExactIf(person, name = 'Promotion ${name}')`
  const [[all], cards] = await Promise.all([
    warehouse.query<{ seen: string; clicked: string; dismissed: string; blocked: string }>(
      `select ${people('Viewed')} as seen, ${people('Clicked')} as clicked,
              ${people('Dismissed')} as dismissed, ${people('Blocked')} as blocked
       from (select name, ${survivorSql('customer')} as person ${told})`,
      { shop, campaign },
    ),
    warehouse.query<{ position: string; card: string; seen: string; clicked: string }>(
      `select toUInt32(place) as position, card, ${people('Viewed')} as seen, ${people('Clicked')} as clicked
       from (select name, ${survivorSql('customer')} as person, texts['card'] as card, numbers['position'] as place ${told})
       where card <> '' and place >= 1 and place <= 100
       group by position, card order by position, seen desc, card limit {limit:UInt32}`,
      { shop, campaign, limit: cardsLimit },
    ),
  ])
  return {
    seen: Number(all?.seen ?? 0),
    clicked: Number(all?.clicked ?? 0),
    dismissed: Number(all?.dismissed ?? 0),
    blocked: Number(all?.blocked ?? 0),
    cards: cards.map(({ position, card, seen, clicked }) => ({
      position: Number(position),
      card,
      seen: Number(seen),
      clicked: Number(clicked),
    })),
  }
}
