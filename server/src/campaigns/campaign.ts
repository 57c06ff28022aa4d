import { z } from 'zod'
import { deeperThan } from '../lib/json.ts'
import { Nature } from '../messages/content.ts'
import { SendingHours } from '../messages/sending-hours.ts'
import { Filter } from '../segments/filter.ts'
import { Condition } from './conditions.ts'
import { goalMetrics } from './goal-metric.ts'
import { answersLength } from './kept-answers.ts'
import { Step } from './steps/table.ts'
import { EventName, SegmentRef, Trigger } from './trigger.ts'
import { WatchOrName } from './watch.ts'

/** Bounds of one campaign. */
export const campaignLimits = {
  steps: 200,
  nameLength: 100,
  restartEvents: 20,
  exitEvents: 20,
  goalWindowHours: 90 * 24,
  reentryDays: 400,
  /** A person takes at most this many steps at one moment; loops must pass a wait. */
  stepsAtOnce: 200,
  /** How many steps may stand inside one another. */
  depth: 8,
  /** How deep a flow's JSON may nest, tests of branches included, before anything looks inside. */
  jsonDepth: 60,
  answersLength,
  /** A trigger that reaches us later than this after it happened starts nothing any more. */
  triggerAgeHours: 24,
} as const

const FlowObject = z.strictObject({
  format: z.literal(1).default(1),
  trigger: Trigger,
  /** Only members of this segment at the moment of the trigger. */
  audience: SegmentRef.optional(),
  /** Events that begin the current wait anew. */
  restartOn: z.array(EventName).max(campaignLimits.restartEvents).default([]),
  /** What after the entry ends the flow for the person, beside the goal, which always does. */
  exits: z.array(WatchOrName).max(campaignLimits.exitEvents).default([]),
  conditions: z.array(Condition).max(10).default([]),
  steps: z.array(Step).max(campaignLimits.steps),
  goal: z.strictObject({
    event: EventName,
    filter: Filter.optional(),
    /** What the campaign is judged by; absent: what the event suggests (goal-metric.ts). */
    metric: z.enum(goalMetrics).optional(),
    /** Counted from the decision to send, sent or held out alike. */
    windowHours: z.number().min(1).max(campaignLimits.goalWindowHours),
  }),
  /** 0 to 0.9: the share that is deliberately not messaged, so that the effect can be known. */
  holdoutShare: z.number().min(0).max(0.9).default(0.1),
  /** More are held out until so many people were (or would have been) messaged; `holdoutShare` from then on. */
  learning: z
    .strictObject({
      share: z.number().min(0.3).max(0.5),
      people: z.number().int().min(40).max(10_000_000),
    })
    .optional(),
  /**
   * A person may enter again this long after the last decision to message them (or to hold them out); null: who ever entered
   * never enters again.
   */
  reentry: z
    .strictObject({ afterDays: z.number().min(0).max(campaignLimits.reentryDays).nullable() })
    .default({ afterDays: 7 }),
  precedence: z
    .strictObject({ class: z.string().min(1).max(50), weight: z.number().int().min(0).max(1_000) })
    .default({ class: 'journey', weight: 0 }),
  nature: Nature.default({ purpose: 'advertising' }),
  /** Messages wait for these hours by the shop's clocks; absent: at any hour the law allows. */
  hours: SendingHours.optional(),
  /** At most so many messages of the campaign leave in an hour; null: as many as its providers take. */
  perHour: z.number().int().min(1).max(1_000_000).nullable().default(null),
})

/** NUL, or half a character, as JSON.stringify writes it. */
const unreadable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

/** Pasted texts may end in half an emoji: PostgreSQL reads no JSON that holds such, so the calendar would open for nobody. */
function wellFormed(input: unknown): unknown {
  const text = JSON.stringify(input) ?? ''
  if (!unreadable.test(text)) return input
  const whole = (_: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : value
  return JSON.parse(text, whole)
}

/** What a campaign does, as data. Steps run in order, down the paths inside them; a person begins at the first. */
export const Flow = z.preprocess((input, context) => {
  if (!deeperThan(input, campaignLimits.jsonDepth)) return wellFormed(input)
  const message = `Steps stand inside one another at most ${campaignLimits.depth} deep.`
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}, FlowObject)
export type Flow = z.infer<typeof Flow>

export const CampaignName = z.string().trim().min(1).max(campaignLimits.nameLength)
export const campaignStates = ['draft', 'live', 'paused', 'draining', 'stopped'] as const
export type CampaignState = (typeof campaignStates)[number]
