import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { DecisionRow, Ending, NewMessage } from './outbox.ts'

/** Ids for messages and decisions, given out before their rows are written so that each can name the other. */
export async function nextIds(
  tx: Tx,
  table: 'outbox' | 'decisions',
  count: number,
): Promise<readonly number[]> {
  if (count === 0) return []
  const rows = await tx<{ id: number }[]>`
    select nextval(pg_get_serial_sequence(${table}, 'id')) as id from generate_series(1, ${count}::int)`
  return rows.map((row) => row.id)
}

/** One row a decision; a cause that was decided before keeps its first row. */
export async function insertDecisions(
  tx: Tx,
  shop: ShopId,
  rows: readonly DecisionRow[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    insert into decisions (shop, month, id, cause_key, campaign, version, step, enrolment, customer, channel, purpose, arm,
                           would_send, outcome, reason, at, until, message, data)
    overriding system value
    select ${shop}, u.month, u.id, u.cause_key, u.campaign, u.version, u.step, u.enrolment, u.customer, u.channel, u.purpose,
           u.arm, u.would_send <> 0, u.outcome, u.reason, u.at, u.until, u.message, u.data
    from unnest(
      ${rows.map((row) => row.month)}::int[], ${rows.map((row) => row.id)}::bigint[],
      ${rows.map((row) => row.causeKey)}::text[], ${rows.map((row) => row.campaign)}::bigint[],
      ${rows.map((row) => row.version)}::int[], ${rows.map((row) => row.step)}::int[],
      ${rows.map((row) => row.enrolment)}::bigint[], ${rows.map((row) => row.customer)}::bigint[],
      ${rows.map((row) => row.channel)}::text[], ${rows.map((row) => row.purpose)}::text[],
      ${rows.map((row) => row.arm)}::text[], ${rows.map((row) => (row.wouldSend ? 1 : 0))}::int[],
      ${rows.map((row) => row.outcome)}::text[], ${rows.map((row) => row.reason)}::text[],
      ${rows.map((row) => row.at)}::bigint[], ${rows.map((row) => row.until)}::bigint[],
      ${rows.map((row) => row.message)}::bigint[], ${rows.map((row) => row.data)}::text[]
    ) as u(month, id, cause_key, campaign, version, step, enrolment, customer, channel, purpose, arm, would_send, outcome,
           reason, at, until, message, data)`
}

/** Queues messages; the sender finds them once the transaction is committed. */
export async function insertMessages(
  tx: Tx,
  shop: ShopId,
  rows: readonly NewMessage[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    insert into outbox (shop, id, cause_key, customer, campaign, campaign_version, step, enrolment, decision, decision_month,
                        channel, purpose, state, not_before, due_at, on_night, content_id, content, contact_hash, precedence_class,
                        precedence_weight, created_at, notice, coupon, sent_at)
    overriding system value
    select ${shop}, u.id, u.cause_key, u.customer, u.campaign, u.version, u.step, u.enrolment, u.decision, u.month, u.channel,
           u.purpose, case when u.sent_at is null then 'queued' else 'sent' end, u.not_before, u.not_before, u.on_night, u.content_id, u.kept, decode(u.hash, 'hex'), u.class, u.weight, u.created_at, u.notice, u.coupon, u.sent_at
    from unnest(
      ${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.causeKey)}::text[],
      ${rows.map((row) => row.customer)}::bigint[], ${rows.map((row) => row.campaign)}::bigint[],
      ${rows.map((row) => row.version)}::int[], ${rows.map((row) => row.step)}::int[],
      ${rows.map((row) => row.enrolment)}::bigint[], ${rows.map((row) => row.decision)}::bigint[],
      ${rows.map((row) => row.month)}::int[], ${rows.map((row) => row.channel)}::text[],
      ${rows.map((row) => row.purpose)}::text[], ${rows.map((row) => row.notBefore)}::bigint[],
      ${rows.map((row) => row.contentId)}::text[], ${rows.map((row) => row.kept)}::text[],
      ${rows.map((row) => Buffer.from(row.contactHash, 'base64url').toString('hex'))}::text[],
      ${rows.map((row) => row.precedenceClass)}::text[], ${rows.map((row) => row.precedenceWeight)}::int[],
      ${rows.map((row) => row.createdAt)}::bigint[], ${rows.map((row) => row.notice)}::text[],
      ${rows.map((row) => row.onNight)}::text[], ${rows.map((row) => row.coupon)}::bigint[],
      ${rows.map((row) => row.sentAt)}::bigint[]
    ) as u(id, cause_key, customer, campaign, version, step, enrolment, decision, month, channel, purpose, not_before,
           content_id, kept, hash, class, weight, created_at, notice, on_night, coupon, sent_at)`
}

/** Takes waiting messages back for the reasons given; answers those that still waited. */
export async function refuseWaiting(
  tx: Tx,
  shop: ShopId,
  endings: readonly Ending[],
): Promise<readonly number[]> {
  if (endings.length === 0) return []
  const refused = await tx<{ id: number }[]>`
    update outbox o set state = 'refused', reason = u.reason
    from unnest(${endings.map((one) => one.message)}::bigint[], ${endings.map((one) => one.reason)}::text[]) as u(id, reason)
    where o.shop = ${shop} and o.id = u.id and o.state = 'queued'
    returning o.id`
  // What a sender took meanwhile has left: its decision says so.
  const gone = new Set(refused.map(({ id }) => id))
  await settleDecisions(
    tx,
    shop,
    endings.filter((one) => gone.has(one.message)).map((one) => ({ ...one, outcome: 'refused' })),
  )
  return [...gone]
}

/** Writes into the decisions what became of their messages. */
export async function settleDecisions(
  db: Database | Tx,
  shop: ShopId,
  settled: readonly (Omit<Ending, 'message'> & { readonly outcome: string })[],
): Promise<void> {
  const known = settled.filter((one) => one.decision !== null)
  if (known.length === 0) return
  await db`
    update decisions d set outcome = u.outcome, reason = u.reason, data = coalesce(u.data, d.data)
    from unnest(
      ${known.map((one) => one.month)}::int[], ${known.map((one) => one.decision)}::bigint[],
      ${known.map((one) => one.outcome)}::text[], ${known.map((one) => one.reason)}::text[],
      ${known.map((one) => one.data ?? null)}::text[]
    ) as u(month, id, outcome, reason, data)
    where d.shop = ${shop} and d.month = u.month and d.id = u.id`
}

/** Messages and decisions of people merged away go to their survivors: caps and timelines follow the person. */
export async function moveMessages(
  tx: Tx,
  shop: ShopId,
  merges: readonly { readonly from: number; readonly to: number }[],
): Promise<void> {
  if (merges.length === 0) return
  const from = merges.map((one) => one.from)
  const to = merges.map((one) => one.to)
  await tx`
    update outbox o set customer = u.survivor
    from unnest(${from}::bigint[], ${to}::bigint[]) as u(gone, survivor)
    where o.shop = ${shop} and o.customer = u.gone`
  await tx`
    update decisions d set customer = u.survivor
    from unnest(${from}::bigint[], ${to}::bigint[]) as u(gone, survivor)
    where d.shop = ${shop} and d.customer = u.gone`
}

/** Forgets what was said to a person; that something was said and why stays. Answers the messages that will not leave any more. */
export async function eraseMessages(
  tx: Tx,
  shop: ShopId,
  customer: number,
): Promise<readonly number[]> {
  const told = await tx<{ id: number; reason: string | null }[]>`
    update outbox set coupon_code = null, content = '{}', contact_hash = null, detail = null, answer = null,
           state = case when state = 'queued' then 'refused' else state end,
           reason = case when state = 'queued' then 'erased' else reason end
    where shop = ${shop} and customer = ${customer}
    returning id, reason`
  // Servers name the address they refuse.
  await tx`
    update delivery_reports r set detail = ''
    from outbox o
    where o.shop = ${shop} and o.customer = ${customer} and o.provider_id is not null
      and r.shop = o.shop and r.provider = o.provider and r.provider_id = o.provider_id`
  await tx`
    delete from inbox where shop = ${shop}
    and message in (select id from outbox where shop = ${shop} and customer = ${customer})`
  return told.filter(({ reason }) => reason === 'erased').map(({ id }) => id)
}
