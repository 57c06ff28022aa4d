import type { Tx } from '../database/connection.store.ts'
import type { Turn } from '../events/turn.ts'
import type { CustomerId } from '../lib/brand.ts'
import { hourMs } from '../lib/duration.ts'
import { isJsonObject, type Json } from '../lib/json.ts'
import { type ConsideredRow, moveConsidered, saveConsidered } from './considered.store.ts'
import { decidedBy, isKept } from './decided-by.ts'
import type { Desk, NotEnteredOf } from './person-turn.ts'

/** The same reason of the same person and campaign is written down at most once in this time. */
const freshMs = hourMs
/** Rows written in one turn at most; what is over is written when it happens again. */
const rowsLimit = 500
/** Reasons of one person that are written down in an hour at most. */
const personLimit = 200

/** Section of customer_state: `campaign:why` -> when it was last written down, UTC ms. Older than an hour is not kept. */
const section = 'considered'

type Noted = Readonly<Record<string, number>>

/**
 * Keeps who was considered in this turn and did not enter, and why. What was written down within the hour is known from the
 * person's own state, so a turn in which nothing is new writes nothing.
 */
export function considering(turn: Turn) {
  const people = new Map<CustomerId, Map<string, NotEnteredOf>>()
  const known = new Map<CustomerId, Noted>()
  return {
    /** Moves what is kept of people who were merged away. */
    open: (tx: Tx): Promise<void> =>
      moveConsidered(
        tx,
        turn.shop,
        turn.merges.filter((merge) => merge.section(section) !== undefined),
      ),
    told: ((one) => {
      if (!isKept(one.why)) return
      const key = `${one.campaign}:${one.why}`
      let noted = known.get(one.customer)
      if (!noted) {
        noted = readNoted(turn.people.get(one.customer)?.section(section))
        known.set(one.customer, noted)
      }
      if (isFresh(noted[key], turn.now)) return
      const theirs = people.get(one.customer) ?? new Map<string, NotEnteredOf>()
      if (theirs.size >= personLimit) return
      people.set(one.customer, theirs.set(key, one))
    }) satisfies Desk['onNotEntered'],
    discard: (customer: CustomerId): void => void people.delete(customer),
    close: async (tx: Tx): Promise<void> => {
      const rows: ConsideredRow[] = []
      for (const [customer, theirs] of people) {
        if (rows.length >= rowsLimit) break
        rows.push(...[...theirs.values()].flatMap(rowOf))
        const kept = Object.entries(known.get(customer) ?? {}).filter(([, at]) =>
          isFresh(at, turn.now),
        )
        const fresh = [...theirs.keys()].map((key) => [key, turn.now] as const)
        turn.people
          .get(customer)
          ?.remember(section, Object.fromEntries([...kept, ...fresh].slice(-personLimit)))
      }
      await saveConsidered(tx, turn.shop, rows)
    },
  }
}

function isFresh(at: number | undefined, now: number): boolean {
  return at !== undefined && at <= now && now - at < freshMs
}

function readNoted(stored: Json | undefined): Noted {
  return isJsonObject(stored) ? (stored as Noted) : {}
}

function rowOf({ campaign, customer, why, at, known }: NotEnteredOf): readonly ConsideredRow[] {
  if (!isKept(why)) return []
  return [{ campaign, customer, why, at, data: JSON.stringify(decidedBy(why, known)) }]
}
