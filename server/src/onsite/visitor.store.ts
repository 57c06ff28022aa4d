import { createHash } from 'node:crypto'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** What is stored of the visitor a page asks for; of a device nobody knows everything is null. */
export type VisitorRow = {
  readonly id: number | null
  readonly assignmentKey: string | null
  readonly member: boolean
  readonly internal: boolean
  /** JSON */
  readonly traits: string | null
  readonly version: number
  /** JSON: what the rooms of the line remember of them. */
  readonly sections: string | null
  /** Somebody signed in on this device. */
  readonly knownMember: boolean
  /** Experiments they play already: name to arm. JSON. */
  readonly arms: string
  /** Of the hashes asked about, those whose happening was accepted (hex). */
  readonly accepted: readonly string[]
  /** Message ids of the device's happenings that were accepted and not yet processed; the newest of the log only. */
  readonly underWay: readonly string[]
}

/** How far back from the head of the log what is under way is looked for. */
const tailRows = 2_000

/**
 * Read by connections that plan once (`plansOnce`): planning it for each visitor costs three times as much as running it.
 * One statement: the member the page names where that is known to be one, else whom the device belongs to. A chapter that
 * began before `chapterSince` (UTC ms) is over.
 */
export async function readVisitor(
  db: Database,
  shop: ShopId,
  asked: {
    readonly anonymous: string
    /** Given only where the page may speak for the member. */
    readonly user: string | undefined
    /** Dedupe keys of the page's own happenings. */
    readonly keys: readonly string[]
    readonly chapterSince: number
    readonly experiments: readonly string[]
  },
): Promise<VisitorRow> {
  const idHash = (value: string) => createHash('sha256').update(value).digest('hex').slice(0, 32)
  const [row] = await db<[VisitorRow]>`
    with device as (
      select customer, signed_in from identities
      where shop = ${shop} and kind = 'anonymous' and value_hash = decode(${idHash(asked.anonymous)}, 'hex')
    ), account as (
      select customer from identities
      where shop = ${shop} and kind = 'user' and value_hash = decode(${idHash(asked.user ?? '')}, 'hex') and ${asked.user !== undefined}
    ), place as (
      select greatest(
        coalesce((select position from lanes where shop = ${shop} and name = 'line'), 0),
        coalesce((select head from log_heads where shop = ${shop}), 0) - ${tailRows}
      ) as position
    ), person as (
      select c.* from customers c
      where c.shop = ${shop} and c.id = coalesce((select customer from account), (select nullif(customer, 0) from device))
        and c.survivor is null and c.erased_at is null
        and (c.member or c.chapter_at is null or c.chapter_at > ${asked.chapterSince})
    )
    select p.id, p.assignment_key as "assignmentKey", coalesce(p.member, false) as member, coalesce(p.internal, false) as internal,
           p.traits, greatest(coalesce(p.version, 0), coalesce(s.version, 0)) as version, s.sections,
           exists (select 1 from device where signed_in > 0) as "knownMember",
           coalesce((select json_object_agg(a.experiment, a.first_arm) from assignments a
             where a.shop = ${shop} and a.customer = p.id and a.experiment = any(${[...asked.experiments]}::text[])), '{}')::text as arms,
           coalesce((select array_agg(encode(m.id_hash, 'hex')) from message_ids m
             where m.shop = ${shop} and m.id_hash = any(
               select substring(sha256(convert_to(key, 'UTF8')) for 16) from unnest(${[...asked.keys]}::text[]) as key)), '{}') as accepted,
           coalesce((select array_agg(l.ids::json ->> 'messageId') from log l, place
             where l.shop = ${shop} and l.position > place.position
               and strpos(l.ids, ${JSON.stringify(asked.anonymous)}) > 0 and l.ids::json ->> 'anonymous' = ${asked.anonymous}), '{}') as "underWay"
    from (select 1) one
    left join person p on true
    left join customer_state s on s.shop = ${shop} and s.customer = p.id`
  return row
}

/** The hex under which `accepted` names a dedupe key. */
export function keyHashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32)
}
