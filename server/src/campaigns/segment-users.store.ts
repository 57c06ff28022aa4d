import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Flows of campaigns that may still run, as they are being edited and as they were published. */
export function flowsInUse(
  db: Database,
  shop: ShopId,
): Promise<
  readonly {
    readonly id: number
    readonly name: string
    readonly draft: string
    readonly published: string | null
  }[]
> {
  return db<{ id: number; name: string; draft: string; published: string | null }[]>`
    select c.id, c.name, c.draft, v.flow as published
    from campaigns c left join campaign_versions v on v.shop = c.shop and v.campaign = c.id and v.version = c.version
    where c.shop = ${shop} and c.state <> 'stopped' order by c.id`
}
