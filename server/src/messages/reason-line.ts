import { type NamedRule, named } from './law.ts'
import type { ReasonText } from './reason-text.ts'
import { decisionReasons } from './reasons.ts'

type ReasonLine = Pick<ReasonText, 'ko' | 'en'> & { readonly rule: NamedRule | null }

/** The line for a stored reason and the rule behind it; a reason this version does not know is shown as it is. */
export function reasonLine(reason: string): ReasonLine {
  const known: Readonly<Record<string, ReasonText>> = decisionReasons
  const text = Object.hasOwn(known, reason) ? known[reason] : undefined
  return {
    ko: text?.ko ?? reason,
    en: text?.en ?? reason,
    rule: text?.rule ? named(text.rule) : null,
  }
}
