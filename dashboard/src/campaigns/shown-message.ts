import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { chainOf } from '../../../server/src/campaigns/steps/message.ts'
import { Step } from '../../../server/src/campaigns/steps/table.ts'
import { Trigger } from '../../../server/src/campaigns/trigger.ts'
import { type StepOf, stepAt } from './flow-edit.ts'

/** A message step as it is looked at: one content of its chain, standing alone. */
export type ShownMessage = StepOf<'message'>

/** What a step shows its reader: the content of its chain at `link`, or the call of a webhook step. */
function messageIn(step: Step | undefined, link: number): ShownMessage | undefined {
  if (step?.kind === 'webhook') {
    const { id, content } = step
    return { kind: 'message', id, content, cartUrl: '/cart', deliveryMinutes: 30 }
  }
  if (step?.kind !== 'message') return undefined
  const { fallbacks: _, ...alone } = step
  return { ...alone, content: (chainOf(step)[link] ?? step).content }
}

/** The message that stands open, else the first of the flow. */
export function shownMessage(
  flow: Flow,
  open: { readonly step: number | undefined; readonly link: number },
): ShownMessage | undefined {
  return messageIn(stepAt(flow, open.step), open.link) ?? firstMessage(flow)
}

/** The first message of a flow. */
export function firstMessage(flow: Flow): ShownMessage | undefined {
  return messageIn(
    stepsOf(flow).find(({ kind }) => kind === 'message' || kind === 'webhook'),
    0,
  )
}

const lookedAt: ReadonlySet<Step['kind']> = new Set([
  'message',
  'webhook',
  'coupon',
  'list',
  'wait_until',
])

/** The steps of a flow that the server looks at one by one, as far as they are filled in. */
export function lookedAtSteps(flow: Flow): readonly Step[] {
  return stepsOf(flow).filter((step) => lookedAt.has(step.kind) && Step.safeParse(step).success)
}

/** Whether the server would draw it: of one that is not filled in, such as a call without an address, it knows no more than we. */
export function isDrawable(message: ShownMessage | undefined): boolean {
  return Step.safeParse(message).success
}

/** A flow of these steps alone: blanks elsewhere do not keep a message from being drawn. */
export function flowOfMessages(flow: Flow, steps: readonly Step[]): Flow {
  const { audience: _, ...rest } = flow
  const trigger = Trigger.safeParse(flow.trigger)
  return {
    ...rest,
    trigger: trigger.success ? trigger.data : { kind: 'api' },
    restartOn: [],
    exits: [],
    conditions: [],
    goal: { event: 'Order Completed', windowHours: 72 },
    steps: [...steps],
  }
}

/** A flow to draw one message of, with the steps that give the coupon which it speaks of. */
export function flowOfMessage(flow: Flow, message: ShownMessage): Flow {
  const giving = lookedAtSteps(flow).filter(({ kind }) => kind === 'coupon')
  return flowOfMessages(flow, [...giving, message])
}
