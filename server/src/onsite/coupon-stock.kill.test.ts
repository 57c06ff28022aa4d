import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase } from '../database/connection.store.ts'
import { type OwnServer, ownServer } from '../testing/own-server.driver.ts'
import type { CouponAnswer, OnsiteAnswer } from './answer.ts'

// A thousand visitors press for the last ten pieces at once, and the server dies in the middle of it.
const visitors = 1_000
const pieces = 10
/** Pages that ask at once while everybody is shown the message. */
const lanes = 40

type Shown = { readonly device: string; readonly token: string }
type Pressed = CouponAnswer | undefined

let server: OwnServer
beforeAll(async () => {
  server = await ownServer()
})
afterAll(() => server.close())

test('a thousand press for the last ten pieces and the server is killed: ten have one, none twice, none is lost', async () => {
  await server.start()
  const keys = await server.openShop({ port: 1, connections: 1 })
  const pool = await openPool(keys.admin)
  await goLive(keys.admin, pool)
  const shown = await showAll(keys.write)
  await allKnown(pool)

  const before = new Map<string, CouponAnswer>()
  let killed: Promise<void> | undefined
  await Promise.all(
    shown.map(async (one) => {
      // Whoever has an answer presses on, so that all thousand are pressing when the server dies, however slow the machine is.
      for (;;) {
        const answer = await press(keys.write, one)
        if (answer === undefined) return
        before.set(one.device, answer)
        // Some have theirs, others wait for the pool's lock.
        if (answer.kind === 'issued') killed ??= server.kill()
      }
    }),
  )
  expect(killed).toBeDefined()
  await killed

  await server.start()
  // Everybody presses again until something comes back, as people do.
  const after = new Map<string, CouponAnswer>()
  await Promise.all(
    shown.map(async (one) => {
      for (let answer: Pressed; answer === undefined; await wait(200)) {
        answer = await press(keys.write, one)
        if (answer) after.set(one.device, answer)
      }
    }),
  )
  const codes = (answers: ReadonlyMap<string, CouponAnswer>) =>
    [...answers].flatMap(([device, answer]) =>
      answer.kind === 'issued' ? [[device, answer.code] as const] : [],
    )
  const given = new Map(codes(after))
  expect(given.size).toBe(pieces)
  expect(new Set(given.values()).size).toBe(pieces)
  // Who was told a code before the kill has that very one.
  for (const [device, code] of codes(before)) expect(given.get(device)).toBe(code)

  const { rows, taken } = await books(pool)
  expect(rows.map(({ code }) => code).sort()).toEqual([...given.values()].sort())
  expect(new Set(rows.map(({ customer }) => customer)).size).toBe(pieces)
  expect(rows.filter(({ state }) => state !== 'issued')).toEqual([])
  expect(taken).toBe(pieces)
})

async function openPool(admin: string): Promise<number> {
  const body = {
    name: '선착순 쿠폰',
    discount: { kind: 'amount', amount: 5_000 },
    codes: { kind: 'generated' },
    total: pieces,
    perPerson: { count: 1, days: 90 },
  }
  const made = await server.call('POST', '/api/coupons', { key: admin, body })
  return (made as { id: number }).id
}

async function goLive(admin: string, coupon: number): Promise<void> {
  const made = (await server.call('POST', '/api/campaigns', {
    key: admin,
    body: { name: '선착순' },
  })) as { id: number; draft: object }
  const content = {
    channel: 'onsite',
    form: 'slide',
    parts: [{ kind: 'coupon', id: 'p1', title: '선착순 쿠폰', label: '받기' }],
  }
  const draft = {
    ...made.draft,
    trigger: { kind: 'page' },
    conditions: [],
    steps: [{ kind: 'message', id: 1, content, coupon }],
    goal: { event: 'Order Completed', windowHours: 24 },
    holdoutShare: 0,
  }
  await server.call('PATCH', `/api/campaigns/${made.id}`, { key: admin, body: { draft } })
  await server.call('POST', `/api/campaigns/${made.id}/start`, { key: admin, body: {} })
}

/** Every visitor opens the page and is shown the message with the button. */
async function showAll(writeKey: string): Promise<readonly Shown[]> {
  const shown: Shown[] = []
  let next = 0
  const lane = async () => {
    while (next < visitors) {
      const device = `visitor-${next++}`
      shown.push({ device, token: await showTo(writeKey, device) })
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return shown
}

async function showTo(writeKey: string, device: string): Promise<string> {
  for (let look = 0; ; look++) {
    const answer = await ask<OnsiteAnswer>('/v1/onsite', {
      writeKey,
      anonymousId: device,
      view: `${Number(device.slice('visitor-'.length)) * 1_000 + look}`.padStart(16, '0'),
      page: { url: 'https://shop.example/' },
      // Each look is a visit of its own: an answer that was lost on its way counts as shown in that one.
      visit: { startedAt: 1_000 + look, views: 1, popups: 0, returning: false },
    })
    const [first] = answer?.show ?? []
    if (first) return first.token
    await wait(100)
  }
}

/** Waits until the line has met everybody: before that nobody can be given anything. */
async function allKnown(pool: number): Promise<void> {
  const db = connectDatabase(server.engines().databaseUrl, { max: 1 })
  for (let known = 0; known < visitors; await wait(50)) {
    const [row] = await db<{ count: number }[]>`
      select count(*)::int as count from identities i where i.kind = 'anonymous' and i.value like 'visitor-%'
        and exists (select 1 from coupon_pools p where p.shop = i.shop and p.id = ${pool})`
    known = row?.count ?? 0
  }
  await db.end()
}

/** What the button is told; undefined where nobody answered. A page asks again when it is told to wait a moment. */
async function press(writeKey: string, { device, token }: Shown): Promise<Pressed> {
  return await ask<CouponAnswer>('/v1/onsite/coupon', { writeKey, anonymousId: device, token })
}

async function ask<A>(path: string, body: object): Promise<A | undefined> {
  try {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return answer.ok ? ((await answer.json()) as A) : undefined
  } catch {
    return undefined
  }
}

async function books(pool: number) {
  const db = connectDatabase(server.engines().databaseUrl, { max: 1 })
  const rows = await db<{ customer: number; code: string; state: string }[]>`
    select customer, code, state from coupons where pool = ${pool}`
  const [row] = await db<{ taken: number }[]>`
    select taken - coalesce((select sum(pieces) from coupon_moves m where m.pool = p.id), 0)::int as taken
    from coupon_pools p where id = ${pool}`
  await db.end()
  return { rows, taken: row?.taken }
}
