import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import type { PersonTest } from '../../../server/src/campaigns/person-test.ts'
import { busyPages } from '../../../server/src/campaigns/playbooks/page-parts.ts'
import type { Step } from '../../../server/src/campaigns/steps/table.ts'
import type { Trigger, TriggerKind } from '../../../server/src/campaigns/trigger.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import type { StepOf } from './flow-edit.ts'
import { begunOnsite } from './onsite/starts.ts'

const text = words({
  path: { ko: '5만 원 이상 담은 고객', en: 'Cart of 50,000 or more' },
  greeting: {
    ko: '{{ customer.name | nim }}, 담아두신 상품이 기다리고 있어요',
    en: '{{ customer.name | nim }}, your cart is waiting',
  },
  button: { ko: '장바구니 보기', en: 'To my cart' },
})

/** What a new step may lean on: the flow it comes into and what the shop has. 0 is what is still to be chosen. */
export type Surroundings = {
  readonly flow: Flow
  readonly language: Language
  readonly list?: number | undefined
  readonly pool?: number | undefined
}

/** A step of a kind as it begins: sensible where it can be, blank where only the marketer knows. */
export function begunStep(kind: Step['kind'], id: number, around: Surroundings): Step {
  const said = inLanguage(text, around.language)
  switch (kind) {
    case 'wait':
      return { kind, id, minutes: 1_440 }
    case 'wait_until':
      return { kind, id, until: { kind: 'time', time: '10:00', zone: 'shop' } }
    case 'wait_for':
      return {
        kind,
        id,
        watch: { kind: 'event', event: 'Message Clicked' },
        minutes: 1_440,
        happened: [],
        timedOut: [],
      }
    case 'branch':
      return {
        kind,
        id,
        paths: [{ id: 'a', name: said.path, when: begunTest('cart'), steps: [] }],
        otherwise: [],
      }
    case 'split':
      return {
        kind,
        id,
        mode: 'fixed',
        floor: 0.3,
        arms: ['a', 'b'].map((arm) => ({
          id: arm,
          name: arm.toUpperCase(),
          share: 50,
          steps: [],
        })),
      }
    case 'message':
      return begunMessage(id, around)
    case 'coupon':
      return { kind, id, pool: around.pool ?? 0 }
    case 'set_trait':
      return { kind, id, trait: '', value: true }
    case 'list':
      return { kind, id, list: around.list ?? 0, does: 'add' }
    case 'webhook':
      return {
        kind,
        id,
        content: { channel: 'webhook', url: '', fields: [] },
        answerMinutes: 10,
      }
    case 'goto':
      return { kind, id, to: stepsOf(around.flow)[0]?.id ?? id }
    case 'exit':
      return { kind, id }
  }
}

/** A message like the one before it would be; the first of a campaign on pages stands there too, else a mail to begin with. */
function begunMessage(id: number, { flow, language }: Surroundings): StepOf<'message'> {
  const said = inLanguage(text, language)
  const before = stepsOf(flow).findLast(
    (step): step is StepOf<'message'> => step.kind === 'message',
  )
  const usual = {
    kind: 'message',
    id,
    cartUrl: before?.cartUrl ?? '/cart',
    deliveryMinutes: 30,
  } as const
  // What begins with products has no end.
  if (flow.trigger.kind === 'page' && !before)
    return { ...usual, content: begunOnsite('first', { language, end: 0 }) }
  return {
    ...usual,
    content: {
      channel: 'email',
      subject: said.greeting,
      preheader: '',
      body: {
        kind: 'blocks',
        blocks: [
          { kind: 'heading', text: said.greeting },
          { kind: 'products', list: 'cart.items', limit: 3 },
          { kind: 'button', label: said.button, url: '{{ cart.url }}' },
        ],
      },
    },
  }
}

/** A question about a person to begin with. */
export function begunTest(kind: PersonTest['kind']): PersonTest {
  const text = { type: 'text', op: 'contains', value: '', fold: true } as const
  switch (kind) {
    case 'segment':
      return { kind, segment: 0 }
    case 'trait':
      return { kind, path: '', is: { type: 'text', op: 'exists' } }
    case 'trigger':
      return { kind, filter: { kind: 'property', path: 'name', is: text } }
    case 'answer':
      return { kind, step: 0, path: '', is: { type: 'any', op: 'exists' } }
    default:
      return {
        kind: 'cart',
        value: { type: 'number', op: 'is', than: { op: '>=', value: 50_000 } },
      }
  }
}

/** Another way in; the kinds begin blank where only the marketer knows. `today`: `2026-11-22`. */
export function begunTrigger(kind: TriggerKind, today: string): Trigger {
  switch (kind) {
    case 'event':
      return { kind, event: 'Product Added', key: 'person' }
    case 'segment':
      return { kind, segment: 0, on: 'entered' }
    case 'schedule':
      return { kind, schedule: { kind: 'once', at: `${today}T10:00`, zone: 'shop' } }
    case 'anniversary':
      return { kind, trait: 'birthday', offsetDays: 0, time: '10:00' }
    case 'api':
      return { kind }
    case 'page':
      return {
        kind,
        only: [],
        // Who signs in, joins or pays is not disturbed unless the marketer says so.
        never: [...busyPages],
        visitor: 'all',
        fromView: 1,
        when: [{ kind: 'now' }],
        often: 'visit',
      }
  }
}
