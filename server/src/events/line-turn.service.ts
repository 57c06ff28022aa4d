import type { Catalog } from '../catalog/catalog.service.ts'
import { productsIn } from '../catalog/product.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Customers } from '../customers/customers.service.ts'
import type { Identified } from '../customers/person.ts'
import type { Tx } from '../database/connection.store.ts'
import type { CustomerId, Position, ShopId } from '../lib/brand.ts'
import { asHappenings, emissions } from './emitted.ts'
import { type NewFailure, saveFailures } from './failures.store.ts'
import type { Happening, Placed } from './happening.ts'
import { saveDue, saveMirrorChanges } from './line.store.ts'
import { type MirroredFacts, mirrorChanges } from './mirror-changes.service.ts'
import type { Read } from './read-row.ts'
import { type OpenRoom, runPerson } from './run-people.ts'
import type { LineRoom, Person, Turn } from './turn.ts'
import { asItem, mergeNews, productItems } from './turn-items.ts'
import { type People, peopleOf, sectionReader } from './turn-people.ts'
import { type Eraser, saveStates } from './turn-states.service.ts'

/** What a turn needs of the other rooms. */
export type TurnNeeds = {
  readonly customers: Pick<Customers, 'identify' | 'saveSections' | 'contactsOf' | 'erase'>
  readonly consent: Pick<Consent, 'applyConsents' | 'moveMerged' | 'statesOf' | 'erase'>
  /** What the rooms above forget of an erased customer; wiring lists them. */
  readonly erasers?: readonly Eraser[]
  readonly catalog: Pick<Catalog, 'applyProducts'>
  readonly rooms: readonly LineRoom<Tx>[]
  /** What the room of facts knows of people, for the mirror; without it the mirror holds none. */
  readonly facts?: MirroredFacts
  readonly appendInTransaction: (
    tx: Tx,
    shop: ShopId,
    happenings: readonly Happening[],
  ) => Promise<number>
}

export type TurnWork = {
  readonly shop: ShopId
  readonly timeZone: string
  readonly currency: string
  readonly now: number
  readonly read: readonly Read[]
  /** Where the line stands after the turn: the version of what time alone changes. */
  readonly position: number
  /** People woken because their time has come. */
  readonly woken: readonly CustomerId[]
  /** False: only identity, profile and consent; the rooms are left out, because one of them could not bear this turn. */
  readonly withRooms: boolean
}

export type TurnDone = {
  readonly owners: readonly CustomerId[]
  readonly placed: readonly Placed[]
  /** Everyone the turn loaded. */
  readonly met: readonly CustomerId[]
  /** The turn's very last statement: it locks the log's head until the commit. */
  readonly append: () => Promise<void>
  readonly afterCommit: () => void
  /** The mirror of somebody is to be written. */
  readonly mirrored: boolean
  /** Whether it appends happenings that a later turn must read. */
  readonly derived: boolean
}

/** Steps c to f of the line, inside its transaction; the cursor has been moved already. */
export async function doTurn(tx: Tx, needs: TurnNeeds, work: TurnWork): Promise<TurnDone> {
  const { shop, now, read } = work
  const identified = await needs.customers.identify(tx, shop, {
    items: read.map(asItem),
    also: work.woken,
  })
  const placed = read.map((happening, index) => ({
    ...happening,
    processedAt: now,
    customer: identified.owners[index] ?? (0 as CustomerId),
  }))
  const afterCommit = await needs.catalog.applyProducts(tx, shop, productItems(placed))
  const consented = await changeConsents(tx, needs, { shop, placed, identified })
  const emitted = emissions()
  const people = peopleOf(identified, placed)
  const changed = new Set([...identified.changed, ...consented])
  const turn = turnOf(work, { identified, people, emitted, changed, placed })
  const ready = { work, turn, people, emitted }
  const { failures, due } = work.withRooms ? await runRooms(tx, needs, ready) : untouched
  const mirror = { turn, identified, people, position: work.position }
  const mirrored = await saveStates(tx, needs, { due, placed, mirror })
  const { happenings, cut } = asHappenings([...mergeNews(identified, now), ...emitted.all()], now)
  await saveFailures(tx, shop, {
    at: now,
    failures: [...failures, ...cut.map((one) => cutChain(one, read))],
  })
  // Sent together, the append behind.
  const append = async () => {
    await Promise.all([
      saveMirrorChanges(tx, shop, mirrored),
      needs.appendInTransaction(tx, shop, happenings),
    ])
  }
  return {
    append,
    owners: identified.owners,
    placed,
    met: [...identified.people.keys()],
    afterCommit,
    mirrored: mirrored.length > 0,
    derived: happenings.length > 0,
  }
}

/** Runs the rooms for one person's happenings that had been set aside: who they are was decided the first time. */
export async function runAgain(
  tx: Tx,
  needs: TurnNeeds,
  work: Omit<TurnWork, 'read' | 'withRooms'> & { readonly placed: readonly Placed[] },
): Promise<{ readonly failures: readonly NewFailure[]; readonly append: () => Promise<void> }> {
  const { shop, now, placed } = work
  const identified = await needs.customers.identify(tx, shop, { items: [], also: work.woken })
  const people = peopleOf(identified, placed)
  const emitted = emissions()
  const turn = turnOf(work, { identified, people, emitted, changed: new Set(), placed: [] })
  const { failures, due } = await runRooms(tx, needs, { work, turn, people, emitted })
  await saveDue(tx, shop, due)
  await needs.customers.saveSections(tx, shop, people.states())
  const { position } = work
  const mirror = { turn, identified, people, erased: new Set<CustomerId>(), position }
  await saveMirrorChanges(tx, shop, await mirrorChanges(tx, needs, mirror))
  const { happenings } = asHappenings(emitted.all(), now)
  const append = async () => void (await needs.appendInTransaction(tx, shop, happenings))
  return { failures, append }
}

