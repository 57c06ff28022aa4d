import { expect, test } from 'vitest'
import type { CustomerId, Position, ShopId } from '../lib/brand.ts'
import { minuteMs } from '../lib/duration.ts'
import type { Json } from '../lib/json.ts'
import { asHappenings, emissions } from './emitted.ts'
import type { Placed } from './happening.ts'
import { runPerson } from './run-people.ts'
import type { Merge, Person, RoomTurn, Turn } from './turn.ts'
import { visits } from './visits.ts'

const kim = 7 as CustomerId

/** One person's turns: what is emitted, and the section between them. */
function onlooker() {
  let section: Json | undefined
  const told: string[] = []
  return {
    told,
    section: () => section,
    turn: async (
      now: number,
      ats: readonly (number | { readonly at: number; readonly name: string })[],
      merges: readonly Merge[] = [],
    ) => {
      let remembered: Json | undefined
      const person: Person = {
        customer: {
          id: kim,
          assignmentKey: 'c7',
          member: false,
          internal: false,
          name: null,
          traits: {},
          createdAt: 0,
          firstSeenAt: 0,
          lastSeenAt: 0,
          version: 0,
        },
        happenings: ats.map((said, index) =>
          typeof said === 'number'
            ? viewed(said, index)
            : { ...viewed(said.at, index), name: said.name },
        ),
        section: () => section,
        remember: (_, value) => {
          remembered = value
        },
      }
      const turn: Turn = {
        shop: 1 as ShopId,
        timeZone: 'Asia/Seoul',
        currency: 'KRW',
        now,
        people: new Map([[kim, person]]),
        merges,
        changed: new Set(),
        productsTold: [],
        unowned: [],
        emit: (one) => told.push(`${one.name} ${one.at / minuteMs}`),
      }
      const room = await visits<undefined>().open(undefined, turn)
      const outcome = runPerson([{ name: 'visits', room }], person, now)
      await room.close(undefined)
      if (remembered !== undefined) section = remembered ?? undefined
      return outcome
    },
  }
}

function viewed(at: number, index: number): Placed {
  return {
    kind: 'event',
    name: 'Product Viewed',
    at,
    receivedAt: at,
    messageId: `m${at}-${index}`,
    ids: { verified: false },
    body: {},
    position: (index + 1) as Position,
    processedAt: at,
    customer: kim,
  }
}

test('a visit ends 30 minutes after its last event, dated then', async () => {
  const { turn, told } = onlooker()
  await turn(0, [0])
  expect(await turn(20 * minuteMs, [20 * minuteMs])).toMatchObject({ nextDue: 50 * minuteMs })
  await turn(49 * minuteMs, [])
  expect(told).toEqual(['Visit Started 0'])
  expect(await turn(90 * minuteMs, [])).toMatchObject({ nextDue: Infinity })
  expect(told).toEqual(['Visit Started 0', 'Visit Ended 50'])
})

test('what the shop does to a customer begins no visit and makes none longer', async () => {
  const { turn, told } = onlooker()
  const given = ['Coupon Issued', 'Points Changed', 'Order Shipped', 'Order Refunded']
  await turn(
    0,
    given.map((name) => ({ at: 0, name })),
  )
  expect(told).toEqual([])
  await turn(5 * minuteMs, [5 * minuteMs])
  await turn(20 * minuteMs, [{ at: 20 * minuteMs, name: 'Order Delivered' }])
  await turn(60 * minuteMs, [])
  expect(told).toEqual(['Visit Started 5', 'Visit Ended 35'])
})

test('after an outage the end comes before the next beginning, each at its own time', async () => {
  const { turn, told } = onlooker()
  await turn(0, [0])
  await turn(500 * minuteMs, [40 * minuteMs, 45 * minuteMs, 200 * minuteMs])
  await turn(500 * minuteMs, [])
  expect(told).toEqual([
    'Visit Started 0',
    'Visit Ended 30',
    'Visit Started 40',
    'Visit Ended 75',
    'Visit Started 200',
    'Visit Ended 230',
  ])
})

test('a late event does not begin a visit of its own within one', async () => {
  const { turn, told } = onlooker()
  await turn(100 * minuteMs, [100 * minuteMs])
  await turn(101 * minuteMs, [95 * minuteMs])
  expect(told).toEqual(['Visit Started 100'])
})

test('the open visits of two people who turn out to be one become one', async () => {
  const { turn, told } = onlooker()
  await turn(10 * minuteMs, [10 * minuteMs])
  const other = { startedAt: 5 * minuteMs, lastAt: 12 * minuteMs, events: 2 }
  const merge = { from: 3 as CustomerId, to: kim, position: 9 as Position, section: () => other }
  expect(await turn(13 * minuteMs, [], [merge])).toMatchObject({ nextDue: 42 * minuteMs })
  expect(told).toEqual(['Visit Started 10'])
})

const quiet: RoomTurn<undefined> = {
  nextDue: () => Infinity,
  fire: () => {},
  apply: () => {},
  discard: () => {},
  close: async () => {},
}
const person = (happenings: readonly Placed[]): Person => ({
  customer: {
    id: kim,
    assignmentKey: 'c7',
    member: false,
    internal: false,
    name: null,
    traits: {},
    createdAt: 0,
    firstSeenAt: 0,
    lastSeenAt: 0,
    version: 0,
  },
  happenings,
  section: () => undefined,
  remember: () => {},
})

test('what is due fires before the happening, earliest first over all rooms', () => {
  const order: string[] = []
  const due = (name: string, times: number[]): RoomTurn<undefined> => ({
    ...quiet,
    nextDue: () => times[0] ?? Infinity,
    fire: (_, now) => {
      order.push(`${name} ${now}`)
      times.shift()
    },
    apply: () => void order.push(`${name} applies`),
  })
  const rooms = [
    { name: 'a', room: due('a', [5, 9, 100]) },
    { name: 'b', room: due('b', [3, 9]) },
  ]
  expect(runPerson(rooms, person([viewed(10, 0)]), 10)).toMatchObject({
    kind: 'done',
    nextDue: 100,
  })
  expect(order).toEqual(['b 3', 'a 5', 'a 9', 'b 9', 'a applies', 'b applies'])
})

test('a room that is never done sets the person aside instead of stopping the line', () => {
  const stuck = { ...quiet, nextDue: () => 1 }
  expect(runPerson([{ name: 'stuck', room: stuck }], person([]), 10)).toMatchObject({
    kind: 'set-aside',
    room: 'stuck',
  })
})

test('the same cause makes the same message id, and chains end after ten', () => {
  const because = { ...viewed(0, 0), body: { chain: 10 } }
  const emitted = {
    kind: 'derived' as const,
    name: 'X',
    customer: kim,
    at: 1,
    causeKey: 'c',
    properties: {},
  }
  const { happenings, cut } = asHappenings([emitted, emitted, { ...emitted, because }], 5)
  expect(new Set(happenings.map((one) => one.messageId)).size).toBe(1)
  expect(cut).toHaveLength(1)
})

test('a person set aside takes back only what was emitted for them since', () => {
  const kept = emissions()
  const emit = (customer: number, name: string) =>
    kept.emit({
      kind: 'derived',
      name,
      customer: customer as CustomerId,
      at: 0,
      causeKey: name,
      properties: {},
    })
  emit(7, 'merged')
  const mark = kept.mark()
  emit(7, 'gone')
  emit(8, 'stays')
  kept.takeBack(kim, mark)
  expect(kept.all().map((one) => one.name)).toEqual(['merged', 'stays'])
})
