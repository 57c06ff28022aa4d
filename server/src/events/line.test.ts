import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { hourMs, minuteMs, secondMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Happening } from './happening.ts'
import { did, namesOf, startWorker } from './line-world.contract.ts'
import type { LineRoom, Turn } from './turn.ts'
import { visits } from './visits.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld({ max: 20 })
})
afterAll(() => world.close())

async function ownersOf(shop: ShopId): Promise<readonly number[]> {
  const rows = await world.db<{ customers: number[] }[]>`
    select customers from turns where shop = ${shop} order by first_position`
  return rows.flatMap((row) => row.customers)
}

async function headOf(shop: ShopId): Promise<number> {
  const [row] = await world.db<{ head: number }[]>`select head from log_heads where shop = ${shop}`
  return row?.head ?? 0
}

/** Counts each person's product views in its section, and may break down. */
function counting(
  breaks: { readonly on?: string; readonly phase?: 'apply' | 'open' | 'close' } = {},
): LineRoom<Tx> {
  return {
    name: 'counting',
    open: async (tx, turn) => {
      const counts = new Map<CustomerId, number>()
      const bad = (name: string) => name === breaks.on
      if (breaks.phase === 'open' && readNames(turn).some(bad)) await tx`select 1 / 0`
      const before = (customer: CustomerId) =>
        Number(turn.people.get(customer)?.section('counting') ?? 0)
      for (const merge of turn.merges) {
        counts.set(
          merge.to,
          (counts.get(merge.to) ?? before(merge.to)) + Number(merge.section('counting') ?? 0),
        )
      }
      return {
        nextDue: () => Infinity,
        fire: () => {},
        apply: ({ customer, name, kind }) => {
          if (breaks.phase !== 'open' && breaks.phase !== 'close' && bad(name))
            throw new Error('cannot bear it')
          if (kind === 'event' && customer !== 0)
            counts.set(customer, (counts.get(customer) ?? before(customer)) + 1)
        },
        discard: (customer) => void counts.delete(customer),
        close: async (tx) => {
          for (const [customer, count] of counts)
            turn.people.get(customer)?.remember('counting', count)
          if (breaks.phase === 'close' && readNames(turn).some(bad)) await tx`select 'x'::int`
        },
      }
    },
  }
}

function readNames(turn: Turn): readonly string[] {
  return [...turn.people.values()].flatMap((person) => person.happenings.map((one) => one.name))
}

async function countOf(shop: ShopId, customer: number): Promise<unknown> {
  const [row] = await world.db<{ sections: string }[]>`
    select sections from customer_state where shop = ${shop} and customer = ${customer}`
  return JSON.parse(row?.sections ?? '{}').counting
}

test('what the shop does to a customer or knows of one is no sign of life', async () => {
  const { db, clock } = world
  const shop = await insertShop(db)
  const { door, line } = startWorker(world)
  const sent = async (...happenings: readonly Happening[]) => {
    await door.accept(shop, happenings)
    await line.drain(shop)
    const [row] = await db<{ at: number }[]>`
      select last_seen_at as at from customers where shop = ${shop}`
    return row?.at
  }
  const ids = { user: 'kim' }
  const seen = clock.now()
  expect(await sent(did(world, ids))).toBe(seen)
  clock.advance(hourMs)
  const given = ['Points Changed', 'Coupon Issued', 'Order Shipped', 'Order Refunded']
  expect(
    await sent(
      ...given.map((name) => did(world, ids, { name })),
      did(world, ids, { kind: 'identify', name: 'Identified', body: { traits: { points: 500 } } }),
    ),
  ).toBe(seen)
  const onDevice = { ...ids, anonymous: 'd1' }
  expect(await sent(did(world, onDevice, { kind: 'identify', name: 'Identified' }))).toBe(
    clock.now(),
  )
  clock.advance(hourMs)
  expect(await sent(did(world, ids, { name: 'Coupon Used' }))).toBe(clock.now())
})

