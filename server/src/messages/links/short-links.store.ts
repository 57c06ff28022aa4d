import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'

/** One link of one message, or an address of its own (test sends). */
export type ShortLink = {
  readonly code: string
  readonly message: number | null
  readonly link: number
  readonly url: string | null
}

/** Writes the links whose codes are free; answers the codes that were taken, which belong to others. */
export async function insertShortLinks(
  db: Database | Tx,
  shop: ShopId,
  made: { readonly links: readonly ShortLink[]; readonly expiresAt: number },
): Promise<ReadonlySet<string>> {
  const { links } = made
  if (links.length === 0) return new Set()
  const rows = await db<{ code: string }[]>`
    insert into short_links (code, shop, message, link, url, expires_at)
    select u.code, ${shop}, u.message, u.link, u.url, ${made.expiresAt}
    from unnest(
      ${links.map((one) => one.code)}::text[], ${links.map((one) => one.message)}::bigint[],
      ${links.map((one) => one.link)}::int[], ${links.map((one) => one.url)}::text[]
    ) as u(code, message, link, url)
    on conflict (code) do nothing
    returning code`
  const written = new Set(rows.map((row) => row.code))
  return new Set(links.map((one) => one.code).filter((code) => !written.has(code)))
}

/** What a code names; undefined when there is no such link (any more). */
export async function readShortLink(
  db: Database,
  code: string,
): Promise<(ShortLink & { readonly shop: ShopId; readonly expiresAt: number }) | undefined> {
  const [row] = await db<(ShortLink & { shop: ShopId; expiresAt: number })[]>`
    select code, shop, message, link, url, expires_at as "expiresAt" from short_links where code = ${code}`
  return row
}

/** Forgets links that ended before a time; answers how many, at most `limit`. */
export async function deleteShortLinks(
  db: Database,
  ended: { readonly before: number; readonly limit: number },
): Promise<number> {
  const rows = await db`
    delete from short_links where code in
      (select code from short_links where expires_at < ${ended.before} order by expires_at limit ${ended.limit})
    returning code`
  return rows.length
}
