import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import { sendingRoutes } from './sending.routes.ts'
import { addSpending } from './spending.store.ts'

let world: MessageWorld

beforeAll(async () => {
  world = await openMessageWorld()
})
afterAll(() => world?.close())

/** Calls a route as the server does: what it takes and answers pass its schemas. */
async function call(name: string, given: { query?: object; body?: unknown } = {}) {
  const [method, path] = name.split(' ')
  const found = sendingRoutes(world).find((one) => one.method === method && one.path === path)
  if (!found) throw new Error(`no route ${name}`)
  const actor = { shop: world.shop, name: 'member:1', role: 'marketer' } as const
  const query = (found.query?.parse(given.query ?? {}) ?? {}) as Readonly<Record<string, unknown>>
  const answer = await found.handle({
    ...{ actor, query, params: {}, body: found.body?.parse(given.body) },
    ...{ request: new Request('http://localhost/'), signal: new AbortController().signal },
  })
  return found.response.parse(answer) as Record<string, unknown>
}

test('limits have defaults, a change keeps the rest, and what makes no sense is refused by name', async () => {
  expect(await call('get /api/sending/limits')).toMatchObject({ adsPerDay: 1, monthlyBudget: null })
  const body = { monthlyBudget: 100_000, lanes: { sms: { ratePerSecond: 50 } } }
  await call('patch /api/sending/limits', { body })
  expect(await call('patch /api/sending/limits', { body: { adsPerDay: 2 } })).toMatchObject({
    adsPerDay: 2,
    adsPerWeek: 3,
    ...body,
  })
  const refused = call('patch /api/sending/limits', { body: { adsPerDay: -1 } })
  await expect(refused).rejects.toMatchObject({ code: 'invalid', field: 'adsPerDay' })
  await expect(call('patch /api/sending/limits', { body: { adsADay: 1 } })).rejects.toThrow()
})

test('the month’s spending is told by form, with a warning from four fifths of the budget on', async () => {
  const month = 202_603
  const spend = (messages: number) =>
    world.db.begin((tx) =>
      addSpending(tx, world.shop, {
        month,
        rows: [{ channel: 'sms', form: 'LMS', messages, cost: messages * 500_000 }],
      }),
    )
  expect(await call('get /api/sending/spending')).toMatchObject({ spent: 0, warning: 'none' })
  await spend(1_600)
  expect(await call('get /api/sending/spending')).toMatchObject({
    month,
    spent: 80_000,
    budget: 100_000,
    warning: 'near',
    items: [{ channel: 'sms', form: 'LMS', messages: 1_600, cost: 80_000 }],
  })
  const query = { form: 'LMS', recipients: '500' }
  expect(await call('get /api/sending/estimate', { query })).toEqual({
    ...{ unit: 50, total: 25_000, left: 20_000, fits: false },
  })
  await spend(400)
  expect(await call('get /api/sending/spending')).toMatchObject({ warning: 'spent' })
})

test('it is told how long each channel may send today', async () => {
  world.clock.set(Date.UTC(2026, 2, 2, 11, 40))
  const { hours } = (await call('get /api/sending/spending')) as {
    hours: { channel: string; leftTodayMs: number | null }[]
  }
  // 20:40 in Seoul: a quarter of an hour for texts, five minutes for Kakao, mail is free.
  expect(Object.fromEntries(hours.map((one) => [one.channel, one.leftTodayMs]))).toEqual({
    ...{ email: null, webhook: null },
    ...{ sms: 15 * 60_000, web_push: 15 * 60_000, kakao: 5 * 60_000 },
  })
})
