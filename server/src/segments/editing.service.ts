import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { canonicalJson, type JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import { beginBuild, endSegment, namedSegments } from './begin-build.service.ts'
import { type Definition, sameDefinition } from './definition.ts'
import {
  archiveSegment,
  insertSegment,
  readSegment,
  rebuildSegments,
  redefineSegment,
  renameSegment,
  type SegmentRow,
  segmentByCreationKey,
} from './edit.store.ts'
import { segmentsIn } from './expand.ts'
import { readDefinition } from './read-definition.ts'
import { type Segment, type SegmentInput, type SegmentUser, versionsLimit } from './segment.ts'
import { readHeads } from './segments.store.ts'
import { countMoves } from './sizes.store.ts'
import type { Edit } from './versions.service.ts'
import { recordVersion } from './versions.store.ts'

export type EditingNeeds = {
  readonly db: Database
  readonly clock: Clock
  /** What of other rooms stops working without a segment. */
  readonly users?: (shop: ShopId, segment: number) => Promise<readonly SegmentUser[]>
  readonly audit: (
    actor: { readonly shop: ShopId; readonly name: string },
    act: string,
    what: { readonly object: string; readonly detail?: JsonObject },
  ) => Promise<void>
}
type Actor = { readonly shop: ShopId; readonly name: string }

/** Segments as the team makes, changes and deletes them; every change is kept. */
export function editing(needs: EditingNeeds) {
  const { db } = needs
  const get = (shop: ShopId, id: number) => getSegment(db, shop, id)
  return {
    get,
    create: (
      actor: Actor,
      input: SegmentInput,
      edit: Edit & { readonly creationKey?: string } = { act: 'created' },
    ) => create(needs, actor, { input, edit }),
    change: (actor: Actor, id: number, input: SegmentInput) => change(needs, actor, { id, input }),
    restoreAs: (actor: Actor, id: number, input: SegmentInput) =>
      change(needs, actor, { id, input, edit: { act: 'restored' } }),
    remove: (actor: Actor, id: number) => remove(needs, actor, id),
    /** What the segments that definitions name are called; asks the database only when they name some. */
    namesIn: async (
      shop: ShopId,
      definitions: readonly Definition[],
    ): Promise<ReadonlyMap<number, string>> =>
      definitions.every((one) => segmentsIn(one).size === 0)
        ? new Map()
        : new Map((await readHeads(db, shop)).map(({ id, name }) => [id, name])),
    /** What stops working without the segment. */
    usersOf: async (shop: ShopId, id: number): Promise<readonly SegmentUser[]> => {
      await get(shop, id)
      return usersOf(needs, shop, id)
    },
  }
}

export async function getSegment(db: Database, shop: ShopId, id: number): Promise<Segment> {
  const row = await readSegment(db, shop, id)
  if (!row) throw new Refusal('not-found', `There is no segment ${id}.`)
  return asSegment(row)
}

async function create(
  needs: EditingNeeds,
  actor: Actor,
  made: {
    readonly input: SegmentInput
    readonly edit: Edit & { readonly creationKey?: string }
  },
): Promise<Segment> {
  const { db, clock } = needs
  const { shop } = actor
  const { input, edit } = made
  const { act, also, creationKey = null } = edit
  const definition = readDefinition(input.definition)
  const written = { ...input, definition: canonicalJson(definition), at: clock.now() }
  const { id, isNew } = await db.begin(async (tx) => {
    const known = creationKey && (await segmentByCreationKey(tx, shop, creationKey))
    if (known) return { id: known, isNew: false }
    const begun = await beginBuild(tx, shop, { id: undefined, name: input.name, definition })
    const segment = await insertSegment(tx, shop, { ...written, ...begun, creationKey })
    await also?.(tx, segment)
    await record(tx, actor, { ...written, segment, act })
    return { id: segment, isNew: true }
  })
  if (isNew) await audited(needs, actor, { act: `segment.${act}`, id, name: input.name })
  return getSegment(db, shop, id)
}

async function change(
  needs: EditingNeeds,
  actor: Actor,
  what: { readonly id: number; readonly input: SegmentInput; readonly edit?: Edit },
): Promise<Segment> {
  const { db, clock } = needs
  const { shop } = actor
  const { id, input, edit = { act: 'changed' } } = what
  const definition = readDefinition(input.definition)
  const before = await getSegment(db, shop, id)
  const written = { ...input, id, definition: canonicalJson(definition), at: clock.now() }
  await db.begin(async (tx) => {
    if (sameDefinition(before.definition, definition)) await renameSegment(tx, shop, written)
    else {
      const { users, ...begun } = await beginBuild(tx, shop, { id, name: input.name, definition })
      await redefineSegment(tx, shop, { ...written, ...begun })
      const ids = users.map((user) => user.id)
      await rebuildSegments(tx, shop, { ...begun, ids, at: written.at })
    }
    await record(tx, actor, { ...written, segment: id, act: edit.act })
  })
  await audited(needs, actor, { act: `segment.${edit.act}`, id, name: input.name })
  return getSegment(db, shop, id)
}

async function remove(needs: EditingNeeds, actor: Actor, id: number): Promise<void> {
  const { db, clock } = needs
  const { shop } = actor
  const { name } = await getSegment(db, shop, id)
  const users = await usersOf(needs, shop, id)
  if (users.length > 0) {
    const named = users.map((user) => `${user.kind} ${user.id} '${user.name}'`).join(', ')
    throw new Refusal('conflict', `The segment '${name}' is used by ${named}.`)
  }
  await db.begin(async (tx) => {
    await endSegment(tx, shop, id)
    const moves = await archiveSegment(tx, shop, { id, at: clock.now() })
    await countMoves(tx, shop, { moves })
  })
  await audited(needs, actor, { act: 'segment.deleted', id, name })
}

async function usersOf(
  needs: EditingNeeds,
  shop: ShopId,
  id: number,
): Promise<readonly SegmentUser[]> {
  const others = (await namedSegments(needs.db, shop)).filter(
    (one) => one.id !== id && segmentsIn(one.definition).has(id),
  )
  return [
    ...others.map((one): SegmentUser => ({ kind: 'segment', id: one.id, name: one.name })),
    ...((await needs.users?.(shop, id)) ?? []),
  ]
}

function record(
  tx: Tx,
  actor: Actor,
  one: Omit<Parameters<typeof recordVersion>[2], 'actor' | 'keep'>,
): Promise<void> {
  return recordVersion(tx, actor.shop, { ...one, actor: actor.name, keep: versionsLimit })
}

function audited(
  needs: EditingNeeds,
  actor: Actor,
  done: { readonly act: string; readonly id: number; readonly name: string },
): Promise<void> {
  return needs.audit(actor, done.act, {
    object: `segment:${done.id}`,
    detail: { name: done.name },
  })
}

export function asSegment(row: SegmentRow): Segment {
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
