import type { Ids } from '../../customers/identity.ts'
import type { Body, HappeningKind } from '../../events/happening.ts'
import type { Protect } from '../../events/people.ts'
import type { PlatformKind } from './platform.ts'

/** A happening as a connector makes it, before it is named. */
export type Told = {
  readonly kind?: HappeningKind
  readonly name: string
  readonly at: number
  readonly ids: Ids
  readonly body: Body
  /** With the object's id and the teller it names the happening for ever. */
  readonly key: string
}

/** Who tells, and when. */
export type Teller = {
  readonly kind: PlatformKind
  readonly connection: number
  /** Counts the changes of the object: 1 the first time. Names what is told of it. */
  readonly version: number
  /** UTC ms. */
  readonly now: number
  /** Brought over when it was connected: sets off no messages, however fresh. */
  readonly isHistory: boolean
  /** When the object was last seen before, UTC ms; null: never. A choice was made between then and now. */
  readonly seenBefore: number | null
  /** Of an order: somebody else than this connection told of it before. */
  readonly isToldElsewhere?: boolean
  /** Of an order: the number under which a file told of it before its platform did; it goes on under it. */
  readonly toldAs?: string | null
  readonly protect: Protect
}
