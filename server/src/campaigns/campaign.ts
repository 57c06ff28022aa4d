import { z } from 'zod'
import { Nature } from '../messages/content.ts'
import { Filter } from '../segments/filter.ts'
import { Condition } from './conditions.ts'
import { Step } from './steps/table.ts'

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
  /** A trigger that reaches us later than this after it happened starts nothing any more. */
  triggerAgeHours: 24,
} as const

const EventName = z.string().trim().min(1).max(200)

/** What lets a person in. `key`: one open enrolment a person, or one for each cart or product of theirs. */
export const Trigger = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('event'),
    event: EventName,
    filter: Filter.optional(),
    key: z.enum(['person', 'cart', 'product']).default('person'),
  }),
])
export type Trigger = z.infer<typeof Trigger>

/** What a campaign does, as data. Steps run in order; a person begins at the first. */
export const Flow = z.strictObject({
  format: z.literal(1).default(1),
  trigger: Trigger,
  /** Only members of this segment at the moment of the trigger. */
  audience: z.number().int().positive().optional(),
  /** Events that begin the current wait anew. */
  restartOn: z.array(EventName).max(campaignLimits.restartEvents).default([]),
  /** Events after the entry that end the flow for the person. */
  exits: z.array(EventName).max(campaignLimits.exitEvents).default([]),
  conditions: z.array(Condition).max(10).default([]),
  steps: z.array(Step).max(campaignLimits.steps),
  goal: z.strictObject({
    event: EventName,
    /** Counted from the decision to send, sent or held out alike. */
    windowHours: z.number().min(1).max(campaignLimits.goalWindowHours),
  }),
  /** 0 to 0.9: the share that is deliberately not messaged, so that the effect can be known. */
  holdoutShare: z.number().min(0).max(0.9).default(0.1),
  /** A person may enter again this long after the last decision to message them (or to hold them out). */
  reentry: z
    .strictObject({ afterDays: z.number().min(0).max(campaignLimits.reentryDays) })
    .default({
      afterDays: 7,
    }),
  precedence: z
    .strictObject({ class: z.string().min(1).max(50), weight: z.number().int().min(0).max(1_000) })
    .default({ class: 'journey', weight: 0 }),
  nature: Nature.default({ purpose: 'advertising' }),
})
export type Flow = z.infer<typeof Flow>

export const CampaignName = z.string().trim().min(1).max(campaignLimits.nameLength)
export const campaignStates = ['draft', 'live', 'paused', 'stopped'] as const
export type CampaignState = (typeof campaignStates)[number]

/** One reason why a flow cannot go live: where (a path in the flow) and what to do about it. */
export type Problem = {
  readonly code:
    | 'no_steps'
    | 'no_message'
    | 'repeated_step_id'
    | 'step_after_exit'
    | 'exit_is_trigger'
    | 'no_goal_exit'
    | 'key_without_cart'
  readonly field: string
  readonly message: string
}

/** Everything that keeps the flow from going live; empty when nothing does. */
export function validate(flow: Flow): readonly Problem[] {
  return [...structureProblems(flow), ...eventProblems(flow)]
}

function structureProblems({ steps }: Flow): readonly Problem[] {
  if (steps.length === 0)
    return [{ code: 'no_steps', field: 'steps', message: 'The campaign has no steps yet.' }]
  const problems: Problem[] = []
  if (!steps.some((step) => step.kind === 'message'))
    problems.push({ code: 'no_message', field: 'steps', message: 'No step sends a message.' })
  const seen = new Set<number>()
  for (const [at, step] of steps.entries()) {
    if (seen.has(step.id))
      problems.push({
        code: 'repeated_step_id',
        field: `steps.${at}.id`,
        message: `Two steps have the id ${step.id}.`,
      })
    seen.add(step.id)
    if (at > 0 && steps[at - 1]?.kind === 'exit')
      problems.push({
        code: 'step_after_exit',
        field: `steps.${at}`,
        message: 'Nobody reaches this step: the one before it ends the flow.',
      })
  }
  return problems
}

function eventProblems(flow: Flow): readonly Problem[] {
  const problems: Problem[] = []
  if (flow.exits.includes(flow.trigger.event))
    problems.push({
      code: 'exit_is_trigger',
      field: 'exits',
      message: `${flow.trigger.event} lets people in and out at once.`,
    })
  if (!flow.exits.includes(flow.goal.event))
    problems.push({
      code: 'no_goal_exit',
      field: 'exits',
      message: `People who already did ${flow.goal.event} would still be messaged: make it an exit.`,
    })
  const speaksOfCart = flow.conditions.some((condition) => condition !== 'no_order_since_entry')
  if (speaksOfCart && flow.trigger.key === 'product')
    problems.push({
      code: 'key_without_cart',
      field: 'trigger.key',
      message: 'A condition on the cart needs one enrolment a person or a cart, not a product.',
    })
  return problems
}
