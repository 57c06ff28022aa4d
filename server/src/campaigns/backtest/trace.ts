import { reasonLine } from '../../messages/reason-line.ts'
import type { Flow } from '../campaign.ts'
import { placesOf } from '../flow-map.ts'
import { notEnteredLines } from '../not-entered.ts'
import type { NotEnteredOf } from '../person-turn.ts'
import { endReasonLine } from '../reasons.ts'
import type { SimulatedDecision } from '../simulate-door.ts'
import type { WaysChange } from '../simulate-state.ts'
import type { Step } from '../steps/table.ts'
import type { Said } from './backtest.ts'

/** One moment on a person's way; `step` is the id of the flow's step, null outside all. */
export type Traced = Said & {
  readonly at: number
  readonly step: number | null
  /** What it lasts until, UTC ms; null where it lasts for no set time. */
  readonly until: number | null
  /** The event that let them in; null for everything else. */
  readonly event: string | null
}

/** Moments kept of one person. */
const traceLimit = 200

/** Writes down a person's way through a flow, in sentences. */
export function tracing(flow: Flow) {
  const told: Traced[] = []
  const heard = new Map<string, string>()
  const ends = new Set<Traced>()
  const tell = (one: Omit<Traced, 'event'> & { readonly event?: string }): Traced => {
    const whole = { ...one, event: one.event ?? null }
    if (told.length < traceLimit) told.push(whole)
    return whole
  }
  return {
    onWays: ({ at, before, after }: WaysChange): void => {
      const known = new Map(before.map((way) => [way.id, way.enrolment]))
      for (const { id, enrolment } of after) {
        const was = known.get(id)
        if (!was) tell({ at: enrolment.enteredAt, step: null, until: null, ...entered(flow) })
        const { step, due } = enrolment
        if (enrolment.endReason && !was?.endReason) {
          const line = endReasonLine(enrolment.endReason)
          const end = { at: enrolment.endedAt ?? at, step, until: null, ...line }
          ends.add(tell(end))
        } else if (due !== null && due !== was?.due)
          tell({ at, step, until: due, ...waits(placesOf(flow).get(step)?.step) })
      }
    },
    onDecision: (decision: SimulatedDecision): void => {
      const { enrolment, step, visit, state, reason, until } = decision
      const cause = `${enrolment}:${step}:${visit}`
      const news = `${state}/${reason}/${until}`
      if (heard.get(cause) === news) return
      heard.set(cause, news)
      // A message queued for at once is told when it is sent.
      if (state === 'queued' && until === null) return
      const at = decision.sentAt ?? decision.at
      const { ko, en } = reasonLine(reason)
      tell({ at, step, until: state === 'queued' ? until : null, ko, en })
    },
    onNotEntered: ({ at, why }: NotEnteredOf): void => {
      tell({ at, step: null, until: null, ...notEnteredLines[why] })
    },
    // Of one moment the message comes before the end of the way that it was the last of.
    trace: (): readonly Traced[] =>
      told.toSorted((a, b) => a.at - b.at || Number(ends.has(a)) - Number(ends.has(b))),
  }
}

function entered({ trigger }: Flow): Said & { readonly event?: string } {
  switch (trigger.kind) {
    case 'event':
      return { ko: '캠페인에 들어왔어요.', en: 'Entered the campaign.', event: trigger.event }
    case 'segment':
      return trigger.on === 'entered'
        ? { ko: '세그먼트에 들어와서 캠페인에 들어왔어요.', en: 'Entered with the segment.' }
        : { ko: '세그먼트에서 나가서 캠페인에 들어왔어요.', en: 'Entered by leaving the segment.' }
    case 'page':
      return { ko: '페이지를 보다가 캠페인에 들어왔어요.', en: 'Entered on a page.' }
    case 'schedule':
      return { ko: '정해 둔 시각이 되어 들어왔어요.', en: 'Entered at the time that was set.' }
    case 'anniversary':
      return { ko: '기념일이 돌아와서 들어왔어요.', en: 'Entered as the date came round.' }
    case 'api':
      return { ko: '상점 서버가 불러서 들어왔어요.', en: "Entered by the shop's server." }
  }
}

function waits(step: Step | undefined): Said {
  return step?.kind === 'wait_for'
    ? { ko: '정해 둔 행동을 기다려요.', en: 'Waits for what is set.' }
    : { ko: '기다려요.', en: 'Waits.' }
}
