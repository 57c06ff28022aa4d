import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import { type Segment, type SegmentAct, type SegmentInput, undoDays } from './segment.ts'
import {
  inheritSegment,
  listDeleted,
  listVersions,
  readDeleted,
  readVersion,
} from './versions.store.ts'

type Actor = { readonly shop: ShopId; readonly name: string }
/** How a segment is made or changed, with what is done in the same transaction. */
export type Edit = {
  readonly act: SegmentAct
  readonly also?: (tx: Tx, id: number) => Promise<void>
}

type Needs = {
  readonly db: Database
  readonly get: (shop: ShopId, id: number) => Promise<Segment>
  readonly create: (actor: Actor, input: SegmentInput, edit: Edit) => Promise<Segment>
  readonly restoreAs: (actor: Actor, id: number, input: SegmentInput) => Promise<Segment>
}

/** Longest name a segment may have. */
const nameLimit = 100
/** Deleted segments listed at once; a shop has 200 living ones at most. */
const deletedLimit = 200

/** What a segment was, and how to have it back. */
export function versions(needs: Needs) {
  const { db, get, create, restoreAs } = needs
  return {
    /** Every change of a segment, the newest first. */
    versions: async (
      shop: ShopId,
      of: {
        readonly segment: number
        readonly before: number | undefined
        readonly limit: number
      },
    ) => {
      await get(shop, of.segment)
      return listVersions(db, shop, of)
    },

    /** Makes a segment again what it was; that is a change of its own. */
    restore: async (
      actor: Actor,
      of: { readonly segment: number; readonly number: number },
    ): Promise<Segment> => {
      await get(actor.shop, of.segment)
      const row = await readVersion(db, actor.shop, of)
      if (!row)
        throw new Refusal(
          'not-found',
          `Segment ${of.segment} has no version ${of.number} any more.`,
        )
      const { name, description } = row
      const input = { name, description, definition: JSON.parse(row.definition) as unknown }
      return restoreAs(actor, of.segment, input)
    },

    /** A new segment of the same definition. */
    duplicate: async (
      actor: Actor,
      of: { readonly segment: number; readonly name: string | undefined },
    ): Promise<Segment> => {
      const { name, description, definition } = await get(actor.shop, of.segment)
      const called = of.name ?? copyName(name)
      return create(actor, { name: called, description, definition }, { act: 'duplicated' })
    },

    /** Deleted segments that can be had back, the last deleted first, with the time at which they are gone for good. */
    deleted: async (shop: ShopId) => {
      const rows = await listDeleted(db, shop, deletedLimit)
      return rows.map(({ id, name, description, archived_at: deletedAt }) => ({
        id,
        name,
        description,
        deletedAt,
        goneAt: deletedAt + undoDays * dayMs,
      }))
    },

    /** Has a deleted segment back under a new id: it is built anew, its versions and sizes stay with it. */
    undelete: async (actor: Actor, id: number): Promise<Segment> => {
      const { shop } = actor
      const row = await readDeleted(db, shop, id)
      if (!row) throw new Refusal('not-found', `There is no deleted segment ${id}.`)
      const { name, description } = row
      const input = { name, description, definition: JSON.parse(row.definition) as unknown }
      return create(actor, input, {
        act: 'undeleted',
        also: async (tx, to) => {
          if (!(await inheritSegment(tx, shop, { from: id, to })))
            throw new Refusal('conflict', `Somebody else has brought segment ${id} back.`)
        },
      })
    },
  }
}

/** `VIP 사본`, cut so that it stays a name. */
function copyName(name: string): string {
  const word = /\p{Script=Hangul}/u.test(name) ? '사본' : 'copy'
  return `${[...name].slice(0, nameLimit - 5).join('')} ${word}`
}
