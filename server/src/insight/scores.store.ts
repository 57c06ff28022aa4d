import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** A shop's night as a worker took it; times UTC ms. */
export type Night = {
  readonly shop: ShopId
  readonly epoch: number
  readonly night: number
  readonly position: number
  /** Customers up to this id are written; null: all of them. */
  readonly after: number | null
  readonly written: number
}

/** Takes the shop that has waited longest; undefined when none is due. */
export async function claimNight(
  db: Database,
  { now, until }: { readonly now: number; readonly until: number },
): Promise<Night | undefined> {
  await db`insert into score_nights (shop) select id from shops on conflict do nothing`
  const [row] = await db<Night[]>`
    update score_nights set lease_until = ${until}, epoch = epoch + 1
    where shop = (
      select shop from score_nights where due_at <= ${now} and lease_until <= ${now}
      order by due_at, shop limit 1 for update skip locked)
    returning shop, epoch, night, position, after, written`
  return row
}

/** Gives the shop back, to be looked at again at `dueAt`. */
export async function releaseNight(
  db: Database,
  { shop, epoch, dueAt }: Pick<Night, 'shop' | 'epoch'> & { readonly dueAt: number },
): Promise<void> {
  await db`
    update score_nights set lease_until = 0, due_at = ${dueAt} where shop = ${shop} and epoch = ${epoch}`
}

/** Begins another night. */
export async function beginNight(db: Database, one: Night): Promise<void> {
  await db`
    update score_nights set night = ${one.night}, position = ${one.position}, after = 0, written = 0
    where shop = ${one.shop} and epoch = ${one.epoch}`
}

/**
 * Moves the night on, in the transaction that writes the scores; `after` null ends it. False for a worker whose lease was
 * taken by another, which must write nothing.
 */
export async function moveNight(
  tx: Tx | Database,
  moved: Pick<Night, 'shop' | 'epoch' | 'after'> & {
    readonly written: number
    readonly leaseUntil: number
  },
): Promise<boolean> {
  const rows = await tx`
    update score_nights
    set after = ${moved.after}, written = written + ${moved.written}, lease_until = ${moved.leaseUntil}
    where shop = ${moved.shop} and epoch = ${moved.epoch} returning 1`
  return rows.length === 1
}
