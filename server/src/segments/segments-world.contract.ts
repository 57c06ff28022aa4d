import { customers } from '../customers/customers.service.ts'
import type { Tx } from '../database/connection.store.ts'
import { startWorker } from '../events/line-world.contract.ts'
import type { MirroredFacts } from '../events/mirror-changes.service.ts'
import type { LineRoom } from '../events/turn.ts'
import { visits } from '../events/visits.ts'
import type { ShopId } from '../lib/brand.ts'
import type { TestWorld } from '../testing/world.store.ts'
import { vault } from '../vault/vault.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { peopleSql } from './compile.ts'
import type { Condition, Definition } from './definition.ts'
import type { FactsNeed } from './person-facts.ts'
import { registers } from './registers.service.ts'
import type { SegmentUser } from './segment.ts'
import { segments } from './segments.service.ts'

/** The segments room on a worker of its own over the world's databases. */
export function openSegments(
  world: TestWorld,
  options: {
    readonly warehouse?: Warehouse
    readonly sizes?: { readonly slice: number; readonly chunk: number }
    /** What is known of people by now. */
    readonly facts?: FactsNeed
    /** Rooms before segments. */
    readonly before?: readonly LineRoom<Tx>[]
    /** The facts that the mirror is told. */
    readonly mirrored?: MirroredFacts
    readonly users?: (shop: ShopId, segment: number) => Promise<readonly SegmentUser[]>
    /** Rooms after segments. */
    readonly more?: readonly LineRoom<Tx>[]
  } = {},
) {
  const { db, clock } = world
  const warehouse = options.warehouse ?? world.warehouse
  const audited: string[] = []
  const room = segments({
    db,
    customers: customers({ db }),
    clock,
    warehouse,
    ...(options.sizes ? { sizes: options.sizes } : {}),
    ...(options.users ? { users: options.users } : {}),
    ...(options.facts ? { facts: options.facts } : {}),
    vault: vault(Buffer.alloc(32, 7)),
    completeTo: (shop) => worker.history.completeTo(shop),
    audit: async (_, act) => void audited.push(act),
  })
  const { before = [], more = [] } = options
  const worker = startWorker(world, {
    rooms: [visits(), ...before, room.room, ...more],
    ...(options.mirrored ? { facts: options.mirrored } : {}),
  })
  return {
    ...worker,
    segments: room,
    audited,
    /** Everything that can be done now is done: line, history, builds, and what they wake. */
    settle: async (shop: ShopId): Promise<void> => {
      for (let round = 0; round < 3; round++) {
        await worker.line.drain(shop)
        await worker.history.drain(shop)
        await room.build.drain(shop)
      }
      await worker.line.drain(shop)
      await worker.history.drain(shop)
    },
  }
}

/** A definition of one condition. */
export function defined(where: Condition): Definition {
  return { format: 1, where }
}

/** Members as the line keeps them. */
export async function membersOf(
  { db }: TestWorld,
  shop: ShopId,
  segment: number,
): Promise<readonly number[]> {
  const rows = await db<{ customer: number }[]>`
    select customer from memberships where shop = ${shop} and segment = ${segment} order by customer`
  return rows.map((row) => row.customer)
}

/** Members as SQL counts them over history now. */
export async function countedMembers(
  { db, warehouse, clock }: TestWorld,
  shop: ShopId,
  what: { readonly definition: Definition; readonly position: number },
): Promise<readonly number[]> {
  const definition = await registers().expanded(db, shop, what.definition)
  const { sql, params } = peopleSql([definition], {
    shop,
    position: what.position,
    now: clock.now(),
  })
  const rows = await warehouse.query<{ customer: number }>(
    `select customer from (${sql}) where d0 order by customer`,
    params,
  )
  return rows.map((row) => Number(row.customer))
}

/** Entered and Left of a segment in the log: `[name, at, customer]`. */
export async function crossingsOf(
  { db }: TestWorld,
  shop: ShopId,
  segment: number,
): Promise<readonly (readonly [string, number])[]> {
  const rows = await db<{ name: string; at: number; body: string }[]>`
    select name, at, body from log
    where shop = ${shop} and name in ('Entered Segment', 'Left Segment') order by position`
  return rows
    .filter(({ body }) => JSON.parse(body).properties.segment_id === segment)
    .map(({ name, at }) => [name, at] as const)
}