test('browsing before sign-in counts after it, and a visit is derived', async () => {
  const { db, clock } = world
  const shop = await insertShop(db)
  const { door, line } = startWorker(world)
  await door.accept(shop, [did(world, { anonymous: 'd1' })])
  await line.drain(shop)
  const traits = { name: '김하늘', age: 30 }
  const signIn = did(
    world,
    { anonymous: 'd1', user: 'kim' },
    { kind: 'identify', name: 'Identified', body: { traits } },
  )
  await door.accept(shop, [signIn])
  await line.drain(shop)
  const people = await db`select id, member, name, survivor from customers where shop = ${shop}`
  expect(people).toMatchObject([{ member: true, name: '김하늘', survivor: null }])
  expect(await namesOf(world, shop)).toEqual(['Product Viewed', 'Visit Started', 'Identified'])
  clock.advance(31 * minuteMs)
  await line.drain(shop)
  expect((await namesOf(world, shop)).at(-1)).toBe('Visit Ended')
  expect(await db`select * from due where shop = ${shop}`).toHaveLength(0)
  expect(new Set(await ownersOf(shop))).toEqual(new Set([people[0]?.id]))
})

test('eight writers and a reader lose nothing and keep every person in order', async () => {
  const shop = await insertShop(world.db)
  const reader = startWorker(world, { rooms: [counting()] })
  const doors = Array.from({ length: 8 }, () => startWorker(world).door)
  let writing = true
  const reading = (async () => {
    while (writing) await reader.line.turn(shop)
    await reader.line.drain(shop)
  })()
  await Promise.all(
    doors.map(async (door, writer) => {
      for (let batch = 0; batch < 20; batch++) {
        const events = Array.from({ length: 25 }, (_, n) =>
          did(world, { user: `u${(writer * 31 + n) % 40}` }),
        )
        await door.accept(shop, events)
      }
    }),
  )
  writing = false
  await reading
  expect(await headOf(shop)).toBe(4_000)
  expect(await ownersOf(shop)).toHaveLength(4_000)
  const rows = await world.db<
    { sections: string }[]
  >`select sections from customer_state where shop = ${shop}`
  const total = rows.reduce((sum, row) => sum + Number(JSON.parse(row.sections).counting), 0)
  expect(total).toBe(4_000)
})

test('the same batch sent to two doors at once is processed once', async () => {
  const shop = await insertShop(world.db)
  const batch = Array.from({ length: 50 }, () => did(world, { user: 'kim' }))
  const [one, two] = [startWorker(world, { rooms: [counting()] }), startWorker(world)]
  await Promise.all([one.door.accept(shop, batch), two.door.accept(shop, batch)])
  await one.line.drain(shop)
  const [kim] = await ownersOf(shop)
  expect(await countOf(shop, kim ?? 0)).toBe(50)
})

test('a worker whose lease was stolen in mid-turn writes nothing', async () => {
  const { db, clock } = world
  const shop = await insertShop(db)
  const thief = startWorker(world, { rooms: [counting()] })
  let steal = true
  const slow: LineRoom<Tx> = {
    ...counting(),
    open: async (tx, turn) => {
      if (steal) {
        steal = false
        // The turn holds the lane's row, so the theft waits and the turn commits first.
        clock.advance(hourMs)
        void thief.line.turn(shop)
      }
      return counting().open(tx, turn)
    },
  }
  const victim = startWorker(world, { rooms: [slow] })
  await victim.door.accept(
    shop,
    Array.from({ length: 10 }, () => did(world, { user: 'kim' })),
  )
  await victim.line.turn(shop)
  await thief.line.drain(shop)
  clock.advance(hourMs)
  expect(await victim.line.turn(shop)).toBe(false)
  await victim.door.accept(shop, [did(world, { user: 'kim' })])
  // The victim still believes in its lease when another worker has taken it: its cursor does not move.
  await db`update lanes set owner = 'somebody', epoch = epoch + 1, until = ${clock.now() + hourMs} where shop = ${shop} and name = 'line'`
  expect(await victim.line.turn(shop)).toBe(true)
  expect(await victim.line.turn(shop)).toBe(false)
  clock.advance(2 * hourMs)
  await thief.line.drain(shop)
  const [kim] = await ownersOf(shop)
  expect(await ownersOf(shop)).toHaveLength(11)
  expect(await countOf(shop, kim ?? 0)).toBe(11)
})

