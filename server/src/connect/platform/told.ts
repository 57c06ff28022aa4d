import type { Ids } from '../../customers/identity.ts'
import type { Body, HappeningKind } from '../../events/happening.ts'

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
