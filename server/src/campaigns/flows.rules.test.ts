import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventOf } from '../events/sample.ts'
import type { CampaignId } from '../lib/brand.ts'
import { dayMs, minuteMs } from '../lib/duration.ts'
import { type Random, seededRandom } from '../lib/random.ts'
import { type Advanced, advance, type Input } from './advance.ts'
import { Flow } from './campaign.ts'
import type { Enrolment } from './enrolment.ts'
import { consider } from './entry.ts'
import type { Facts } from './facts.ts'
import { stepsOf } from './flow-map.ts'
import { validate } from './flow-problems.ts'
import { noMemory } from './memory.ts'
import type { Answer } from './steps/act.ts'

const start = Date.UTC(2026, 1, 27, 14)
const sms = (text: string) => ({ channel: 'sms', text })

/** A flow by chance: every kind of step, three deep, with steps that lead back. */
function anyFlow(random: Random): Flow | undefined {
  let id = 0
  const path = (depth: number): object[] =>
    Array.from({ length: random.integer(depth === 0 ? 5 : 3) + (depth === 0 ? 1 : 0) }, () =>
      step(depth),
    )
  const step = (depth: number): object => {
    id += 1
    const own = { id }
    const segment = 1 + random.integer(3)
    switch (random.integer(depth < 3 ? 13 : 9)) {
      case 0:
        return { kind: 'wait', ...own, minutes: random.pick([0, 1, 60, 3 * 24 * 60]) }
      case 1:
        return { kind: 'wait_until', ...own, until: anyMoment(random) }
      case 2:
        return { kind: 'coupon', ...own, pool: 1 }
      case 3:
        return { kind: 'set_trait', ...own, trait: 'a.b', value: random.pick([null, 'x', 3]) }
      case 4:
        return { kind: 'list', ...own, list: 1, does: random.pick(['add', 'remove']) }
      case 5:
        return { kind: 'webhook', ...own, content: { channel: 'webhook', url: 'https://a.kr/b' } }
      case 6:
        return random.chance(0.5)
          ? { kind: 'goto', ...own, to: 1 + random.integer(Math.max(1, id)) }
          : { kind: 'exit', ...own }
      case 7:
      case 8:
        return {
          kind: 'message',
          ...own,
          content: sms('안녕하세요'),
          ...(random.chance(0.5)
            ? { fallbacks: [{ content: sms('둘째') }, { content: sms('셋째') }] }
            : {}),
        }
      case 9:
        return {
          kind: 'branch',
          ...own,
          paths: [
            { id: 'a', name: 'a', when: { kind: 'segment', segment }, steps: path(depth + 1) },
          ],
          otherwise: path(depth + 1),
        }
      case 10:
        return {
          kind: 'split',
          ...own,
          mode: random.pick(['fixed', 'adaptive']),
          arms: ['a', 'b', 'c'].map((arm) => ({
            id: arm,
            name: arm,
            share: random.integer(3),
            steps: path(depth + 1),
          })),
        }
      default:
        return {
          kind: 'wait_for',
          ...own,
          watch: random.chance(0.5)
            ? { kind: 'event', event: 'Product Viewed' }
            : { kind: 'segment', segment },
          minutes: random.pick([1, 60, 24 * 60]),
          happened: path(depth + 1),
          timedOut: path(depth + 1),
        }
    }
  }
  const parsed = Flow.safeParse({
    trigger: { kind: 'event', event: 'Product Added' },
    restartOn: ['Product Added'],
    exits: [{ kind: 'segment', segment: 9 }],
    steps: path(0),
    goal: { event: 'Order Completed', windowHours: 72 },
  })
  return parsed.success && runnable(parsed.data) ? parsed.data : undefined
}

function anyMoment(random: Random): object {
  const time = random.pick(['00:00', '10:00', '23:59'])
  switch (random.integer(4)) {
    case 0:
      return { kind: 'time', time, weekdays: [1 + random.integer(7)] }
    case 1:
      return { kind: 'date', date: random.pick(['2026-02-27', '2026-02-28', '2026-03-31']), time }
    case 2:
      return { kind: 'trait', path: 'birthday', offsetDays: random.integer(9) - 4, time }
    default:
      return { kind: 'trigger', path: 'starts', time, zone: 'customer' }
  }
}

/** May go live, but for what it says or does not say. */
function runnable(flow: Flow): boolean {
  const harmless = new Set(['no_message', 'step_after_exit', 'empty_branch'])
  return validate(flow).every(({ code }) => harmless.has(code))
}

type Told = { readonly advanced: Advanced; readonly input: Input; readonly now: number }

