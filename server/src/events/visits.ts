import type { CustomerId } from '../lib/brand.ts'
import { minuteMs } from '../lib/duration.ts'
import { isJsonObject, type Json } from '../lib/json.ts'
import { isOwnAct } from './acts.ts'
import type { Placed } from './happening.ts'
import { originOf } from './origin.ts'
import type { LineRoom, Turn } from './turn.ts'

/** A visit ends when nothing happened for this long. */
export const visitGapMs = 30 * minuteMs

/** An open visit: when it began, its last event (UTC ms) and how many events it has. */
type Visit = { readonly startedAt: number; readonly lastAt: number; readonly events: number }

/**
 * The room that derives `Visit Started` and `Visit Ended`. It lives in event time: a visit's end is dated 30 minutes after its
 * last event, whenever the line gets to it. Imported history has no visits: nobody was there to be met.
 */
export function visits<Tx>(): LineRoom<Tx> {
  return {
    name: 'visits',
    open: async (_tx, turn) => {
      const open = new Map<CustomerId, Visit | null>()
      const visitOf = (customer: CustomerId): Visit | null => {
        const known = open.get(customer)
        return known !== undefined ? known : readVisit(turn.people.get(customer)?.section('visits'))
      }
      for (const merge of turn.merges) {
        const joined = mergeVisits(visitOf(merge.to), readVisit(merge.section('visits')))
        if (joined) open.set(merge.to, joined)
      }
      return {
        nextDue: (customer) => {
          const visit = visitOf(customer)
          return visit ? visit.lastAt + visitGapMs : Infinity
        },
        fire: (customer, now) => {
          const visit = visitOf(customer)
          if (!visit || visit.lastAt + visitGapMs > now) return
          emitEnd(turn, { customer, visit })
          open.set(customer, null)
        },
        apply: (happening) => {
          if (happening.kind !== 'event' || happening.customer === 0 || happening.importId) return
          if (!isOwnAct(happening)) return
          open.set(happening.customer, advance(turn, happening, visitOf(happening.customer)))
        },
        discard: (customer) => void open.delete(customer),
        close: async () => {
          for (const [customer, visit] of open) {
            turn.people.get(customer)?.remember('visits', visit)
          }
        },
      }
    },
  }
}

function advance(turn: Turn, happening: Placed, visit: Visit | null): Visit {
  const { at, customer } = happening
  // A late event belongs to the past; it lengthens the open visit at most to its front.
  if (visit && at < visit.lastAt + visitGapMs) {
    const startedAt =
      at > visit.startedAt - visitGapMs ? Math.min(visit.startedAt, at) : visit.startedAt
    return { startedAt, lastAt: Math.max(visit.lastAt, at), events: visit.events + 1 }
  }
  if (visit) emitEnd(turn, { customer, visit, because: happening })
  turn.emit({
    kind: 'derived',
    name: 'Visit Started',
    customer,
    at,
    causeKey: `visit:${at}`,
    properties: { started_at: new Date(at).toISOString(), ...originOf(happening.body) },
    because: happening,
  })
  return { startedAt: at, lastAt: at, events: 1 }
}

function emitEnd(
  turn: Turn,
  ended: { readonly customer: CustomerId; readonly visit: Visit; readonly because?: Placed },
): void {
  const { customer, visit, because } = ended
  turn.emit({
    kind: 'derived',
    name: 'Visit Ended',
    customer,
    at: visit.lastAt + visitGapMs,
    causeKey: `visit:${visit.startedAt}:${visit.lastAt}`,
    properties: {
      started_at: new Date(visit.startedAt).toISOString(),
      last_at: new Date(visit.lastAt).toISOString(),
      events: visit.events,
      seconds: Math.round((visit.lastAt - visit.startedAt) / 1_000),
    },
    ...(because ? { because } : {}),
  })
}

/** Two people turned out to be one: one visit if they touch, else the later one goes on. */
function mergeVisits(one: Visit | null, other: Visit | null): Visit | null {
  if (!one || !other) return one ?? other
  const [earlier, later] = one.startedAt <= other.startedAt ? [one, other] : [other, one]
  if (later.startedAt > earlier.lastAt + visitGapMs) return later
  return {
    startedAt: earlier.startedAt,
    lastAt: Math.max(earlier.lastAt, later.lastAt),
    events: earlier.events + later.events,
  }
}

function readVisit(section: Json | undefined): Visit | null {
  if (!isJsonObject(section)) return null
  const { startedAt, lastAt, events } = section
  if (typeof startedAt !== 'number' || typeof lastAt !== 'number') return null
  return { startedAt, lastAt, events: typeof events === 'number' ? events : 1 }
}
