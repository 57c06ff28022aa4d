import type { CustomerId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import type { InternalSaid } from './internal.ts'

/** A customer's row and what the line remembers of the person, as loaded under the row's lock. */
export type PersonRow = {
  id: CustomerId
  readonly assignmentKey: string
  member: boolean
  name: string | null
  traits: JsonObject
  readonly createdAt: number
  firstSeenAt: number
  lastSeenAt: number
  chapterAt: number | null
  version: number
  /** JSON text of the rooms' sections. */
  readonly sections: string
  /** Staff, or somebody of the office: outside segments, campaigns and reports. */
  internal: boolean
  /** What was said of it beside the shop's addresses (customers/internal.ts). */
  internalSaid: InternalSaid | null
}

/** What became of the people of one batch. */
export type Identified = {
  /** One an item: whom it belongs to after the merges of the batch; 0 for nobody. */
  readonly owners: readonly CustomerId[]
  readonly merges: readonly MergedPerson[]
  /** Everyone concerned, after merges and changes, locked. */
  readonly people: ReadonlyMap<CustomerId, PersonRow>
  /** Whose traits, contacts or membership changed. */
  readonly changed: ReadonlySet<CustomerId>
}

/** One person who turned out to be another. */
export type MergedPerson = {
  readonly from: CustomerId
  readonly to: CustomerId
  readonly position: number
  /** JSON text of what the rooms remembered of `from`. */
  readonly sections: string
}
