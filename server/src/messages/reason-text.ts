import type { Rule } from './law/rule.ts'

/** What a reason is called in both languages, and the word of the decisions table for it. */
export type ReasonText = {
  readonly outcome: 'sent' | 'held' | 'refused' | 'would_send' | 'queued' | 'unconfirmed' | 'failed'
  readonly ko: string
  readonly en: string
  /** The rule that is behind it, where it is one of law or of the channel. */
  readonly rule?: Rule
}

/** A reason's text; the rule behind it where it is one of law or of the channel. */
export function say(
  outcome: ReasonText['outcome'],
  ...[ko, en, rule]: readonly [string, string, Rule?]
): ReasonText {
  return rule ? { outcome, ko, en, rule } : { outcome, ko, en }
}
