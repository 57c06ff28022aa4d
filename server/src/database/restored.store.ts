import type { Database } from './connection.store.ts'

/**
 * What a restored database must not do by itself. Since the backup was made, messages that waited may have gone out and people
 * may have refused: nobody knows any more. So what waited becomes `unconfirmed`, which only a person sends again, and each
 * shop's first send is locked until its refusals were brought in once more.
 */
export async function quietRestored(db: Database): Promise<void> {
  await db.begin(async (tx) => {
    await tx`
      with stopped as (
        update outbox set state = 'unconfirmed', reason = 'unconfirmed', lease_until = null, ask_at = null
        where state in ('queued', 'sending')
        returning shop, decision, decision_month
      )
      update decisions d set outcome = 'unconfirmed', reason = 'unconfirmed'
      from stopped s where d.shop = s.shop and d.month = s.decision_month and d.id = s.decision`
    // Bulk sends of since then went out as well, or did not: a person decides about those under way, and none is made up for.
    await tx`
      update campaign_runs set state = 'asking', reason = 'interrupted'
      where state in ('planned', 'calling_first', 'waiting', 'calling')`
    await tx`
      update campaigns set live_at = (extract(epoch from clock_timestamp()) * 1000)::bigint where state = 'live'`
    await tx`
      update shops set settings = (settings::jsonb - 'firstSend')::text where settings::jsonb ? 'firstSend'`
  })
}
