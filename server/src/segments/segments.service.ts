import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { canonicalJson, type JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { builds } from './build.service.ts'
import { counting } from './counting.service.ts'
import { type Definition, sameDefinition } from './definition.ts'
import {
  archiveSegment,
  insertSegment,
  listMembers,
  listSegments,
  newestCustomer,
  readSegment,
  redefineSegment,
  renameSegment,
  type SegmentRow,
  segmentByCreationKey,
  syncLeaves,
} from './edit.store.ts'
import { leavesOf } from './leaves.ts'
import { memberships } from './membership.service.ts'
import type { FactsNeed } from './person-facts.ts'
import { readDefinition } from './read-definition.ts'
import { registers } from './registers.service.ts'
import { segmentRoom } from './room.service.ts'
import { type Segment, type SegmentInput, segmentsLimit, shopLeavesLimit } from './segment.ts'
import { eraseMemberships, holdLine, readDefinitions, readHeads } from './segments.store.ts'

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  /** Every log position up to this one is in ClickHouse. */
  readonly completeTo: (shop: ShopId) => Promise<number>
  /** How many customers are built at once; the limits of build.service.ts unless told. */
  readonly sizes?: { readonly slice: number; readonly chunk: number }
  /** The room of facts; nobody has any without it. */
  readonly facts?: FactsNeed
  readonly audit: (
    actor: { readonly shop: ShopId; readonly name: string },
    act: string,
    what: { readonly object: string; readonly detail?: JsonObject },
  ) => Promise<void>
}
type Actor = { readonly shop: ShopId; readonly name: string }

/** Who is in which segment: defined here, kept on the line, counted in history. */
export function segments(needs: Needs) {
  const { db, clock, audit } = needs
  const shared = registers()
  const line = segmentRoom(shared, needs.facts)
  const building = builds({ ...needs, registers: shared })
  const members = memberships({ ...needs, registers: shared })

  async function get(shop: ShopId, id: number): Promise<Segment> {
    const row = await readSegment(db, shop, id)
    if (!row) throw new Refusal('not-found', `There is no segment ${id}.`)
    return asSegment(row)
  }

  async function create(
    actor: Actor,
    input: SegmentInput,
    creationKey: string | null = null,
  ): Promise<Segment> {
    const { shop } = actor
    const definition = readDefinition(input.definition)
    const made = await db.begin(async (tx) => {
      const known = creationKey && (await segmentByCreationKey(tx, shop, creationKey))
      if (known) return { id: known, isNew: false }
      const begun = await begin(tx, { shop, definition, except: undefined })
      const id = await insertSegment(tx, shop, {
        ...input,
        ...begun,
        definition: canonicalJson(definition),
        at: clock.now(),
        creationKey,
      })
      return { id, isNew: true }
    })
    if (made.isNew)
      await audit(actor, 'segment.created', {
        object: `segment:${made.id}`,
        detail: { name: input.name },
      })
    return get(shop, made.id)
  }

  async function change(actor: Actor, id: number, input: SegmentInput): Promise<Segment> {
    const { shop } = actor
    const definition = readDefinition(input.definition)
    const before = await get(shop, id)
    const at = clock.now()
    const written = { ...input, id, at }
    await db.begin(async (tx) => {
      if (sameDefinition(before.definition, definition)) return renameSegment(tx, shop, written)
      const begun = await begin(tx, { shop, definition, except: id })
      return redefineSegment(tx, shop, {
        ...written,
        ...begun,
        definition: canonicalJson(definition),
      })
    })
    await audit(actor, 'segment.changed', { object: `segment:${id}`, detail: { name: input.name } })
    return get(shop, id)
  }

  async function remove(actor: Actor, id: number): Promise<void> {
    const { shop } = actor
    const { name } = await get(shop, id)
    await db.begin(async (tx) => {
      await begin(tx, { shop, definition: undefined, except: id })
      await archiveSegment(tx, shop, { id, at: clock.now() })
    })
    await audit(actor, 'segment.deleted', { object: `segment:${id}`, detail: { name } })
  }

  return {
    /** Listed in wiring after orders and catalog, before campaigns. */
    room: line.room,
    inTurn: line.inTurn,
    build: building,
    /** What is forgotten of erased customers, in the line's transaction. */
    erase: eraseMemberships,
    get,
    create,
    change,
    remove,
    ...members,
    ...counting({ ...needs, explainAll: members.explainAll }),
    list: async (shop: ShopId, page: Parameters<typeof listSegments>[2]) =>
      (await listSegments(db, shop, page)).map(asSegment),
    members: (shop: ShopId, page: Parameters<typeof listMembers>[2]) => listMembers(db, shop, page),
  }
}
export type Segments = ReturnType<typeof segments>

/**
 * Stops the line for this transaction and makes the kept leaves those of all definitions, with `definition` in the place
 * of segment `except`. The position is where the line begins to keep the new ones: nothing is missed, nothing twice.
 */
async function begin(
  tx: Tx,
  one: {
    readonly shop: ShopId
    readonly definition: Definition | undefined
    readonly except: number | undefined
  },
): Promise<{ readonly position: number; readonly maxCustomer: number }> {
  const { shop, definition, except } = one
  const { position } = await holdLine(tx, shop)
  const heads = (await readHeads(tx, shop)).filter(({ id }) => id !== except)
  if (definition && heads.length >= segmentsLimit)
    throw new Refusal(
      'too-many',
      `A shop may have ${segmentsLimit} segments. Delete one you no longer use.`,
    )
  const others = await readDefinitions(
    tx,
    shop,
    heads.map(({ id }) => id),
  )
  const all = others.map((row) => readDefinition(JSON.parse(row.definition)))
  const keys = new Set(
    [...all, ...(definition ? [definition] : [])].flatMap(leavesOf).map(({ key }) => key),
  )
  if (keys.size > shopLeavesLimit)
    throw new Refusal(
      'too-many',
      `All segments together may ask ${shopLeavesLimit} different questions about events; this would make ${keys.size}. Use the same conditions again or delete a segment.`,
      'definition.where',
    )
  const maxCustomer = await newestCustomer(tx, shop)
  await syncLeaves(tx, shop, { keys: [...keys], position, maxCustomer })
  return { position, maxCustomer }
}

function asSegment(row: SegmentRow): Segment {
  const { id, name, description, version, state, members } = row
  const share = row.max_customer === 0 ? 1 : Math.min(1, row.built_to / row.max_customer)
  return {
    id,
    name,
    description,
    version,
    state,
    members,
    definition: readDefinition(JSON.parse(row.definition)),
    progress: state === 'live' ? 1 : share,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
