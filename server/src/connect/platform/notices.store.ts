import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { NoticeAbout } from './notice.ts'

/** A webhook's word about one object, as it waits to be looked at. */
export type NoticeRow = {
  readonly shop: ShopId
  readonly connection: number
  readonly delivery: string
  readonly part: number
  readonly topic: string
  readonly resource: NoticeAbout['resource']
  readonly id: string
  readonly isGone: boolean
  readonly receivedAt: number
  readonly tries: number
}

type Of = { readonly shop: ShopId; readonly connection: number }

/**
 * Notes a webhook for good; answers how many of its parts are to be looked at. A delivery that has no id of its own may be another that
 * says the same (`isNamed` false): it is looked at again. One with an id counts once.
 */
export async function noteNotice(
  db: Database,
  of: Of,
  notice: {
    readonly delivery: string
    readonly isNamed: boolean
    readonly topic: string
    readonly about: readonly NoticeAbout[]
    readonly now: number
  },
): Promise<number> {
  const { about } = notice
  if (about.length === 0) return 0
  const written = await db`
    insert into platform_notices
      (shop, connection, delivery, part, topic, resource, external_id, is_gone, received_at, next_at)
    select ${of.shop}, ${of.connection}, ${notice.delivery}, u.part - 1, ${notice.topic}, u.resource, u.id, u.gone::boolean,
      ${notice.now}, ${notice.now}
    from unnest(
      ${about.map(({ resource }) => resource)}::text[], ${about.map(({ id }) => id)}::text[],
      ${about.map(({ isGone }) => String(isGone ?? false))}::text[]
    ) with ordinality as u(resource, id, gone, part)
    on conflict (shop, connection, delivery, part) ${
      notice.isNamed
        ? db`do nothing`
        : db`do update set received_at = ${notice.now}, done_at = null, tries = 0,
            next_at = coalesce(platform_notices.next_at, ${notice.now})`
    }`
  return written.count
}

/**
 * Notices of one working connection whose time has come, oldest first; nobody else sees them until `until`. Who is to be forgotten is
 * so also where the connection works no more.
 */
export async function takeNotices(
  db: Database,
  asked: {
    readonly now: number
    readonly until: number
    readonly limit: number
    readonly always: readonly string[]
  },
): Promise<readonly NoticeRow[]> {
  return await db<NoticeRow[]>`
    update platform_notices set next_at = ${asked.until}, tries = tries + 1
    where (shop, connection, delivery, part) in (
      select n.shop, n.connection, n.delivery, n.part
      from platform_notices n
      join (
        select w.shop, w.connection, c.state from platform_notices w
        join connections c on c.shop = w.shop and c.id = w.connection
          and (c.state = 'connected' or w.resource = any(${[...asked.always]}::text[]))
        where w.next_at <= ${asked.now} and w.shop not in (select id from shops where restored_at is not null)
        order by w.next_at limit 1
      ) first on first.shop = n.shop and first.connection = n.connection
        and (first.state = 'connected' or n.resource = any(${[...asked.always]}::text[]))
      where n.next_at <= ${asked.now} order by n.received_at, n.delivery, n.part limit ${asked.limit}
      for update of n skip locked
    )
    returning shop, connection, delivery, part, topic, resource, external_id as id, is_gone as "isGone",
      received_at as "receivedAt", tries`
}

/** They are done with: `error` null where they were looked at. What was told again since they were taken stays to be looked at. */
export async function closeNotices(
  db: Database | Tx,
  notices: readonly NoticeRow[],
  told: { readonly now: number; readonly error: string | null },
): Promise<void> {
  const [first] = notices
  if (!first) return
  await db`
    update platform_notices n set next_at = null, done_at = ${told.now}, error = ${told.error}
    from unnest(
      ${notices.map(({ delivery }) => delivery)}::text[], ${notices.map(({ part }) => part)}::integer[],
      ${notices.map(({ receivedAt }) => receivedAt)}::bigint[]
    ) as u(delivery, part, received)
    where n.shop = ${first.shop} and n.connection = ${first.connection} and n.delivery = u.delivery and n.part = u.part
      and n.received_at <= u.received`
}

/** They are looked at again at `nextAt`. */
export async function delayNotices(
  db: Database,
  notices: readonly Pick<NoticeRow, 'shop' | 'connection' | 'delivery' | 'part'>[],
  told: { readonly nextAt: number; readonly error: string },
): Promise<void> {
  const [first] = notices
  if (!first) return
  await db`
    update platform_notices n set next_at = ${told.nextAt}, error = ${told.error}
    from unnest(${notices.map(({ delivery }) => delivery)}::text[], ${notices.map(({ part }) => part)}::integer[])
      as u(delivery, part)
    where n.shop = ${first.shop} and n.connection = ${first.connection} and n.delivery = u.delivery and n.part = u.part
      and n.next_at is not null`
}

/** When a connection's webhook came last, and how many wait; both for the page. */
export async function noticesOf(
  db: Database,
  shop: ShopId,
): Promise<
  ReadonlyMap<number, { readonly lastAt: number; readonly waiting: number; readonly today: number }>
> {
  const rows = await db<{ connection: number; lastAt: number; waiting: number; today: number }[]>`
    select connection, max(received_at) as "lastAt", count(next_at)::integer as waiting, count(*)::integer as today
    from platform_notices where shop = ${shop} group by connection`
  return new Map(rows.map(({ connection, ...told }) => [connection, told]))
}

/** Forgets notices that were done with before (UTC ms). */
export async function dropNotices(db: Database, before: number): Promise<void> {
  await db`delete from platform_notices where done_at < ${before}`
}
