import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type ExportRow = {
  readonly customer: number
  readonly name: string | null
  readonly entered_at: number
  /** Sealed and masked address by channel; null when there is none. */
  readonly email: string | null
  readonly email_masked: string | null
  readonly phone: string | null
  readonly phone_masked: string | null
}

/** Members in order of their id, so many at once: a page costs the same wherever it stands. */
export function exportPage(
  db: Database,
  shop: ShopId,
  page: { readonly segment: number; readonly after: number; readonly limit: number },
): Promise<readonly ExportRow[]> {
  return db<ExportRow[]>`
    select m.customer, c.name, m.entered_at, e.sealed as email, e.masked as email_masked, p.sealed as phone,
           p.masked as phone_masked
    from (
      select customer, entered_at from memberships
      where shop = ${shop} and segment = ${page.segment} and customer > ${page.after}
      order by customer limit ${page.limit}
    ) as m
    join customers c on c.shop = ${shop} and c.id = m.customer
    left join contacts e on e.shop = ${shop} and e.customer = m.customer and e.channel = 'email'
    left join contacts p on p.shop = ${shop} and p.customer = m.customer and p.channel = 'phone'
    order by m.customer`
}
