import type { MessageChannel } from '../../messages/intent.ts'
import type { Flow } from '../campaign.ts'
import { stepsOf } from '../flow-map.ts'
import { segmentsUsed } from '../segments-used.ts'
import { chainOf } from '../steps/message.ts'
import { crossingEvents, eventOfTrigger } from '../trigger.ts'
import type { Watch } from '../watch.ts'

/** What a replay must know of people for these flows. */
export type ReplayNeeds = {
  /** Happenings that flows hear, and those that fill carts; everything else stays in history. */
  readonly names: readonly string[]
  readonly segments: readonly number[]
  readonly channels: readonly MessageChannel[]
  readonly pools: readonly number[]
  /** A split learns its shares, which nobody knows of then. */
  readonly learns: boolean
  /** A webhook's answer decides something, and nobody answers. */
  readonly calls: boolean
}

/** What memory.ts folds. */
const rememberedNames = ['Product Added', 'Product Removed', 'Cart Viewed', 'Order Completed']

/** What to read for one flow, or for two that are compared. */
export function needsOf(flows: readonly Flow[]): ReplayNeeds {
  const steps = flows.flatMap(stepsOf)
  const names = [
    ...rememberedNames,
    ...flows.flatMap((flow) => [
      eventOfTrigger(flow.trigger),
      flow.goal.event,
      ...flow.restartOn,
      ...flow.exits.map(nameOfWatch),
    ]),
    ...steps.flatMap((step) => (step.kind === 'wait_for' ? nameOfWatch(step.watch) : [])),
  ]
  const contents = steps.flatMap((step) => {
    if (step.kind === 'webhook') return [step.content.channel]
    return step.kind === 'message' ? chainOf(step).map(({ content }) => content.channel) : []
  })
  const pools = steps.flatMap((step) => {
    if (step.kind === 'coupon') return step.pool
    return step.kind === 'message' ? (step.coupon ?? []) : []
  })
  return {
    names: [...new Set(names)].sort(),
    segments: [...new Set(flows.flatMap(segmentsUsed))],
    channels: [...new Set(contents)],
    pools: [...new Set(pools)],
    learns: steps.some((step) => step.kind === 'split' && step.mode === 'adaptive'),
    calls: steps.some((step) => step.kind === 'webhook'),
  }
}

function nameOfWatch(watch: Watch): string {
  return watch.kind === 'event' ? watch.event : crossingEvents[watch.on]
}
