import type { Placed } from '../events/happening.ts'
import type { CustomerId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { wordOf } from '../orders/projection.ts'
import { refreshCart, type Shelf } from './cart-facts.ts'
import type { Described } from './favourites.ts'
import type { OrderBook } from './order-book.ts'
import { boughtIn } from './orders-summary.ts'
import { changed, factsDiffer, factsOf, foldKnown, type Known } from './person.ts'
import type { Reach } from './reach.ts'

export type Working = ReturnType<typeof workingCopy>

/** Where the copy stands: whose it is, what was stored, and what the turn knows beside. */
export type Place = {
  readonly customer: CustomerId
  readonly stored: Known
  readonly turn: { readonly now: number; readonly currency: string }
  readonly book: OrderBook
  readonly catalogue: {
    readonly shelf: Shelf
    readonly described: (product: string) => Described | undefined
  }
}

/** What the person begins the turn with. */
export type Start = {
  readonly known: Known
  /** What was read of addresses and consents, when something changed them. */
  readonly reach: { readonly read: Reach | undefined } | undefined
  /** Nothing happens to the person in this turn. */
  readonly isQuiet: boolean
  /** Orders and cart are to be looked at again. */
  readonly readAgain: boolean
}

/**
 * One person in one turn. Orders are added up, and facts compared, only when somebody asks or the turn ends: a turn of an
 * import holds hundreds of orders of one person.
 */
export function workingCopy(place: Place, start: Start) {
  const { customer, stored, turn, book, catalogue } = place
  let known = start.known
  // Facts as they were when last compared; their revision is the one told.
  let judged = stored
  let waiting = start
  let ordersTold = false
  let now = turn.now
  let movedAt: number | undefined
  let shown: { readonly of: Known; readonly facts: JsonObject } | undefined

  // Changes from beside the log are seen with the first happening of the person, so that it is what caused what follows.
  function takeIn(): void {
    const { reach, readAgain } = waiting
    if (!reach && !readAgain) return
    waiting = { ...waiting, reach: undefined, readAgain: false }
    if (reach && JSON.stringify(reach.read) !== JSON.stringify(known.reach))
      known = { ...known, reach: reach.read }
    if (!readAgain) return
    ordersTold = true
    if (known.cart) known = { ...known, cart: refreshCart(known.cart, catalogue.shelf) }
  }

  function addUp(): void {
    if (!ordersTold) return
    ordersTold = false
    const { currency } = turn
    const bought = boughtIn(book.of(customer), { now, currency, described: catalogue.described })
    known = { ...known, bought }
  }

  function judge(): Known {
    addUp()
    if (known === judged && !judged.isBuilt) return judged
    const moved = factsDiffer(judged, known) || judged.isBuilt === true
    const revision = Math.max(known.revision, judged.revision) + (moved ? 1 : 0)
    if (moved) movedAt = now
    known = changed(known, { revision, isBuilt: undefined })
    judged = known
    return judged
  }

  if (start.isQuiet) takeIn()
  return {
    stored,
    get known(): Known {
      return known
    },
    apply: (happening: Placed): void => {
      now = turn.now
      takeIn()
      const word = wordOf(happening, turn.currency)
      if (word && book.tell({ customer, position: happening.position, word })) {
        ordersTold = true
        // The stage asks when the last order was.
        if (happening.importId === undefined) addUp()
      }
      known = foldKnown(known, happening, catalogue.shelf)
    },
    /** Time alone: an order leaves the window of favourites. */
    fire: (at: number): void => {
      now = at
      takeIn()
      ordersTold = true
      addUp()
    },
    /** What is known, with the revision of its facts. */
    judged: judge,
    facts: (): JsonObject => {
      const of = judge()
      if (shown?.of !== of) shown = { of, facts: factsOf(of) }
      return shown.facts
    },
    changedAt: (): number | undefined => {
      judge()
      return movedAt
    },
    /** Whether facts changed in this turn. */
    hasMoved: (): boolean => judge() !== stored && movedAt !== undefined,
  }
}
