import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileMessage } from '../messages/compile-message.driver.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor, Route } from '../web/route.ts'
import { campaignRoutes } from './campaigns.routes.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'
import { previews } from './preview.service.ts'

let world: MessageWorld
let room: Campaigns
let routes: readonly Route[]

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
  const { db, clock, shops } = world
  const drawing = previews({
    db,
    clock,
    shops,
    compile: compileMessage,
    publicUrl: 'https://danggol.example',
  })
  routes = campaignRoutes(room, drawing)
})
afterAll(() => world?.close())

const actor = (): Actor => ({ shop: world.shop, name: 'member:1', role: 'marketer' })

/** What the tests look at of the routes' answers. */
type Answer = {
  readonly id: number
  readonly draft: unknown
  readonly problems: readonly unknown[]
  readonly items: readonly { readonly id: number }[]
  readonly next: string | null
  readonly subject: string
  readonly html: string
  readonly published: unknown
}

/** Calls a route as the server would: schemas first, and its answer must fit its own schema. */
async function call(
  method: Route['method'],
  path: Route['path'],
  given: {
    readonly params?: object
    readonly query?: object
    readonly body?: unknown
    readonly role?: Actor['role']
  } = {},
) {
  const one = routes.find((route) => route.method === method && route.path === path)
  if (!one) throw new Error(`no route ${method} ${path}`)
  const answer = await one.handle({
    actor: { ...actor(), role: given.role ?? 'marketer' },
    params: one.params?.parse(given.params ?? {}) ?? {},
    query: one.query?.parse(given.query ?? {}) ?? {},
    body: one.body?.parse(given.body ?? {}),
    request: new Request('http://localhost/'),
    signal: new AbortController().signal,
  })
  return one.response.parse(answer) as Answer
}

const create = (body: object = { playbook: 'cart_abandonment' }) =>
  call('post', '/api/campaigns', { body })

