import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Definition } from './definition.ts'
import type { View } from './evaluate.ts'
import { type Explanation, explain } from './explain.ts'
import type { HistoryNeeds } from './leaf-history.service.ts'
import {
  happenedAt,
  livingCustomer,
  loggedAt,
  membershipsOf,
  timeZoneOf,
} from './membership.store.ts'
import type { FactsNeed } from './person-facts.ts'
import { viewFromLine, viewsFromHistory } from './person-view.service.ts'
import { isReady } from './register.ts'
import type { Registers } from './registers.service.ts'
import { segmentsLimit } from './segment.ts'

type Needs = HistoryNeeds & {
  readonly registers: Registers
  readonly facts?: FactsNeed
  readonly completeTo: (shop: ShopId) => Promise<number>
}

/** Why somebody entered: an event, time passing, or having qualified already when the segment was built. */
export type Cause =
  | {
      readonly kind: 'event'
      readonly position: number
      /** null when neither the log nor history holds it any more. */
      readonly name: string | null
      readonly at: number | null
    }
  | { readonly kind: 'time' }
  | { readonly kind: 'backfill' }

export type MembershipAnswer = {
  readonly customer: number
  readonly member: boolean
  readonly since: number | null
  readonly cause: Cause | null
  /** When the explanation is true, UTC ms. */
  readonly asOf: number
  readonly why: Explanation
}

/** Who is in what, since when and why. */
export function memberships(needs: Needs) {
  const { db, clock, registers } = needs
  const { remembered } = needs.customers

  // The line's own state where the segment is built for the person; history else.
  async function view(
    shop: ShopId,
    of: { readonly segment: number; readonly customer: number },
  ): Promise<{ readonly view: View; readonly definition: Definition }> {
    const register = await registers.load(db, shop)
    const held = register.segments.get(of.segment)
    if (!held) throw new Refusal('not-found', `There is no segment ${of.segment}.`)
    const { definition } = held
    const [person] = await remembered.storedPeople(db, shop, [of.customer])
    if (!person) throw new Refusal('not-found', `There is no customer ${of.customer}.`)
    const known = isReady(held, person.id) ? viewFromLine(needs, person, register) : undefined
    if (known) return { view: known, definition }
    const views = await viewsFromHistory(needs, shop, {
      definition,
      customers: [person.id],
      position: await needs.completeTo(shop),
    })
    const found = views.get(person.id)
    if (!found) throw new Refusal('not-found', `There is no customer ${of.customer}.`)
    return { view: found, definition }
  }

  async function causeOf(shop: ShopId, customer: number, cause: string): Promise<Cause> {
    if (cause === 'due') return { kind: 'time' }
    const position = Number(cause)
    if (!Number.isSafeInteger(position)) return { kind: 'backfill' }
    const aliases = await remembered.mergedInto(db, shop, [customer])
    const found =
      (await loggedAt(db, shop, position)) ??
      (await happenedAt(needs.warehouse, shop, {
        position,
        customers: [customer, ...aliases.map(({ from }) => from)],
      }))
    return { kind: 'event', position, name: found?.name ?? null, at: found?.at ?? null }
  }

  return {
    /** Whether a customer is in a segment, since when, what brought them in, and why by each condition. */
    membership: async (
      shop: ShopId,
      of: { readonly segment: number; readonly customer: number },
    ): Promise<MembershipAnswer> => {
      const customer = await living(db, shop, of.customer)
      const { segment } = of
      const [row] = await membershipsOf(db, shop, { customer, segment, limit: 1 })
      const seen = await view(shop, { segment, customer })
      const asOf = clock.now()
      return {
        customer,
        member: row !== undefined,
        since: row?.entered_at ?? null,
        cause: row ? await causeOf(shop, customer, row.cause) : null,
        asOf,
        why: explain(seen.definition, seen.view, { now: asOf, zone: await timeZoneOf(db, shop) }),
      }
    },

    /** The living segments a customer is in, the newest first. */
    segmentsOf: async (shop: ShopId, id: number) => {
      const customer = await living(db, shop, id)
      return membershipsOf(db, shop, { customer, limit: segmentsLimit })
    },

    /** Why each of a few people is in a definition that nobody keeps yet: from history up to the position. */
    explainAll: async (
      shop: ShopId,
      of: {
        readonly definition: Definition
        readonly customers: readonly number[]
        readonly position: number
      },
    ): Promise<ReadonlyMap<number, Explanation>> => {
      if (of.customers.length === 0) return new Map()
      const [views, zone] = await Promise.all([
        viewsFromHistory(needs, shop, of),
        timeZoneOf(db, shop),
      ])
      const now = clock.now()
      return new Map(
        [...views].map(([id, seen]) => [id, explain(of.definition, seen, { now, zone })]),
      )
    },
  }
}
export type Memberships = ReturnType<typeof memberships>

async function living(db: Database, shop: ShopId, id: number): Promise<number> {
  const customer = await livingCustomer(db, shop, id)
  if (customer === undefined) throw new Refusal('not-found', `There is no customer ${id}.`)
  return customer
}
