import type { CustomerId } from '../../lib/brand.ts'
import { advance } from '../advance.ts'
import type { Enrolment, Notes } from '../enrolment.ts'
import type { LiveCampaign } from '../entry.ts'
import type { Facts } from '../facts.ts'
import { placesOf } from '../flow-map.ts'
import type { MessageStep } from '../steps/message.ts'

/** The message a visitor comes to first, and the arms drawn on the way. */
export type FirstMessage = {
  readonly step: MessageStep
  readonly arms: NonNullable<Notes['arms']>
}

/**
 * Walks a flow from its beginning with the engine itself, as far as its first message; undefined where the way ends before one
 * that stands on a page. `now`: UTC ms.
 */
export function firstMessage(
  { id, version, flow }: LiveCampaign,
  facts: Facts,
  now: number,
): FirstMessage | undefined {
  const before: Enrolment = {
    campaign: id,
    version,
    customer: 0 as CustomerId,
    entryKey: '',
    cause: '',
    state: 'active',
    step: 0,
    visit: 0,
    generation: 0,
    due: null,
    awaiting: false,
    enteredAt: now,
    since: now,
    endedAt: null,
    endReason: null,
    entry: { kind: 'page', value: '' },
    notes: {},
  }
  const { enrolment, effects } = advance(flow, {
    enrolment: before,
    input: { kind: 'entered' },
    facts,
    now,
  })
  const asked = effects.findLast((effect) => effect.kind === 'ask')
  if (asked?.act.kind !== 'send' || !enrolment.awaiting) return undefined
  const step = placesOf(flow).get(enrolment.step)?.step
  if (step?.kind !== 'message' || step.content.channel !== 'onsite') return undefined
  return { step, arms: enrolment.notes.arms ?? {} }
}
