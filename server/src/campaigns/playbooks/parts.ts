import type { PoolDraft } from '../../coupons/pool-draft.ts'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import type { Made } from './playbook.ts'

const dayMinutes = dayMs / minuteMs

/** A step that waits so many days. */
export function waitDays(id: number, days: number) {
  return { kind: 'wait', id, minutes: days * dayMinutes } as const
}

/** A step that waits so many minutes. */
export function waitMinutes(id: number, minutes: number) {
  return { kind: 'wait', id, minutes } as const
}

/** A step that waits for the morning, when people read. */
export function untilMorning(id: number) {
  return { kind: 'wait_until', id, until: { kind: 'time', time: '10:00', zone: 'shop' } } as const
}

/** A step that waits until the morning of a day (`2026-12-24`) in the shop's zone; a day that is over keeps nobody. */
export function untilDay(id: number, date: string) {
  const until = { kind: 'date', date, time: '10:00', zone: 'shop' } as const
  return { kind: 'wait_until', id, until } as const
}

/**
 * How long after one advertisement the next may leave: a person gets at most one in 24 hours, counted from when it left, so the
 * next is half an hour later than that.
 */
export const nextDayMinutes = dayMinutes + 30

/** The condition to be in a segment of the playbook, or not to be; none where it was not made. */
export function inSegment(made: Made, key: string, is = true) {
  const segment = made.segments[key]
  return segment === undefined ? [] : [{ kind: 'segment', segment, is } as const]
}

/** The audience of a flow, where its segment was made. */
export function audienceOf(made: Made, key: string): { readonly audience?: number } {
  const audience = made.segments[key]
  return audience === undefined ? {} : { audience }
}

/** An amount given in won, in a shop's own currency: a thousand won stand for one unit of others. */
export function amountIn(currency: string, won: number): number {
  return currency === 'KRW' ? won : won / 1_000
}

/** A pool of personal codes; what is not said has no limit. */
export function personalCodes(
  of: Pick<PoolDraft, 'name' | 'discount'> & Partial<PoolDraft>,
): PoolDraft {
  return {
    minOrder: 0,
    validHours: null,
    endsAt: null,
    total: null,
    perPerson: { count: 1, days: 3_650 },
    firstOrderOnly: false,
    scope: null,
    codes: { kind: 'generated', prefix: '' },
    givesBack: true,
    notes: '',
    ...of,
  }
}
