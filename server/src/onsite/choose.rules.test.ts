import { expect, test } from 'vitest'
import { Flow } from '../campaigns/campaign.ts'
import type { Facts } from '../campaigns/facts.ts'
import type { Arm } from '../experiments/arm.ts'
import type { CampaignId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { choose, type Onlooking, type PageCampaign, popupsAVisit } from './choose.ts'

const now = Date.UTC(2026, 10, 22)

function campaign(id: number, form: string, more: JsonObject = {}): PageCampaign {
  const { weight = 50, trigger = {}, ...rest } = more
  const flow = Flow.parse({
    trigger: { kind: 'page', often: 'view', ...(trigger as JsonObject) },
    steps: [
      {
        kind: 'message',
        id: 1,
        content: {
          channel: 'onsite',
          form,
          ...(form === 'inline' ? { selector: '#slot' } : {}),
          parts: [{ kind: 'heading', id: 'h', text: '안녕하세요' }],
        },
      },
    ],
    goal: { event: 'Order Completed', windowHours: 24 },
    precedence: { class: 'journey', weight },
    ...rest,
  })
  if (flow.trigger.kind !== 'page') throw new Error('a page was meant')
  const live = { id: id as CampaignId, version: 1, flow, share: 0.1 }
  return { ...live, trigger: flow.trigger, asks: 'nothing' }
}

const facts = {
  sellable: () => true,
  isMember: () => false,
  paused: false,
  assignmentKey: 'k',
  traits: {},
} as unknown as Facts

function by(more: Partial<Onlooking> = {}, held: readonly number[] = []): Onlooking {
  return {
    moment: {
      url: 'https://shop.example/',
      view: 'v',
      visit: { startedAt: now, views: 1, returning: false },
      member: false,
      knownMember: false,
      cartValue: 0,
      events: [],
      now,
      dayStartsAt: now,
    },
    memory: {},
    happenings: [],
    isMember: () => false,
    factsFor: () => facts,
    armIn: ({ id }): Arm => (held.includes(id) ? 'holdout' : 'treatment'),
    busy: false,
    popups: 0,
    fired: undefined,
    ...more,
  }
}
const chosen = (campaigns: readonly PageCampaign[], onlooking: Onlooking) =>
  choose(campaigns, onlooking, () => 'drawn').decided.map((one) => [one.campaign.id, one.arm])

test('of popups the weightiest stands, the newest of equals; what covers nothing has its own place', () => {
  const all = [
    campaign(1, 'modal'),
    campaign(2, 'slide', { weight: 80 }),
    campaign(3, 'sheet', { weight: 80 }),
    campaign(4, 'bar'),
    campaign(5, 'bar', { weight: 10 }),
    campaign(6, 'toast'),
    campaign(7, 'inline'),
  ]
  expect(chosen(all, by())).toEqual([
    [3, 'treatment'],
    [7, 'treatment'],
    [6, 'treatment'],
    [4, 'treatment'],
  ])
})

test('who is held out is counted and takes no place: the next is shown', () => {
  const all = [campaign(1, 'modal'), campaign(2, 'modal', { weight: 80 })]
  expect(chosen(all, by({}, [2]))).toEqual([
    [2, 'holdout'],
    [1, 'treatment'],
  ])
})

test('a page that has a popup, or a visit that had two, gets no other; in neither arm', () => {
  const all = [campaign(1, 'modal'), campaign(2, 'bar')]
  for (const more of [{ busy: true }, { popups: popupsAVisit }, { taken: new Set(['popup']) }])
    expect(chosen(all, by(more, [1]))).toEqual([[2, 'treatment']])
})

test('what cannot be drawn is not decided, and leaves its place', () => {
  const all = [campaign(1, 'modal'), campaign(2, 'modal', { weight: 80 })]
  const { decided } = choose(all, by(), ({ id }) => (id === 2 ? undefined : 'drawn'))
  expect(decided.map((one) => one.campaign.id)).toEqual([1])
})

test('a moment still to come is waited for; whom the audience leaves out waits for nothing', () => {
  const when = [{ kind: 'seconds', seconds: 5 }]
  const waits = campaign(1, 'modal', { trigger: { when } })
  const others = campaign(2, 'modal', { trigger: { when }, audience: 9 })
  const { decided, later } = choose([waits, others], by(), () => 'drawn')
  expect(decided).toEqual([])
  expect(later.map((one) => one.campaign.id)).toEqual([1])
  // The moment of one has come, which says nothing of the other.
  expect(chosen([waits], by({ fired: 1 }))).toEqual([[1, 'treatment']])
  expect(chosen([waits], by({ fired: 2 }))).toEqual([])
})
