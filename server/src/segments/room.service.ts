import type { Tx } from '../database/connection.store.ts'
import type { Placed } from '../events/happening.ts'
import type { LineRoom, Merge, RoomTurn, Turn } from '../events/turn.ts'
import { assert } from '../lib/assert.ts'
import type { CustomerId, SegmentId } from '../lib/brand.ts'
import {
  askHistory,
  type Case,
  type Crossing,
  factsMoved,
  mergeRemembered,
  nextTime,
  takeHappening,
  takeTime,
} from './judge-person.ts'
import { type FactsNeed, noFacts, type TurnFacts } from './person-facts.ts'
import type { Register } from './register.ts'
import type { Registers } from './registers.service.ts'
import { type Remembered, readRemembered, writeRemembered } from './remembered.ts'
import {
  askRepairs,
  linePosition,
  type MembershipChange,
  moveMemberships,
  saveMemberships,
} from './segments.store.ts'
import { countMoves } from './sizes.store.ts'
import { roomName } from './writes.service.ts'

/** What other rooms may ask during a turn. */
export type Membership = {
  /** Whether the person is in the segment now, in the middle of the turn. Nobody of another turn is. */
  readonly isMember: (customer: CustomerId, segment: SegmentId | number) => boolean
}

type Working = Case & {
  changed: boolean
  /** The last crossing of each segment in this turn. */
  readonly crossed: Map<number, MembershipChange & { readonly entered: boolean }>
}
type Desk = {
  readonly turn: Turn
  readonly register: Register
  readonly facts: TurnFacts
  readonly cases: Map<CustomerId, Working>
  readonly setAside: Set<CustomerId>
}

/** Membership on the line: entered and left at the exact time, by a happening or by time passing. */
export function segmentRoom(registers: Registers, facts: FactsNeed = noFacts) {
  const turns = new WeakMap<Turn, Membership>()

  async function open(tx: Tx, turn: Turn): Promise<RoomTurn<Tx>> {
    const register = await registers.load(tx, turn.shop)
    const desk: Desk = {
      turn,
      register,
      facts: facts.inTurn(turn),
      cases: new Map(),
      setAside: new Set(),
    }
    const caseOf = (customer: CustomerId) => openCase(desk, customer)
    turns.set(turn, {
      isMember: (customer, segment) =>
        turn.people.has(customer) && caseOf(customer).remembered.members.has(Number(segment)),
    })
    if (register.segments.size === 0) return idle
    joinMerged(desk)
    return {
      nextDue: (customer) => nextDue(desk, customer, caseOf(customer)),
      fire: (customer, now) => {
        const one = caseOf(customer)
        one.changed = true
        record(desk, one, { crossings: takeTime(one, now), at: now })
      },
      apply: (happening) => {
        const one = caseOf(happening.customer)
        const { changed, crossings } = takeHappening(one, happening, turn.now)
        one.changed ||= changed
        record(desk, one, { crossings, at: turn.now, happening })
      },
      discard: (customer) => {
        desk.cases.delete(customer)
        desk.setAside.add(customer)
      },
      close: (closing) => close(closing, desk),
    }
  }

  return {
    room: { name: roomName, open } satisfies LineRoom<Tx>,
    /** Rooms open together: whoever asks while this one still reads its definitions is answered by what it will have read. */
    inTurn: (turn: Turn): Membership => ({
      isMember: (customer, segment) => {
        const membership = turns.get(turn)
        assert(membership !== undefined, 'segments are open when a turn asks for members')
        return membership.isMember(customer, segment)
      },
    }),
  }
}

/** A fire of the room of facts moves them: who asks for them is judged at that same instant. */
function nextDue({ facts, turn }: Desk, customer: CustomerId, one: Working): number {
  const at = nextTime(one.remembered)
  if (one.remembered.repair !== undefined || !factsMoved(one)) return at
  return Math.min(at, facts.changedAt(customer) ?? turn.now)
}

const idle: RoomTurn<Tx> = {
  nextDue: () => Infinity,
  fire: () => {},
  apply: () => {},
  discard: () => {},
  close: async () => {},
}

function openCase(desk: Desk, customer: CustomerId): Working {
  const known = desk.cases.get(customer)
  if (known) return known
  const person = desk.turn.people.get(customer)
  assert(person !== undefined, 'a person of the turn is among its people')
  const { member, internal, version, traits } = person.customer
  const opened: Working = {
    subject: {
      customer,
      member,
      internal,
      version,
      traits,
      facts: { of: () => desk.facts.of(customer), revision: () => desk.facts.revision(customer) },
    },
    remembered: readRemembered(person.section(roomName)),
    register: desk.register,
    flat: undefined,
    flatFacts: undefined,
    changed: false,
    crossed: new Map(),
  }
  desk.cases.set(customer, opened)
  return opened
}

