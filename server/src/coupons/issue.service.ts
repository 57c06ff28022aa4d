import { randomBytes } from 'node:crypto'
import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { boxWords, codeKey, codeLength, readableCode } from './code.ts'
import { claimCodes, keysTaken } from './codes.store.ts'
import { type CouponRow, expiryOf, type Issued, isOpen, type Pool } from './coupon.ts'
import { type Issuing, markIssued, readCoupons } from './coupons.store.ts'
import { readPools } from './pools.store.ts'

/**
 * Fixes code and expiry of coupons whose messages leave now; those of messages that only show a coupon are looked at. What cannot be
 * given any more (pool archived or ended, used, over) is not in the answer. Issued twice is issued once: the code stays, its time
 * begins anew, for a message that comes here again was not seen by anybody.
 */
export async function issue(
  tx: Tx,
  shop: ShopId,
  asked: {
    readonly coupons: readonly { readonly id: number; readonly message: number | null }[]
    readonly now: number
  },
): Promise<ReadonlyMap<number, Issued>> {
  if (asked.coupons.length === 0) return new Map()
  const { now } = asked
  const rows = await readCoupons(tx, shop, { ids: asked.coupons.map(({ id }) => id), lock: true })
  const pools = await poolsOf(tx, shop, rows)
  const messageOf = new Map(asked.coupons.map(({ id, message }) => [id, message]))
  const isOwn = (row: CouponRow) => row.message === messageOf.get(row.id)
  const shown = rows.flatMap((row) => (isOwn(row) ? [] : asIssued(row, pools, now)))
  const giving = rows.filter((row) => {
    const pool = pools.get(row.pool)
    const waits = row.state === 'reserved' || row.state === 'issued'
    return isOwn(row) && waits && pool !== undefined && isOpen(pool, now)
  })
  const issuing = await codesFor(tx, shop, { rows: giving, pools, now })
  await markIssued(tx, shop, { rows: issuing, now })
  const given = issuing.flatMap(({ id, code, expiresAt }) => {
    const pool = pools.get(rows.find((row) => row.id === id)?.pool ?? 0)
    return pool ? [{ id, code, expiresAt, pool }] : []
  })
  return new Map([...shown, ...given].map((one) => [one.id, one]))
}

/** Those of the coupons that their people can use now. */
export async function issuedNow(
  tx: Tx,
  shop: ShopId,
  asked: { readonly ids: readonly number[]; readonly now: number },
): Promise<ReadonlyMap<number, Issued & { readonly customer: number | null }>> {
  if (asked.ids.length === 0) return new Map()
  const rows = await readCoupons(tx, shop, { ids: asked.ids })
  const pools = await poolsOf(tx, shop, rows)
  return new Map(
    rows.flatMap((row) =>
      asIssued(row, pools, asked.now).map((one) => [row.id, { ...one, customer: row.customer }]),
    ),
  )
}

/** A coupon its person can use now. */
function asIssued(
  row: CouponRow,
  pools: ReadonlyMap<number, Pool>,
  now: number,
): readonly Issued[] {
  const { id, code, expiresAt } = row
  const pool = pools.get(row.pool)
  if (row.state !== 'issued' || code === null || !pool) return []
  return expiresAt !== null && expiresAt <= now ? [] : [{ id, code, expiresAt, pool }]
}

export async function poolsOf(
  tx: Tx,
  shop: ShopId,
  rows: readonly CouponRow[],
): Promise<ReadonlyMap<number, Pool>> {
  const pools = await readPools(tx, shop, { ids: [...new Set(rows.map(({ pool }) => pool))] })
  return new Map(pools.map((pool) => [pool.id, pool]))
}

async function codesFor(
  tx: Tx,
  shop: ShopId,
  batch: {
    readonly rows: readonly CouponRow[]
    readonly pools: ReadonlyMap<number, Pool>
    readonly now: number
  },
): Promise<readonly Issuing[]> {
  const issuing: Issuing[] = []
  for (const [id, all] of Map.groupBy(batch.rows, (row) => row.pool)) {
    const pool = batch.pools.get(id)
    if (!pool) continue
    const fresh = await freshCodes(tx, shop, {
      pool,
      wanted: all.flatMap((row) => (row.code === null ? row.id : [])),
    })
    for (const row of all) {
      // With a message of its own it leaves only after the platform gave it; its end is what the platform said.
      const isTheirs = pool.codes === 'platform' && row.message !== null
      if (isTheirs && row.state !== 'issued') continue
      const expiresAt = isTheirs ? row.expiresAt : expiryOf(pool, batch.now)
      const code = row.code ?? fresh.get(row.id)
      // An uploaded list that ran out: the shop took codes from it by other ways.
      if (code === undefined) continue
      const key = keyOf(pool, { ...row, code })
      issuing.push({ id: row.id, code, codeKey: key, expiresAt })
    }
  }
  return issuing
}

/** A code for everybody is nobody's; at a platform only a code of their own is somebody's. */
function keyOf(pool: Pool, row: { readonly code: string; readonly codeKey: string | null }) {
  switch (pool.codes) {
    case 'shared':
      return null
    case 'platform':
      return row.codeKey
    case 'generated':
    case 'uploaded':
      return codeKey(row.code)
  }
}

async function freshCodes(
  tx: Tx,
  shop: ShopId,
  { pool, wanted }: { readonly pool: Pool; readonly wanted: readonly number[] },
): Promise<ReadonlyMap<number, string>> {
  if (wanted.length === 0) return new Map()
  switch (pool.codes) {
    case 'shared':
      return new Map(wanted.map((id) => [id, pool.sharedCode ?? '']))
    case 'platform':
      return new Map(wanted.map((id) => [id, pool.sharedCode ?? boxWords.ko]))
    case 'uploaded':
      return await claimCodes(tx, shop, { pool: pool.id, coupons: wanted })
    case 'generated': {
      const codes = await unusedCodes(tx, shop, { prefix: pool.prefix, count: wanted.length })
      return new Map(wanted.flatMap((id, at) => (codes[at] ? [[id, codes[at]]] : [])))
    }
  }
}

/** Drawn anew while one is taken; two transactions drawing the same at once are stopped by the unique key. */
async function unusedCodes(
  tx: Tx,
  shop: ShopId,
  wanted: { readonly prefix: string; readonly count: number },
): Promise<readonly string[]> {
  const codes = new Set<string>()
  while (codes.size < wanted.count) {
    const drawn = Array.from({ length: wanted.count - codes.size }, () =>
      readableCode(wanted.prefix, randomBytes(codeLength)),
    )
    const taken = await keysTaken(tx, shop, drawn.map(codeKey))
    for (const code of drawn) if (!taken.has(codeKey(code))) codes.add(code)
  }
  return [...codes]
}