test('a merge in mid-turn moves state, contacts and aliases to the survivor, chains included', async () => {
  const { db } = world
  const shop = await insertShop(db)
  const worker = startWorker(world, { rooms: [visits(), counting()] })
  const mail = { hash: 'aGFzaA', sealed: 's', masked: 'k***@example.com' }
  await worker.door.accept(shop, [
    did(world, { anonymous: 'd1' }),
    did(world, { anonymous: 'd1', email: mail }),
    did(world, { anonymous: 'd2' }),
    did(world, { user: 'kim', verified: true }),
  ])
  await worker.line.drain(shop)
  const [first, , second, kim] = await ownersOf(shop)
  await worker.door.accept(shop, [
    did(world, { anonymous: 'd1' }),
    did(world, { anonymous: 'd1', user: 'kim' }),
    did(world, { anonymous: 'd2', user: 'kim' }),
    did(world, { user: 'lee', verified: true }),
    did(
      world,
      { user: 'lee', verified: true },
      { kind: 'alias', name: 'Aliased', body: { previousId: 'kim' } },
    ),
    did(world, { user: 'kim' }),
  ])
  await worker.line.drain(shop)
  const lee = (await ownersOf(shop)).at(-1)
  expect(await countOf(shop, lee ?? 0)).toBe(9)
  const aliases =
    await db`select from_customer, to_customer from aliases where shop = ${shop} order by 1`
  expect(aliases).toEqual(
    [first, second, kim]
      .toSorted((a = 0, b = 0) => a - b)
      .map((id) => ({ from_customer: id, to_customer: lee })),
  )
  expect(await db`select customer from contacts where shop = ${shop}`).toEqual([{ customer: lee }])
  expect((await namesOf(world, shop)).filter((name) => name === 'Customer Merged')).toHaveLength(3)
  expect(
    await db`select 1 from customer_state where shop = ${shop} and customer <> ${lee ?? 0}`,
  ).toHaveLength(0)
})

test.each(['apply', 'open', 'close'] as const)(
  'rules that throw in %s set one person aside; the lane goes on',
  async (phase) => {
    const { db } = world
    const shop = await insertShop(db)
    const worker = startWorker(world, { rooms: [visits(), counting({ on: 'Poison', phase })] })
    await worker.door.accept(shop, [
      did(world, { user: 'good' }),
      did(world, { user: 'bad' }),
      did(world, { user: 'bad' }, { name: 'Poison' }),
      did(world, { user: 'good' }),
      did(world, { user: 'other' }),
    ])
    await worker.line.drain(shop)
    const [good, bad, , , other] = await ownersOf(shop)
    expect(await countOf(shop, good ?? 0)).toBe(2)
    expect(await countOf(shop, other ?? 0)).toBe(1)
    const failures = await db`select customer, room from line_failures where shop = ${shop}`
    expect(failures).toMatchObject([
      { customer: bad, room: phase === 'apply' ? 'counting' : 'line' },
    ])
    // In the person's own turn nothing of it is left; a turn that had to be halved keeps what came before the bad one.
    expect(await countOf(shop, bad ?? 0)).toBe(phase === 'apply' ? undefined : 1)
  },
)

test.each(['open', 'apply', 'close', 'append'] as const)(
  'a crash in %s, before the commit, leaves nothing and the same turn comes again',
  async (step) => {
    const { db } = world
    const shop = await insertShop(db)
    let armed = true
    const kill = async (at: typeof step, tx?: Tx): Promise<void> => {
      if (!armed || at !== step) return
      armed = false
      // The connection is gone, as after a kill of the database; or the process knows that it is.
      if (tx) await tx`select pg_terminate_backend(pg_backend_pid())`
      throw Object.assign(new Error('terminating connection'), { code: '57P01' })
    }
    const crashing: LineRoom<Tx> = {
      ...counting(),
      open: async (tx, turn) => {
        await kill('open', tx)
        const room = await counting().open(tx, turn)
        return {
          ...room,
          close: async (inner) => {
            await room.close(inner)
            await kill('apply')
            await kill('close', inner)
          },
        }
      },
    }
    const onAppend = () => {
      if (!armed || step !== 'append') return
      armed = false
      throw Object.assign(new Error('terminating connection'), { code: '57P01' })
    }
    const worker = startWorker(world, { rooms: [visits(), crashing], onAppend })
    await worker.door.accept(shop, [did(world, { user: 'kim' }), did(world, { user: 'kim' })])
    await expect(worker.line.drain(shop)).rejects.toThrow()
    expect(await ownersOf(shop)).toEqual([])
    expect(await headOf(shop)).toBe(2)
    expect(await db`select 1 from customers where shop = ${shop}`).toHaveLength(0)
    await worker.line.drain(shop)
    const [kim] = await ownersOf(shop)
    expect(await countOf(shop, kim ?? 0)).toBe(2)
    expect(await namesOf(world, shop)).toEqual([
      'Product Viewed',
      'Product Viewed',
      'Visit Started',
    ])
  },
)