/** One person's story in the flow, by chance; timers ring when they are due. */
function play(seed: string, flow: Flow, rounds: number): readonly Told[] {
  const random = seededRandom(`story ${seed}`)
  const members = new Set([1, 2, 3].filter(() => random.chance(0.5)))
  const facts: Facts = {
    cart: undefined,
    lastOrderAt: null,
    sellable: () => true,
    paused: false,
    isMember: (segment) => members.has(segment),
    traits: { birthday: '2026-03-02', timezone: 'America/New_York' },
    assignmentKey: `k${seed}`,
    zones: { shop: 'Asia/Seoul', customer: 'America/New_York' },
    sharesOf: () => undefined,
    armBefore: () => undefined,
  }
  const trigger = eventOf({
    name: 'Product Added',
    at: start,
    position: 1,
    customer: 1,
    properties: { starts: '2026-03-08T02:30:00Z' },
  })
  const campaign = { id: 7 as CampaignId, version: 1, flow }
  const known = { isMember: () => true, memory: noMemory, open: () => false, now: start }
  const considered = consider(campaign, trigger, known)
  if (considered.kind === 'not') throw new Error(considered.why)
  let now = start
  let messages = 0
  let last: Enrolment = considered.enrolment
  const told: Told[] = []
  const tell = (input: Input) => {
    const advanced = advance(flow, { enrolment: last, input, facts, now })
    last = advanced.enrolment
    told.push({ advanced, input, now })
  }
  tell({ kind: 'entered' })
  for (let round = 0; round < rounds && last.state === 'active'; round++) {
    if (last.awaiting && random.chance(0.8)) {
      messages += 1
      tell({ kind: 'answered', step: last.step, answer: anyAnswer(random, now, messages) })
    } else if (last.due !== null && random.chance(0.6)) {
      now = Math.max(now, last.due)
      tell({ kind: 'timer', generation: last.generation })
    } else {
      now += random.integer(90) * minuteMs
      tell({ kind: 'happening', happening: anyHappening(random, last, now) })
    }
  }
  return told
}

function anyAnswer(random: Random, now: number, message: number): Answer {
  const outcome = random.pick(['queued', 'refused', 'held_out', 'done'] as const)
  const reason = outcome === 'refused' ? random.pick(['no_contact', 'frequency_day']) : ''
  const until = random.chance(0.2) ? now + 8 * 60 * minuteMs : undefined
  return { outcome, reason, until, coupon: random.chance(0.5) ? 5 : undefined, message }
}

function anyHappening(random: Random, on: Enrolment, at: number) {
  const asked = { campaign_id: on.campaign, step: on.step, reason: 'no_consent', answer: { a: 1 } }
  const message = on.notes.called?.message ?? on.notes.link?.message ?? 1
  const [name, kind, properties] = random.pick([
    ['Product Viewed', 'event', {}],
    ['Product Added', 'event', {}],
    ['Entered Segment', 'derived', { segment_id: 1 + random.integer(9) }],
    ...(
      [
        'Message Sent',
        'Message Delivered',
        'Message Failed',
        'Message Unconfirmed',
        'Message Refused',
      ] as const
    ).map((one) => [one, 'receipt', { ...asked, message_id: message }] as const),
    ...(random.chance(0.1) ? ([['Order Completed', 'event', {}]] as const) : []),
  ] as const)
  const told = { name, at, position: 2, customer: 1, properties }
  return { ...eventOf(told), kind }
}

const seeds = fc.integer({ min: 0, max: 1_000_000 })
const runs = { numRuns: 400, seed: 5 } as const

test('whatever a flow is made of and whatever happens, a person is always on one way and nowhere stuck', () => {
  let walked = 0
  fc.assert(
    fc.property(seeds, (seed) => {
      const flow = anyFlow(seededRandom(`flow ${seed}`))
      if (!flow) return
      const ids = new Set(stepsOf(flow).map((step) => step.id))
      let before = { visit: 0, generation: 0 }
      for (const { advanced, now } of play(String(seed), flow, 60)) {
        const { enrolment, effects } = advanced
        walked += 1
        expect(enrolment.visit).toBeGreaterThanOrEqual(before.visit)
        expect(enrolment.generation).toBeGreaterThanOrEqual(before.generation)
        before = enrolment
        // Timers that were set on the way are void by their generation: only the last may ring.
        const waits = effects.filter((effect) => effect.kind === 'wait')
        expect(waits.length).toBeLessThanOrEqual(1)
        expect(effects.filter((effect) => effect.kind === 'ask').length).toBeLessThanOrEqual(1)
        if (enrolment.state === 'active') {
          expect(ids.has(enrolment.step)).toBe(true)
          // Waiting for time or for an answer, never for both and never for nothing.
          expect(enrolment.due === null).toBe(enrolment.awaiting)
          if (enrolment.due !== null) expect(enrolment.due).toBeLessThan(now + 800 * dayMs)
        } else {
          expect(enrolment).toMatchObject({ due: null, awaiting: false })
          expect(enrolment.endReason).not.toBeNull()
          expect(enrolment.endReason).not.toBe('too_many_steps')
          expect(effects.at(-1)).toMatchObject({ kind: 'end' })
        }
      }
    }),
    runs,
  )
  expect(walked).toBeGreaterThan(2_000)
})

test('each message and act has a name of its own, and a step that leads back is a new visit', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const flow = anyFlow(seededRandom(`flow ${seed}`))
      if (!flow) return
      const names = play(String(seed), flow, 60).flatMap(({ advanced }) =>
        advanced.effects.flatMap((one) => (one.kind === 'ask' ? [`${one.step}:${one.visit}`] : [])),
      )
      expect(new Set(names).size).toBe(names.length)
    }),
    runs,
  )
})

test('a flow that never leads back comes to its end once every timer rang and every answer came', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const flow = anyFlow(seededRandom(`flow ${seed}`))
      if (!flow || stepsOf(flow).some((step) => step.kind === 'goto')) return
      const last = play(String(seed), flow, 2_000).at(-1)
      expect(last?.advanced.enrolment.state).not.toBe('active')
    }),
    runs,
  )
})

test('the same story gives the same effects', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const flow = anyFlow(seededRandom(`flow ${seed}`))
      if (!flow) return
      expect(play(String(seed), flow, 40)).toEqual(play(String(seed), flow, 40))
    }),
    { ...runs, numRuns: 100 },
  )
})