/** Survivors take over what was remembered of the people merged into them, merge by merge. */
function joinMerged(desk: Desk): void {
  const { merges, people, now } = desk.turn
  const away = new Map<CustomerId, Remembered>()
  const stored = new Map<CustomerId, Merge>(merges.map((merge) => [merge.from, merge]))
  const remembered = (customer: CustomerId): Remembered => {
    if (people.has(customer)) return openCase(desk, customer).remembered
    const known = away.get(customer)
    if (known) return known
    const read = readRemembered(stored.get(customer)?.section(roomName))
    away.set(customer, read)
    return read
  }
  for (const { from, to } of merges) {
    mergeRemembered(
      desk.register,
      { customer: from, remembered: remembered(from) },
      { customer: to, remembered: remembered(to), now },
    )
    if (people.has(to)) openCase(desk, to).changed = true
  }
}

function record(
  { turn }: Desk,
  one: Working,
  what: {
    readonly crossings: readonly Crossing[]
    readonly at: number
    readonly happening?: Placed
  },
): void {
  const { customer } = one.subject
  const { at, happening } = what
  for (const { segment, entered } of what.crossings) {
    const cause = happening ? String(happening.position) : 'due'
    const { id, version, name } = segment
    one.crossed.set(id, { segment: id, customer, version, at, cause, entered })
    turn.emit({
      kind: 'derived',
      name: entered ? 'Entered Segment' : 'Left Segment',
      customer: customer as CustomerId,
      at,
      causeKey: `segment:${id}:${version}:${customer}:${happening ? happening.position : `due:${at}`}`,
      properties: { segment_id: id, segment_name: name },
      ...(happening ? { because: happening } : {}),
    })
  }
}

async function close(tx: Tx, desk: Desk): Promise<void> {
  const { turn, register, cases, setAside } = desk
  const { shop, merges, people } = turn
  const repairs = await findRepairs(tx, desk)
  for (const [customer, one] of cases)
    if (one.changed)
      people.get(customer)?.remember(roomName, writeRemembered(one.remembered, register))
  const heirs = new Map(merges.map(({ from, to }) => [from, to]))
  const survivor = (customer: CustomerId): CustomerId => {
    let at = customer
    for (let next = heirs.get(at); next !== undefined; next = heirs.get(at)) at = next
    return at
  }
  const moved = await moveMemberships(tx, shop, {
    pairs: merges.map(({ from }) => ({ from, to: survivor(from) })),
    at: turn.now,
  })
  const crossed = [...cases].flatMap(([customer, one]) =>
    setAside.has(customer) ? [] : [...one.crossed.values()],
  )
  const saved = await saveMemberships(tx, shop, {
    entered: crossed.filter((one) => one.entered),
    left: crossed.filter((one) => !one.entered),
  })
  await countMoves(tx, shop, { moves: [...moved, ...saved], zone: turn.timeZone })
  await askRepairs(tx, shop, repairs)
}

/**
 * People whose state must be read from history: it was kept in two ways, it outgrew its limit, or this turn's happenings
 * were lost to it because some rule threw. Their new state holds what comes after the position.
 */
async function findRepairs(
  tx: Tx,
  desk: Desk,
): Promise<readonly { readonly customer: number; readonly position: number }[]> {
  const { turn, cases, setAside } = desk
  const asking = [...cases].filter(([, one]) => one.remembered.repair === Number.MAX_SAFE_INTEGER)
  if (asking.length === 0 && setAside.size === 0) return []
  const end = await linePosition(tx, turn.shop)
  let start = end
  for (const { happenings } of turn.people.values())
    for (const { position } of happenings) start = Math.min(start, position - 1)
  for (const [, { remembered }] of asking) waitFor(remembered, start)
  const lost = [...setAside].filter((customer) => turn.people.has(customer))
  for (const customer of lost) {
    const one = openCase(desk, customer)
    askHistory(one.remembered)
    waitFor(one.remembered, end)
    one.changed = true
  }
  return [
    ...asking.map(([customer]) => ({ customer, position: start })),
    ...lost.map((customer) => ({ customer, position: end })),
  ]
}

function waitFor(remembered: Remembered, position: number): void {
  remembered.repair = position
  remembered.contained = position
}