test('a clock that steps back neither reorders nor wakes anyone early', async () => {
  const { db, clock } = world
  const shop = await insertShop(db)
  const worker = startWorker(world)
  await worker.door.accept(shop, [did(world, { user: 'kim' })])
  await worker.line.drain(shop)
  clock.advance(-10 * minuteMs)
  await worker.door.accept(shop, [did(world, { user: 'kim' })])
  await worker.line.drain(shop)
  const rows = await db<
    { processed_at: number }[]
  >`select processed_at from turns where shop = ${shop} order by first_position`
  const times = rows.map((row) => row.processed_at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  clock.advance(10 * minuteMs + 29 * minuteMs + 59 * secondMs)
  await worker.line.drain(shop)
  expect(await namesOf(world, shop)).not.toContain('Visit Ended')
  clock.advance(secondMs)
  await worker.line.drain(shop)
  expect(await namesOf(world, shop)).toContain('Visit Ended')
})

test('happenings that follow from each other stop after ten and are reported', async () => {
  const shop = await insertShop(world.db)
  const echo: LineRoom<Tx> = {
    name: 'echo',
    open: async (_tx, turn) => ({
      nextDue: () => Infinity,
      fire: () => {},
      apply: (happening) =>
        turn.emit({
          kind: 'derived',
          name: 'Echo',
          customer: happening.customer,
          at: turn.now,
          causeKey: `echo:${happening.position}`,
          properties: {},
          because: happening,
        }),
      discard: () => {},
      close: async () => {},
    }),
  }
  const worker = startWorker(world, { rooms: [echo] })
  await worker.door.accept(shop, [did(world, { user: 'kim' })])
  await worker.line.drain(shop)
  expect(await headOf(shop)).toBe(11)
  expect(await world.db`select room from line_failures where shop = ${shop}`).toHaveLength(1)
})

test('shared devices and kiosks do not mix the people who use them', async () => {
  const shop = await insertShop(world.db)
  const worker = startWorker(world, { rooms: [counting()] })
  const step = async (...events: Parameters<typeof worker.door.accept>[1][number][]) => {
    await worker.door.accept(shop, events)
    await worker.line.drain(shop)
  }
  await step(did(world, { anonymous: 'family', user: 'mum' }))
  await step(did(world, { anonymous: 'family', user: 'dad' }))
  await step(did(world, { anonymous: 'family' }), did(world, { anonymous: 'family' }))
  await step(
    did(world, { anonymous: 'till', kiosk: true }),
    did(world, { anonymous: 'till', user: 'mum', kiosk: true }),
  )
  const [mum, dad, later, , till, mumAgain] = await ownersOf(shop)
  expect(new Set([mum, dad, later, till]).size).toBe(4)
  expect(mumAgain).toBe(mum)
})

test('a row of the log that nobody can read costs itself only', async () => {
  const { db } = world
  const shop = await insertShop(db)
  const worker = startWorker(world, { rooms: [counting()] })
  await worker.door.accept(shop, [did(world, { user: 'kim' }), did(world, { user: 'kim' })])
  await db`update log set body = 'damaged' where shop = ${shop} and position = 1`
  await worker.line.drain(shop)
  await startWorker(world).history.drain(shop)
  const [nobody, kim] = await ownersOf(shop)
  expect(nobody).toBe(0)
  expect(await countOf(shop, kim ?? 0)).toBe(1)
  expect(await worker.history.completeTo(shop)).toBe(2)
})
