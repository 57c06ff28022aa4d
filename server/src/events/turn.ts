import type { Customer } from '../customers/customer.ts'
import type { TraitSet } from '../customers/trait-change.ts'
import type { CustomerId, Position, ShopId } from '../lib/brand.ts'
import type { Json } from '../lib/json.ts'
import type { Happening, Placed } from './happening.ts'

/**
 * One transaction of the line: up to 1,000 log positions and/or the people whose wake time has come.
 * All of it has one `now` (the turn's processed_at); due work runs with now = its due time, before the person's events.
 */
export type Turn = {
  readonly shop: ShopId
  readonly timeZone: string
  readonly currency: string
  /** processed_at of the turn, UTC ms; never goes back. */
  readonly now: number
  /** Everyone this turn touches, after merges, locked in id order. */
  readonly people: ReadonlyMap<CustomerId, Person>
  /** People merged away in this turn, in order: everything of `from` must be moved to `to` by each room's `open`. */
  readonly merges: readonly Merge[]
  /** Whose traits, contacts, consents or membership of the shop this turn changed, and who is new. */
  readonly changed: ReadonlySet<CustomerId>
  /** Ids of the products the shop itself spoke of in this turn; the catalogue holds them already. */
  readonly productsTold: readonly string[]
  /** What the shop told that belongs to nobody, in order: an order without a member, an address or a number of anybody's own. */
  readonly unowned: readonly Placed[]
  /** Appends a happening to the log at the end of this transaction; a later turn processes it. */
  readonly emit: (happening: Emitted) => void
}

export type Merge = {
  readonly from: CustomerId
  /** The last survivor of the turn, already in `people`: chains of merges are compressed. */
  readonly to: CustomerId
  readonly position: Position
  /** What a room remembered of the person merged away. */
  readonly section: (room: string) => Json | undefined
}

export type Person = {
  readonly customer: Customer
  /** In order of position; empty when only due work brought the person here. */
  readonly happenings: readonly Placed[]
  /** A room's remembered section (JSON), as stored; undefined the first time. */
  readonly section: (room: string) => Json | undefined
  /** Replaces the room's section; written once at the end of the turn, dropped when the person is set aside. */
  readonly remember: (room: string, section: Json) => void
}

/** What a room may emit: ids, times and position are filled in by the line. */
export type Emitted = {
  readonly kind: 'derived' | 'receipt'
  readonly name: string
  readonly customer: CustomerId
  readonly at: number
  /** Makes the derived happening's messageId: the same cause never emits twice. */
  readonly causeKey: string
  readonly properties: { readonly [key: string]: Json }
  /** Traits it sets; null removes one. */
  readonly traits?: { readonly [key: string]: Json }
  /** The one path of the traits that it sets: what others set beside it until its own turn comes stays. */
  readonly traitSet?: TraitSet
  /** The happening this one follows from; its chain length is passed on. */
  readonly because?: Happening
}

/**
 * A room's part in the line. Rooms are listed once, in wiring.ts; the order there is the order here.
 * `Tx` is the line's PostgreSQL transaction; no other I/O is allowed.
 */
export type LineRoom<Tx> = {
  readonly name: string
  /** Loads, in a few statements for all people of the turn, what the room needs; moves rows of merged people. */
  readonly open: (tx: Tx, turn: Turn) => Promise<RoomTurn<Tx>>
}

export type RoomTurn<Tx> = {
  /** The earliest time (UTC ms) this room wants the person woken; Infinity for never. Called before and after the happenings. */
  readonly nextDue: (customer: CustomerId) => number
  /** Called once for each due time <= turn.now, earliest first over all rooms; `now` is that due time. */
  readonly fire: (customer: CustomerId, now: number) => void
  /** One happening of one person; pure but for the room's own working copy and `turn.emit`. */
  readonly apply: (happening: Placed) => void
  /** The person's rules threw: forget everything this turn did for them. */
  readonly discard: (customer: CustomerId) => void
  /** Writes everything in one statement a table. */
  readonly close: (tx: Tx) => Promise<void>
}