describe('campaigns over HTTP', () => {
  test('a playbook becomes a filled draft, which is edited, switched on, paused and stopped', async () => {
    const made = await create()
    const params = { id: made.id }
    expect(made).toMatchObject({ name: '장바구니 담은 후 미구매', state: 'draft', problems: [] })
    const draft = JSON.parse(JSON.stringify(made.draft)) as { steps: { minutes?: number }[] }
    const first = draft.steps[0]
    if (first) first.minutes = 30
    const body = { draft, name: '우리 장바구니' }
    const changed = await call('patch', '/api/campaigns/{id}', { params, body })
    expect(changed).toMatchObject({ name: '우리 장바구니', version: 0 })
    expect(await call('post', '/api/campaigns/{id}/start', { params })).toMatchObject({
      state: 'live',
      version: 1,
    })
    expect(await call('post', '/api/campaigns/{id}/pause', { params })).toMatchObject({
      state: 'paused',
    })
    await expect(call('post', '/api/campaigns/{id}/pause', { params })).rejects.toThrow(
      'Only a live',
    )
    expect(await call('post', '/api/campaigns/{id}/stop', { params })).toMatchObject({
      state: 'stopped',
    })
    const [started] = await world.db<{ flow: string }[]>`
      select flow from campaign_versions where shop = ${world.shop} and campaign = ${made.id}`
    expect(started?.flow).toContain('"minutes":30')
    const acts = await world.db<{ act: string }[]>`
      select act from audit_log where shop = ${world.shop} and object = ${`campaign:${made.id}`} order by id`
    expect(acts.map((row) => row.act)).toEqual(
      ['created', 'changed', 'published', 'started', 'paused', 'stopped'].map(
        (act) => `campaign.${act}`,
      ),
    )
  })

  test('who publishes a message as informational answers for it by name', async () => {
    const made = await create()
    const params = { id: made.id }
    expect(made.published).toBeNull()
    const content = { channel: 'webhook', url: 'https://shop.example/hook', fields: [] }
    const steps = [{ kind: 'message', id: 1, content }]
    const nature = { purpose: 'informational', because: 'shipping' }
    const draft = { ...(made.draft as object), steps, nature }
    await call('patch', '/api/campaigns/{id}', { params, body: { draft } })
    expect(await call('post', '/api/campaigns/{id}/publish', { params })).toMatchObject({
      published: { nature, by: 'member:1', at: world.clock.now(), isDraft: true },
    })
    // A new name is nothing that could be published; a change of the flow is.
    const renamed = await call('patch', '/api/campaigns/{id}', { params, body: { name: '배송' } })
    expect(renamed.published).toMatchObject({ isDraft: true })
    const changed = { ...draft, holdoutShare: 0.3 }
    expect(
      await call('patch', '/api/campaigns/{id}', { params, body: { draft: changed } }),
    ).toMatchObject({ published: { isDraft: false } })
    const [act] = await world.db<{ detail: string }[]>`
      select detail from audit_log where act = 'campaign.published' and object = ${`campaign:${made.id}`}`
    expect(JSON.parse(act?.detail ?? '{}')).toEqual({ version: 1, moving: 'stay', ...nature })
  })

  test('a blank draft says what is missing and does not start', async () => {
    const made = await create({ name: 'blank' })
    expect(made.problems).toMatchObject([{ code: 'no_steps' }])
    const params = { id: made.id }
    await expect(call('post', '/api/campaigns/{id}/start', { params })).rejects.toThrow('no steps')
  })

  test('a preview shows the mail with a sample cart, then with the cart of a real customer', async () => {
    const params = { id: (await create()).id }
    const sample = await call('post', '/api/campaigns/{id}/preview', { params })
    expect(sample.subject).toBe('(광고) 김하늘님, 담아두신 핸드메이드 머그컵')
    expect(sample.problems).toEqual([])
    const customer = await world.member('preview', { name: '이봄' })
    const properties = { product_id: 'lamp', name: '무드등', price: 31_000 }
    await world.say({ ids: { user: 'preview', verified: true }, body: { properties } })
    await world.line.drain(world.shop)
    const own = await call('post', '/api/campaigns/{id}/preview', { params, body: { customer } })
    expect(own.subject).toBe('(광고) 이봄님, 담아두신 무드등')
    expect(own.html).toContain('31,000원')
    expect(own.html).toContain('https://shop.example/cart')
    const seen = { params, body: { customer }, role: 'viewer' } as const
    const masked = await call('post', '/api/campaigns/{id}/preview', seen)
    expect(masked.subject).toBe('(광고) 이*님, 담아두신 무드등')
  })

  test('a preview of an unfinished shop is drawn all the same and says what is missing', async () => {
    const bare = await world.shops.create('새 상점', false)
    const drawing = previews({ ...world, compile: compileMessage })
    const made = await room.create({ ...actor(), shop: bare }, { playbook: 'cart_abandonment' })
    const preview = await drawing.draw(bare, { flow: made.draft, shownName: (name) => name })
    expect(preview.subject).toContain('(광고)')
    expect(preview.problems.length).toBeGreaterThan(0)
  })

  test('lists are paged, newest first', async () => {
    for (let made = 0; made < 3; made++) await create()
    const first = await call('get', '/api/campaigns', { query: { limit: '2' } })
    const next = await call('get', '/api/campaigns', { query: { limit: '2', after: first.next } })
    const ids = [first, next].flatMap((page) => page.items.map((one) => one.id))
    expect(ids).toEqual([...ids].sort((a, b) => b - a))
    expect(new Set(ids).size).toBe(4)
  })

  test("another shop's campaign does not exist", async () => {
    const other = await world.shops.create('남의 상점', false)
    const made = await room.create({ ...actor(), shop: other }, { playbook: 'cart_abandonment' })
    const params = { id: made.id }
    await expect(call('get', '/api/campaigns/{id}', { params })).rejects.toThrow('no campaign')
    await expect(call('post', '/api/campaigns/{id}/start', { params })).rejects.toThrow(
      'no campaign',
    )
  })
})
