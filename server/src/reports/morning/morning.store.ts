import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Destination } from './morning-settings.ts'

/** What left in a period and what did not; `cost` in ten-thousandths, null where nothing had a price. */
export type SentInPeriod = {
  readonly sent: number
  readonly before: number
  readonly cost: number | null
  readonly failed: number
  readonly unconfirmed: number
}

/** Messages of the period and of the one before; `bounds` as `MorningDay` has them. */
export async function readSentInPeriod(
  db: Database,
  shop: ShopId,
  [beforeFrom, beforeTo, from, to]: readonly [number, number, number, number],
): Promise<SentInPeriod> {
  const [row] = await db<SentInPeriod[]>`
    select count(*) filter (where state = 'sent' and sent_at >= ${from} and sent_at < ${to}) as sent,
           count(*) filter (where state = 'sent' and sent_at >= ${beforeFrom} and sent_at < ${beforeTo}) as before,
           (sum(cost) filter (where state = 'sent' and sent_at >= ${from} and sent_at < ${to}))::bigint as cost,
           count(*) filter (where state = 'failed' and failed_at >= ${from} and failed_at < ${to}) as failed,
           count(*) filter (where state = 'unconfirmed') as unconfirmed
    from outbox
    where shop = ${shop} and customer not in (select customer from internal_people where shop = ${shop})
      and (state = 'unconfirmed' or sent_at >= ${beforeFrom} or failed_at >= ${from})`
  return row ?? { sent: 0, before: 0, cost: null, failed: 0, unconfirmed: 0 }
}

/** Campaigns that messaged or held out somebody since `since`, UTC ms. */
export async function readRecentCampaigns(
  db: Database,
  shop: ShopId,
  since: number,
): Promise<readonly { readonly id: number; readonly name: string }[]> {
  return await db<{ id: number; name: string }[]>`
    select c.id, c.name from campaigns c
    where c.shop = ${shop} and exists (
      select from decisions d where d.shop = c.shop and d.campaign = c.id and d.would_send and d.at >= ${since})
    order by c.id desc limit 50`
}

/** A morning's message on its way to one place. */
export type Due = {
  readonly id: number
  readonly day: string
  readonly destination: Destination
  readonly tries: number
}

/** Writes down where a morning's message goes; what was written before stays as it is. */
export async function insertDue(
  db: Database,
  shop: ShopId,
  rows: readonly { readonly day: string; readonly destination: Destination; readonly at: number }[],
): Promise<void> {
  await db`
    insert into morning_messages (shop, day, destination, next_at)
    select ${shop}, u.day, u.destination, u.at
    from unnest(${rows.map((row) => row.day)}::text[], ${rows.map((row) => JSON.stringify(row.destination))}::text[],
      ${rows.map((row) => row.at)}::bigint[]) as u(day, destination, at)
    on conflict (shop, day, destination) do nothing`
}

/** Takes what is due, and what was taken and never answered for by a worker that died: the latter is never sent again. */
export async function claimDue(
  db: Database,
  shop: ShopId,
  asked: { readonly day: string; readonly now: number },
): Promise<readonly Due[]> {
  const rows = await db<{ id: number; day: string; destination: string; tries: number }[]>`
    update morning_messages m set state = 'sending', tries = tries + 1
    from (
      select id from morning_messages
      where shop = ${shop} and day = ${asked.day} and state = 'due' and next_at <= ${asked.now}
        and not exists (select 1 from shops s where s.id = ${shop} and s.restored_at is not null)
      order by id for update skip locked
    ) due
    where m.id = due.id
    returning m.id, m.day, m.destination, m.tries`
  return rows.map((row) => ({ ...row, destination: JSON.parse(row.destination) as Destination }))
}

/** What came of one hand-over. */
export async function recordMorning(
  db: Database,
  id: number,
  came: {
    readonly state: 'due' | 'sent' | 'failed' | 'unconfirmed'
    readonly nextAt: number
    readonly detail: string | null
  },
): Promise<void> {
  await db`
    update morning_messages set state = ${came.state}, next_at = ${came.nextAt}, detail = ${came.detail}
    where id = ${id}`
}

/** The last mornings, the newest first. */
export async function readMornings(
  db: Database,
  shop: ShopId,
): Promise<
  readonly {
    readonly day: string
    readonly destination: Destination
    readonly state: string
    readonly detail: string | null
  }[]
> {
  const rows = await db<
    { day: string; destination: string; state: string; detail: string | null }[]
  >`
    select day, destination, state, detail from morning_messages
    where shop = ${shop} order by id desc limit 14`
  return rows.map((row) => ({ ...row, destination: JSON.parse(row.destination) as Destination }))
}

/** Forgets mornings before this day, `2026-11-22`. */
export async function forgetMornings(db: Database, before: string): Promise<void> {
  await db`delete from morning_messages where day < ${before}`
}