async function changeConsents(
  tx: Tx,
  needs: TurnNeeds,
  turn: {
    readonly shop: ShopId
    readonly placed: readonly Placed[]
    readonly identified: Identified
  },
): Promise<readonly CustomerId[]> {
  const moved = await needs.consent.moveMerged(tx, turn.shop, turn.identified.merges)
  const items = turn.placed.flatMap(({ kind, customer, position, at, body, ids }) =>
    kind === 'consent'
      ? [
          {
            customer,
            position,
            at,
            properties: body.properties,
            verified: ids.verified,
            ours: ids.customer !== undefined,
          },
        ]
      : [],
  )
  const changed = items.length > 0 ? await needs.consent.applyConsents(tx, turn.shop, items) : []
  return [...moved, ...changed]
}

type Told = {
  readonly identified: Identified
  readonly people: People
  readonly emitted: ReturnType<typeof emissions>
  readonly changed: ReadonlySet<CustomerId>
  readonly placed: readonly Placed[]
}

function turnOf(
  work: Pick<TurnWork, 'shop' | 'timeZone' | 'currency' | 'now'>,
  { identified, people, emitted, changed, placed }: Told,
): Turn {
  return {
    shop: work.shop,
    timeZone: work.timeZone,
    currency: work.currency,
    now: work.now,
    people: people.all,
    merges: identified.merges.map((merge) => ({
      from: merge.from,
      to: merge.to,
      position: merge.position as Position,
      section: sectionReader(merge.sections),
    })),
    changed,
    productsTold: [
      ...new Set(
        placed.flatMap(({ kind, body }) =>
          kind === 'product' && !body.browser
            ? productsIn(body.properties).map((product) => product.id)
            : [],
        ),
      ),
    ],
    unowned: placed.filter(({ customer, ids }) => customer === 0 && ids.verified),
    emit: emitted.emit,
  }
}

type Ready = {
  readonly work: Pick<TurnWork, 'shop' | 'now' | 'woken'>
  readonly turn: Turn
  readonly people: People
  readonly emitted: ReturnType<typeof emissions>
}

type Ran = { readonly failures: readonly NewFailure[]; readonly due: Parameters<typeof saveDue>[2] }
const untouched: Ran = { failures: [], due: { exact: [], earlier: [] } }

async function runRooms(tx: Tx, needs: TurnNeeds, ready: Ready): Promise<Ran> {
  const { work, turn, people, emitted } = ready
  const rooms = await openRooms(tx, needs, turn)
  const woken = new Set(work.woken)
  const exact: { customer: CustomerId; at: number }[] = []
  const earlier: { customer: CustomerId; at: number }[] = []
  const failures: NewFailure[] = []
  for (const person of people.all.values()) {
    const mark = emitted.mark()
    const outcome = runPerson(rooms, person, work.now)
    const { customer } = outcome
    if (outcome.kind === 'set-aside') {
      emitted.takeBack(customer, mark)
      people.forget(customer)
      failures.push(failureOf(person, outcome))
      if (woken.has(customer)) exact.push({ customer, at: Infinity })
    } else if (woken.has(customer)) exact.push({ customer, at: outcome.nextDue })
    else earlier.push({ customer, at: outcome.nextDue })
  }
  for (const { room } of rooms) await room.close(tx)
  return { failures, due: { exact, earlier } }
}

/**
 * Opens the rooms: together, so that their questions share round trips. Only where people became one a room moves rows that those
 * above it read, and then they open one after another.
 */
async function openRooms(tx: Tx, needs: TurnNeeds, turn: Turn): Promise<readonly OpenRoom<Tx>[]> {
  const open = async (room: LineRoom<Tx>) => ({
    name: room.name,
    room: await room.open(tx, turn),
  })
  if (turn.merges.length === 0) return await Promise.all(needs.rooms.map(open))
  const rooms: OpenRoom<Tx>[] = []
  for (const room of needs.rooms) rooms.push(await open(room))
  return rooms
}

function failureOf(
  person: Person,
  outcome: { readonly customer: CustomerId; readonly room: string; readonly error: string },
): NewFailure {
  return {
    customer: outcome.customer,
    first: person.happenings[0]?.position ?? 0,
    last: person.happenings.at(-1)?.position ?? 0,
    room: outcome.room,
    error: outcome.error,
  }
}

function cutChain(
  one: { readonly customer: CustomerId; readonly name: string; readonly because?: Happening },
  read: readonly Read[],
): NewFailure {
  const cause = read.find((happening) => happening.messageId === one.because?.messageId)
  const position = cause?.position ?? read[0]?.position ?? 0
  return {
    customer: one.customer,
    first: position,
    last: position,
    room: 'chain',
    error: `"${one.name}" was not made: more than ten happenings followed from each other`,
  }
}
