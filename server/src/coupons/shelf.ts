import { dayMs } from '../lib/duration.ts'
import { isOpen, type Pool } from './coupon.ts'

/**
 * Whether a person can have a coupon: `had` when they had as many as the pool gives one person, `gone` when nobody can,
 * `not_first` when it is for a first order and they have ordered.
 */
export type Look = 'available' | 'gone' | 'had' | 'not_first'

/** Why nobody was given a coupon, as messages and campaigns say it. */
export type NoCoupon = 'coupon_gone' | 'coupon_had' | 'coupon_not_first'

/** A pool with what is left of it, as it lies on the shelf. */
export type ShelvedPool = Pool & {
  /** Pieces nobody has; null: no end of them. */
  readonly left: number | null
}

/** A coupon that somebody takes. */
export type Taking = {
  readonly id: number
  readonly pool: number
  readonly customer: number
  readonly causeKey: string
  readonly campaign: number | null
  readonly message: number | null
}

/** When a person got coupons of a pool. */
export type Had = { readonly pool: number; readonly customer: number; readonly at: number }

export type Shelf = {
  /** UTC ms: the time it is looked at. */
  readonly now: number
  readonly pool: (id: number) => ShelvedPool | undefined
  /** Nothing is taken by looking. */
  readonly look: (asked: { readonly pool: number; readonly customer: number }) => Look
  /** Takes one for a person who was just told `available`; answers its id. */
  readonly take: (wanted: Omit<Taking, 'id'>) => number
  readonly taken: () => readonly Taking[]
}

/**
 * The shelf of one transaction, which holds the pools' locks: what is taken from it lowers what the next one sees. `ids` are for
 * those taken, one each. `now`: UTC ms.
 */
export function shelf(on: {
  readonly pools: readonly ShelvedPool[]
  readonly had: readonly Had[]
  /** Who has ordered already, of those asked about. */
  readonly ordered?: ReadonlySet<number>
  readonly ids: readonly number[]
  readonly now: number
}): Shelf {
  const pools = new Map(on.pools.map((pool) => [pool.id, pool]))
  const times = Map.groupBy(on.had, personal)
  const taken: Taking[] = []

  function look(asked: { readonly pool: number; readonly customer: number }): Look {
    const pool = pools.get(asked.pool)
    if (!pool || !isOpen(pool, on.now)) return 'gone'
    const mine = (one: { readonly pool: number }) => one.pool === pool.id
    if (pool.left !== null && taken.filter(mine).length >= pool.left) return 'gone'
    if (pool.firstOrderOnly && on.ordered?.has(asked.customer)) return 'not_first'
    if (pool.perPerson === null) return 'available'
    const since = on.now - pool.perPerson.days * dayMs
    const before = (times.get(personal(asked)) ?? []).filter(({ at }) => at > since).length
    const here = taken.filter((one) => mine(one) && one.customer === asked.customer).length
    return before + here < pool.perPerson.count ? 'available' : 'had'
  }

  return {
    now: on.now,
    pool: (id) => pools.get(id),
    look,
    take: (wanted) => {
      const id = on.ids[taken.length]
      if (id === undefined) throw new Error('more coupons taken than asked for')
      taken.push({ id, ...wanted })
      return id
    },
    taken: () => taken,
  }
}

function personal(one: { readonly pool: number; readonly customer: number }): string {
  return `${one.pool}:${one.customer}`
}
