import { afterAll, beforeAll, expect, test } from 'vitest'
import { deviceKey } from '../customers/device-key.ts'
import { type Arm, armOf } from '../experiments/arm.ts'
import { minuteMs } from '../lib/duration.ts'
import { openPagesWorld, type PagesWorld } from './pages-world.contract.ts'
import { OnsiteRequest } from './wire.ts'

// A page asks, the line hears of it, and both know the same.

let world: PagesWorld
beforeAll(async () => {
  world = await openPagesWorld()
})
afterAll(() => world?.close())

test('a stranger sees the slide on the page that fits, once a visit, and the line knows of it', async () => {
  const id = await world.goLive({ only: [{ by: 'is', value: '/join/done' }] })
  expect((await world.pages.answer(world.shop, world.asked('device-1'))).show).toEqual([])
  const page = { url: 'https://shop.example/join/done?x=1' }
  const { show } = await world.pages.answer(world.shop, world.asked('device-1', { page }))
  expect(show).toMatchObject([{ campaign: id, properties: { campaign_id: id } }])
  const parts = show[0]?.view.parts ?? []
  expect(parts[0]).toMatchObject({ text: '고객님, 첫 구매 추천' })
  expect(parts[1]).toMatchObject({ kind: 'cards' })
  // Another tab of the same visit asks before the line has heard of it.
  expect((await world.pages.answer(world.shop, world.asked('device-1', { page }))).show).toEqual([])
  await world.line.drain(world.shop)
  const rows = await world.db`
    select o.state, o.channel, d.outcome, d.arm, e.state as enrolment, c.assignment_key
    from outbox o join decisions d on d.shop = o.shop and d.id = o.decision
    join enrolments e on e.shop = o.shop and e.id = o.enrolment
    join customers c on c.shop = o.shop and c.id = o.customer
    where o.shop = ${world.shop} and o.campaign = ${id}`
  expect(rows).toEqual([
    {
      state: 'sent',
      channel: 'onsite',
      outcome: 'sent',
      arm: 'treatment',
      enrolment: 'done',
      assignment_key: 'ddevice-1',
    },
  ])
  // The next visit may see it again.
  const visit = { startedAt: world.clock.now(), views: 1, popups: 0, returning: true }
  expect(
    (await world.pages.answer(world.shop, world.asked('device-1', { page, visit }))).show,
  ).toHaveLength(1)
  await world.stop(id)
})

test('who is held out is counted at the same instant and sees nothing', async () => {
  const id = await world.goLive({}, { holdoutShare: 0.5 })
  const arms = new Map<string, number>()
  for (let at = 0; at < 40; at++) {
    const { show } = await world.pages.answer(world.shop, world.asked(`half-${at}`))
    arms.set(`half-${at}`, show.length)
  }
  await world.line.drain(world.shop)
  const rows = await world.db<{ value: string; arm: string; outcome: string }[]>`
    select i.value, d.arm, d.outcome from decisions d
    join identities i on i.shop = d.shop and i.customer = d.customer and i.kind = 'anonymous'
    where d.shop = ${world.shop} and d.campaign = ${id}`
  expect(rows).toHaveLength(40)
  for (const { value, arm, outcome } of rows) {
    expect([value, arms.get(value)]).toEqual([value, arm === 'treatment' ? 1 : 0])
    expect(outcome).toBe(arm === 'treatment' ? 'sent' : 'would_send')
  }
  const held = rows.filter((row) => row.arm === 'holdout').length
  expect(held).toBeGreaterThan(8)
  expect(held).toBeLessThan(32)
  const assigned = await world.db`
    select 1 from assignments where shop = ${world.shop} and experiment = ${`campaign:${id}`}`
  expect(assigned).toHaveLength(40)
  await world.stop(id)
})

test('an event of the page is the moment, its filter is looked at here, and an order ends it at once', async () => {
  const isCheap = {
    kind: 'property',
    path: 'price',
    is: { type: 'number', op: 'is', than: { op: '<', value: 10_000 } },
  }
  const id = await world.goLive({
    when: [{ kind: 'event', event: 'Product Added', filter: isCheap }],
  })
  const first = await world.pages.answer(world.shop, world.asked('cart'))
  expect(first).toMatchObject({
    show: [],
    watch: [
      {
        campaign: id,
        when: [
          { kind: 'event', event: 'Product Added' },
          { kind: 'event', event: 'add_to_cart' },
        ],
      },
    ],
  })
  const dear = world.told('Product Added', { product_id: 'a', price: 20_000 })
  const no = await world.pages.answer(
    world.shop,
    world.asked('cart', { events: [dear], fired: id }),
  )
  expect(no.show).toEqual([])
  const cheap = world.told('Product Added', { product_id: 'b', price: 5_000 })
  const order = world.told('Order Completed', { order_id: '1', products: [] })
  const over = world.asked('cart', { events: [dear, cheap, order], fired: id })
  expect((await world.pages.answer(world.shop, over)).show).toEqual([])
  const yes = await world.pages.answer(
    world.shop,
    world.asked('cart', { events: [dear, cheap], fired: id }),
  )
  expect(yes.show).toHaveLength(1)
  // The same, as the page's dataLayer says it.
  const layer = world.told('add_to_cart', {
    ecommerce: { items: [{ item_id: 'b', price: 5_000 }] },
  })
  const heard = await world.pages.answer(
    world.shop,
    world.asked('layer', { events: [layer], fired: id }),
  )
  expect(heard.show).toHaveLength(1)
  await world.stop(id)
})

