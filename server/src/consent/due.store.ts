import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { ConsentChannel } from './consent.ts'

export type DueRow = {
  readonly customer: number
  readonly channel: ConsentChannel
  readonly grantedAt: number | null
  readonly reconfirmDueAt: number | null
  readonly resultNoticeDueAt: number | null
}

/** What must still be told to these people, by channel. */
export async function readDue(
  db: Database | Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly DueRow[]> {
  if (customers.length === 0) return []
  return await db<DueRow[]>`
    select customer, channel, granted_at as "grantedAt", reconfirm_due_at as "reconfirmDueAt",
           result_notice_due_at as "resultNoticeDueAt"
    from consents
    where shop = ${shop} and customer = any(${[...customers]}::bigint[])
      and (reconfirm_due_at is not null or result_notice_due_at is not null)
    order by customer, channel`
}

export type AlarmRow = {
  readonly kind: 'result' | 'reconfirm'
  readonly customer: number
  readonly channel: ConsentChannel
  readonly dueAt: number
}
export type Alarms = {
  readonly result: number
  readonly reconfirm: number
  /** The soonest of each kind. */
  readonly soonest: readonly AlarmRow[]
}

const shownAlarms = 20

/** People who must be told something by these days (UTC ms) and were not: how many, and the soonest. */
export async function readAlarms(
  db: Database,
  shop: ShopId,
  upTo: { readonly since: number; readonly result: number; readonly reconfirm: number },
): Promise<Alarms> {
  const late = db`result_notice_due_at > ${upTo.since} and result_notice_due_at <= ${upTo.result}`
  const [counted] = await db<{ result: number; reconfirm: number }[]>`
    select count(*) filter (where ${late})::int as result,
           count(*) filter (where reconfirm_due_at <= ${upTo.reconfirm})::int as reconfirm
    from consents
    where shop = ${shop} and ((${late}) or reconfirm_due_at <= ${upTo.reconfirm})`
  const soonest = await db<AlarmRow[]>`
    (select 'result' as kind, customer, channel, result_notice_due_at as "dueAt" from consents
     where shop = ${shop} and ${late} order by result_notice_due_at limit ${shownAlarms})
    union all
    (select 'reconfirm', customer, channel, reconfirm_due_at from consents
     where shop = ${shop} and reconfirm_due_at <= ${upTo.reconfirm} order by reconfirm_due_at limit ${shownAlarms})`
  return { result: counted?.result ?? 0, reconfirm: counted?.reconfirm ?? 0, soonest }
}
