import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MemberId, ShopId } from '../lib/brand.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { type Approvals, approvals } from './approval.service.ts'
import { Flow } from './campaign.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'

let world: MessageWorld
let room: Campaigns
let approval: Approvals
let marketer: Actor
let owner: Actor
let named: Actor

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      const refuseUnapproved = (shop: ShopId, id: number) => approval.refuseUnapproved(shop, id)
      room = campaigns({ ...built, refuseUnapproved })
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
  approval = approvals(world)
  const one = (id: number, role: Actor['role']): Actor => ({
    shop: world.shop,
    name: `member:${id}`,
    member: id as MemberId,
    role,
  })
  marketer = one(1, 'marketer')
  owner = one(2, 'owner')
  named = one(3, 'viewer')
})
afterAll(() => world?.close())

async function forEverybody() {
  const made = await room.create(marketer, { playbook: 'cart_abandonment' })
  const trigger = { kind: 'anniversary', trait: 'birthday' }
  const draft = Flow.parse({ ...made.draft, trigger, conditions: [], exits: [] })
  await room.change(marketer, made.id, { draft })
  return { id: made.id, draft }
}
const limit = (approval: object) => world.shops.set(world.shop, 'approval', approval as never)

test('a campaign above the limit is switched on after another member has approved this very draft', async () => {
  for (const name of ['a', 'b', 'c']) await world.member(name)
  await world.line.drain(world.shop)
  await limit({ people: 2, couponBudget: null, approvers: [3] })
  world.clock.advance(3_000)
  const { id, draft } = await forEverybody()
  expect(await approval.look(marketer, id)).toMatchObject({
    passed: ['people'],
    people: 3,
    couponCost: 0,
    state: 'none',
  })
  await expect(room.start(marketer, id)).rejects.toThrow('another member')
  await approval.ask(marketer, id, '겨울 세일이에요')
  await expect(approval.ask(marketer, id, '')).rejects.toThrow('already')
  const yes = { state: 'approved', note: '좋아요' } as const
  await expect(approval.decide(marketer, id, yes)).rejects.toThrow('Another member')
  expect(await approval.look(named, id)).toMatchObject({ mayDecide: true, note: '겨울 세일이에요' })

  await room.change(marketer, id, { draft: { ...draft, holdoutShare: 0.2 } })
  expect(await approval.look(owner, id)).toMatchObject({ state: 'void', mayDecide: false })
  await expect(approval.decide(owner, id, yes)).rejects.toThrow('changed')

  await approval.ask(marketer, id, '')
  await approval.decide(owner, id, { state: 'declined', note: '쿠폰을 빼 주세요' })
  await expect(room.start(marketer, id)).rejects.toThrow('another member')
  await approval.ask(marketer, id, '')
  // More people came by since it was asked for: who decides sees them, and decides about them.
  await world.db`update campaign_approvals set people = 1 where shop = ${world.shop} and state = 'asked'`
  await approval.decide(named, id, yes)
  // An audience that grew well beyond what was approved is to be looked at again.
  await world.db`update campaign_approvals set people = 2 where shop = ${world.shop} and state = 'approved'`
  await expect(room.start(marketer, id)).rejects.toThrow('another member')
  expect(await approval.look(marketer, id)).toMatchObject({
    state: 'outgrown',
    people: 3,
    approved: { people: 2, grown: ['people'] },
    decidedBy: 'member:3',
  })
  await world.db`update campaign_approvals set people = 3 where shop = ${world.shop} and state = 'approved'`
  expect(await room.start(marketer, id)).toMatchObject({ state: 'live' })
  const acts = await world.db<{ act: string }[]>`
    select act from audit_log where shop = ${world.shop} and act like 'campaign.appro%' or act = 'campaign.declined' order by id`
  expect(acts.map(({ act }) => act)).toEqual([
    'campaign.approval-asked',
    'campaign.approval-asked',
    'campaign.declined',
    'campaign.approval-asked',
    'campaign.approved',
  ])
})

test('a campaign within the limits needs nobody, and an owner does not approve their own', async () => {
  await limit({ people: 3, couponBudget: null, approvers: [] })
  world.clock.advance(3_000)
  const { id } = await forEverybody()
  await expect(approval.ask(marketer, id, '')).rejects.toThrow('within the limits')
  expect(await room.start(marketer, id)).toMatchObject({ state: 'live' })
  await limit({ people: 1, couponBudget: null, approvers: [] })
  world.clock.advance(3_000)
  const { id: second } = await forEverybody()
  await approval.ask(owner, second, '크게 보내요')
  expect(await approval.waiting(owner)).toEqual([])
  expect(await approval.waiting(marketer)).toEqual([])
  await limit({ people: 1, couponBudget: null, approvers: [marketer.member ?? 0] })
  world.clock.advance(3_000)
  expect(await approval.waiting(marketer)).toMatchObject([
    { campaign: second, note: '크게 보내요' },
  ])
  await expect(approval.decide(owner, second, { state: 'approved', note: '' })).rejects.toThrow(
    'Another member',
  )
  // What is live already goes on after a pause: nothing new is published.
  await room.pause(marketer, id)
  expect(await room.start(marketer, id)).toMatchObject({ state: 'live' })
})

test('coupons without an end are above any budget', async () => {
  await limit({ people: null, couponBudget: 1_000_000, approvers: [] })
  world.clock.advance(3_000)
  const [pool] = await world.db<{ id: number }[]>`
    insert into coupon_pools (shop, name, discount, amount, codes, created_at, updated_at)
    values (${world.shop}, '5천원', 'amount', 50000000, 'generated', 0, 0) returning id`
  const made = await room.create(marketer, { playbook: 'cart_abandonment' })
  const steps = [{ kind: 'coupon' as const, id: 50, pool: pool?.id ?? 0 }, ...made.draft.steps]
  await room.change(marketer, made.id, {
    draft: Flow.parse({ ...made.draft, steps, trigger: { kind: 'api' }, conditions: [] }),
  })
  expect(await approval.look(marketer, made.id)).toMatchObject({
    passed: ['coupon_budget'],
    people: null,
    couponCost: null,
  })
})
