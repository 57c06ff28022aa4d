/** Calls a platform lets through: a bucket that drains at `perSecond`; each call puts one in, and it holds `size`. */
export type Bucket = {
  readonly size: number
  readonly perSecond: number
  readonly level: number
  /** UTC ms of `level`. */
  readonly at: number
}

/** A bucket nothing was put into yet: it holds `bucket` calls, and drains at `perSecond`. */
export function emptyBucket(rate: { readonly bucket: number; readonly perSecond: number }): Bucket {
  return { size: rate.bucket, perSecond: rate.perSecond, level: 0, at: 0 }
}

/** Puts a call in, which may count for more than one, now or after waiting; answers how long (ms), and the bucket after it. */
export function pour(
  bucket: Bucket,
  now: number,
  cost = 1,
): { readonly waitMs: number; readonly bucket: Bucket } {
  const from = Math.max(now, bucket.at)
  const level = drained(bucket, from)
  const over = Math.max(0, level + cost - bucket.size)
  const at = from + Math.ceil((over * 1_000) / bucket.perSecond)
  return { waitMs: at - now, bucket: { ...bucket, level: drained(bucket, at) + cost, at } }
}

/** What the platform itself says of the bucket counts for more than what was counted here; where it is exact, also when it is less. */
export function told(
  bucket: Bucket,
  said: { readonly level: number; readonly now: number; readonly isExact?: boolean },
): Bucket {
  const level = said.isExact ? said.level : Math.max(drained(bucket, said.now), said.level)
  return { ...bucket, level, at: Math.max(said.now, bucket.at) }
}

function drained({ level, at, perSecond }: Bucket, now: number): number {
  return Math.max(0, level - (Math.max(0, now - at) / 1_000) * perSecond)
}
