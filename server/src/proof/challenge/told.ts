import type { GoalMetric } from '../../campaigns/goal-metric.ts'
import type { EffectReport } from '../effect-report.ts'
import type { Cohort, Note } from './note.ts'

/** Everything the page tells. */
export type Told = {
  readonly shop: { readonly name: string; readonly currency: string }
  readonly campaign: { readonly name: string; readonly isDraft: boolean }
  readonly note: Note
  /** What the campaign is judged by. */
  readonly metric: GoalMetric
  /** `2026-11-22 14:05`; null: not written, or the campaign has not begun. */
  readonly proposedOn: string | null
  readonly startedOn: string | null
  readonly isFixedBefore: boolean
  /** Whom it is for, as a sentence. */
  readonly whom: string
  /** What it says, line by line. */
  readonly what: readonly string[]
  /** How long each person’s outcome is counted: `90일`. */
  readonly window: string
  /** Shares held out, as they were drawn by; before the start as planned. */
  readonly shares: readonly number[]
  /** It is shown on the shop’s pages: nothing is sent. */
  readonly isOnPage: boolean
  /** People who saw it, or whom it came to, and how many of them pressed it. */
  readonly exposure: { readonly days: number; readonly people: number; readonly pressed: number }
  readonly effect: EffectReport | null
  /** The period of the campaign and the equally long one before it; null where its trigger has no like in the past, or it has only begun. */
  readonly before: Earlier | 'early' | null
  readonly toldOn: string
  /** When the comparison was counted; null: there is none yet. */
  readonly countedOn: string | null
}

/** What happened in a period and in the one before it, of people who did `event`, each followed equally long. */
export type Earlier = {
  readonly now: Cohort
  readonly past: Cohort
  readonly event: string
  /** How long: `3일`. */
  readonly followed: string
}

/** Messages are sent, pages show. */
export function namesOf({ isOnPage }: Pick<Told, 'isOnPage'>) {
  return isOnPage
    ? { chosen: '보여주기로 한 사람', heldOut: '일부러 안 보여준 사람' }
    : { chosen: '보내기로 한 사람', heldOut: '일부러 안 보낸 사람' }
}

/** The outcome it is judged by as a page names it; profit is so called only once the shop has said its margin. */
export function outcomeName({ metric, effect }: Pick<Told, 'metric' | 'effect'>): string {
  if (metric !== 'profit') return outcomeNames[metric]
  return effect && effect.margin !== null ? '한 사람의 이익' : '한 사람의 매출 (쿠폰·발송비를 뺀)'
}

const outcomeNames: Readonly<Record<Exclude<GoalMetric, 'profit'>, string>> = {
  sign_up: '가입한 사람',
  revisit: '다시 온 사람',
  purchase: '산 사람',
  orders: '한 사람의 주문 수',
  revenue: '한 사람의 매출',
  completion: '구매 완료율',
}
