import { expect, test } from 'vitest'
import { eventOf } from '../events/sample.ts'
import type { CampaignId, CustomerId } from '../lib/brand.ts'
import { Flow } from './campaign.ts'
import { mergeMemories, noMemory } from './memory.ts'
import { personTurn } from './person-turn.ts'
import { calledEvent } from './trigger.ts'

const now = Date.UTC(2026, 2, 2, 1)
const flow = Flow.parse({
  trigger: { kind: 'schedule', schedule: { kind: 'once', at: now } },
  steps: [{ kind: 'exit', id: 1 }],
  goal: { event: 'Order Completed', windowHours: 72 },
  reentry: { afterDays: 0 },
})
const live = { id: 7 as CampaignId, version: 1, flow }

function person(customer: number, memory = noMemory) {
  const turn = personTurn(
    {
      entering: new Map([[calledEvent, [live]]]),
      flowOf: () => ({ flow, paused: false }),
      sellable: () => true,
      isMember: () => false,
      timeZone: 'Asia/Seoul',
      goalOf: () => flow.goal,
      sharesOf: () => undefined,
    },
    { customer: customer as CustomerId, traits: {}, assignmentKey: 'k', memory, ways: [] },
  )
  return {
    turn,
    called: (run: number, position: number) => {
      const properties = { campaign_id: 7, run }
      const told = eventOf({ name: calledEvent, at: now, position, customer, properties })
      turn.apply({ ...told, kind: 'derived' }, now)
      return turn.ways().length
    },
  }
}

test('who was called by a run and is then merged into somebody whom it calls later enters once', () => {
  const visitor = person(1)
  expect(visitor.called(5, 10)).toBe(1)
  const merged = mergeMemories(person(2).turn.memory(now), visitor.turn.memory(now))
  const member = person(2, merged)
  expect(member.called(5, 11)).toBe(0)
  expect(member.called(6, 12)).toBe(1)
  // Of each campaign only the newest run is remembered.
  expect(member.turn.memory(now).entered).toEqual(['7', '7:run:6'])
})
