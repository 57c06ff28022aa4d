import { dayMs } from '../lib/duration.ts'

/** A pool as a simulation knows it; one that is not named has no end and gives as many as asked for. */
export type SimulatedPool = {
  readonly id: number
  /** Pieces left at the beginning; null: no end of them. */
  readonly left: number | null
  /** At most `count` a person within `days`; null: as many as asked for. */
  readonly perPerson: { readonly count: number; readonly days: number } | null
  /** UTC ms; null: never. */
  readonly endsAt: number | null
}

/** A coupon that somebody got; `message`: the cause of the message it went with, null where a step gave it. */
export type SimulatedCoupon = {
  readonly id: number
  readonly pool: number
  readonly customer: number
  readonly campaign: number
  readonly step: number
  readonly message: string | null
  /** UTC ms at which it was taken. */
  readonly at: number
}

type Asked = { readonly pool: number; readonly customer: number; readonly now: number }

/** The coupons of a simulation: looked at, taken and given back by the rules of coupons/shelf.ts. */
export function simulatedCoupons(pools: readonly SimulatedPool[] = []) {
  const known = new Map(pools.map((pool) => [pool.id, pool]))
  const taken = new Map<number, SimulatedCoupon>()
  const left = new Map(pools.map((pool) => [pool.id, pool.left ?? Infinity]))
  const ofPerson = new Map<number, Set<number>>()
  let made = 0

  const count = (pool: number, by: 1 | -1) => left.set(pool, (left.get(pool) ?? Infinity) - by)
  const theirs = (customer: number) =>
    [...(ofPerson.get(customer) ?? [])].flatMap((id) => taken.get(id) ?? [])

  function keep(one: SimulatedCoupon): void {
    taken.set(one.id, one)
    const mine = ofPerson.get(one.customer)
    if (mine) mine.add(one.id)
    else ofPerson.set(one.customer, new Set([one.id]))
  }

  function lookAt(asked: Asked): 'available' | 'gone' | 'had' {
    const pool = known.get(asked.pool)
    if (!pool) return 'available'
    if (pool.endsAt !== null && pool.endsAt <= asked.now) return 'gone'
    if ((left.get(pool.id) ?? 0) <= 0) return 'gone'
    if (pool.perPerson === null) return 'available'
    const since = asked.now - pool.perPerson.days * dayMs
    const had = theirs(asked.customer).filter((one) => one.pool === pool.id && one.at > since)
    return had.length < pool.perPerson.count ? 'available' : 'had'
  }

  function takeOne(wanted: Omit<SimulatedCoupon, 'id'>): number {
    made += 1
    keep({ id: made, ...wanted })
    count(wanted.pool, 1)
    return made
  }

  return {
    look: lookAt,
    take: takeOne,
    /** Somebody presses for the coupon of a message on a page: whatever is pressed again is the same piece. */
    press: (wanted: Omit<SimulatedCoupon, 'id'> & { readonly message: string }) => {
      const { pool, customer, at: now, message } = wanted
      if (theirs(customer).some((one) => one.message === message)) return 'available'
      const look = lookAt({ pool, customer, now })
      if (look === 'available') takeOne(wanted)
      return look
    },
    /** Its message did not go: another may have it. */
    giveBack: (id: number): void => {
      const one = taken.get(id)
      if (!one) return
      taken.delete(id)
      ofPerson.get(one.customer)?.delete(id)
      count(one.pool, -1)
    },
    /** A merged person's coupons follow them. */
    move: (from: number, to: number): void => {
      for (const one of theirs(from)) keep({ ...one, customer: to })
      ofPerson.delete(from)
    },
    /** Whose it is; undefined: nobody has it. */
    ownerOf: (id: number): number | undefined => taken.get(id)?.customer,
    all: (): readonly SimulatedCoupon[] => [...taken.values()],
  }
}