test('a visitor who asked for silence has it, whatever device remembers it', async () => {
  const id = await world.goLive({ often: 'view' })
  const rest = { of: String(id), until: world.clock.now() + minuteMs }
  expect(
    (await world.pages.answer(world.shop, world.asked('quiet', { rests: [rest] }))).show,
  ).toEqual([])
  expect((await world.pages.answer(world.shop, world.asked('quiet'))).show).toHaveLength(1)
  await world.say({
    name: 'Promotion Dismissed',
    ids: { anonymous: 'quiet', verified: false },
    body: { properties: { campaign_id: id, how: '7d', rest: '7d', asks: 'nothing' } },
  })
  await world.line.drain(world.shop)
  expect((await world.pages.answer(world.shop, world.asked('quiet'))).show).toEqual([])
  await world.stop(id)
})

test('of two popups the weightier stands on the page, and only two in a visit', async () => {
  const light = await world.goLive({ often: 'view' })
  const heavy = await world.goLive(
    { often: 'view' },
    { precedence: { class: 'journey', weight: 9 } },
  )
  const shown = async (popups: number) => {
    const visit = { startedAt: 1_000, views: 3, popups, returning: false }
    const { show } = await world.pages.answer(world.shop, world.asked('both', { visit }))
    return show.map(({ campaign }) => campaign)
  }
  expect(await shown(0)).toEqual([heavy])
  expect(await shown(2)).toEqual([])
  await world.stop(light)
  await world.stop(heavy)
})

test('who met both arms is mixed: two devices that turn out to be one member, also when the page was faster than the line', async () => {
  const id = await world.goLive({ often: 'view' }, { holdoutShare: 0.5 })
  const experiment = `campaign:${id}`
  const device = (arm: Arm, name: string) => {
    for (let at = 0; ; at++) {
      const assignmentKey = deviceKey(`${name}-${at}`)
      if (armOf({ experiment, assignmentKey, holdoutShare: 0.5 }) === arm) return `${name}-${at}`
    }
  }
  const ask = (anonymous: string) => world.pages.answer(world.shop, world.asked(anonymous))
  const signIn = (anonymous: string, user: string) =>
    world.say({
      kind: 'identify',
      name: 'Identified',
      ids: { anonymous, user, verified: true },
      body: { traits: {} },
    })
  const armsOf = async (user: string) =>
    await world.db`
      select a.arm, a.first_arm from assignments a
      join identities i on i.shop = a.shop and i.customer = a.customer and i.kind = 'user'
      where a.shop = ${world.shop} and a.experiment = ${experiment} and i.value = ${user}`
  // Both devices asked before anybody signed in on them.
  const [held, saw] = [device('holdout', 'held'), device('treatment', 'saw')]
  for (const one of [held, saw]) {
    await ask(one)
    await world.line.drain(world.shop)
    world.clock.advance(1_000)
  }
  for (const one of [held, saw]) {
    await signIn(one, 'u-merged')
    await world.line.drain(world.shop)
  }
  expect(await armsOf('u-merged')).toEqual([{ arm: 'mixed', first_arm: 'holdout' }])
  // The log has the sign-in, the line does not: the page draws by the device's own name.
  const first = device('holdout', 'first')
  await ask(first)
  await signIn(first, 'u-late')
  await world.line.drain(world.shop)
  const late = device('treatment', 'late')
  await signIn(late, 'u-late')
  expect((await ask(late)).show).toHaveLength(1)
  await world.line.drain(world.shop)
  expect(await armsOf('u-late')).toEqual([{ arm: 'mixed', first_arm: 'holdout' }])
  // From here on the member plays the arm they met first.
  expect((await ask(late)).show).toEqual([])
  await world.stop(id)
})

test('a name with NUL is refused by its field before the database sees it', () => {
  const whole = world.asked('device')
  for (const field of ['anonymousId', 'userId'] as const) {
    const read = OnsiteRequest.safeParse({ ...whole, [field]: 'a\u0000b' })
    expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  }
})
