import type { Onlooker, Said } from './recommended.ts'
import type { ListKind, Ranked, Tables } from './tables.ts'

/** Whom to choose for, out of what, and when (UTC ms). */
export type Looking = {
  readonly tables: Tables
  readonly person: Onlooker
  readonly now: number
  /** Ids chosen by hand, in their order. */
  readonly chosen: readonly string[]
  /** The segment whose buying counts. */
  readonly segment: number | null
}

/** A product that a way offers, best first; what speaks for it is only put in words when it is taken. */
export type Candidate = {
  readonly product: string
  /** The order among the offers; of equal ones a seed decides. */
  readonly score: number
  readonly say: () => { readonly line: Said; readonly why: Said }
}

/** One way of choosing: what it is called, what it rests on, and what it offers somebody. */
export type Way = {
  readonly name: Said
  readonly about: Said
  readonly offer: (looking: Looking) => readonly Candidate[]
}

/** Products that speak for others; the newest of them. */
const seedsLimit = 50
/** Each one speaks this much less than the one before it. */
const seedFading = 0.98

/**
 * What stands beside these products on the lists of a kind, all of them together. What was bought may come again; what was just looked
 * at is known to whoever looked.
 */
export function beside(
  { tables }: Pick<Looking, 'tables'>,
  kind: ListKind,
  seeds: readonly string[],
): readonly { readonly one: Ranked; readonly seed: string; readonly score: number }[] {
  const found = new Map<string, { one: Ranked; seed: string; score: number; best: number }>()
  const own = [...new Set(seeds)].slice(0, seedsLimit)
  let weight = 1
  for (const seed of own) {
    for (const one of tables.list(kind, seed)) {
      if (kind === 'viewed' && own.includes(one.product)) continue
      const part = one.score * weight
      const known = found.get(one.product)
      if (!known) found.set(one.product, { one, seed, score: part, best: part })
      else {
        known.score += part
        if (part > known.best) Object.assign(known, { one, seed, best: part })
      }
    }
    weight *= seedFading
  }
  return [...found.values()]
}

/** What somebody is looking at right now, what lies in the cart, and what they looked at before. */
export function interests({ person }: Pick<Looking, 'person'>): readonly string[] {
  return [
    ...(person.product === undefined ? [] : [person.product]),
    ...person.carted,
    ...person.viewed,
  ]
}

/** How a product is called in a sentence. */
export function nameOf({ tables }: Pick<Looking, 'tables'>, id: string): string {
  return tables.product(id)?.name ?? id
}
