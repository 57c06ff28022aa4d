import { channelRules } from './law/channel-rules.ts'
import { networkAct } from './law/network-act.ts'
import { privacyLaw } from './law/privacy.ts'
import type { Rule } from './law/rule.ts'

/**
 * The rules Danggol holds to, in the order they are shown. One list for refusals, the editor, the page of rules and
 * docs/guide/law.md. Engineering, not legal advice.
 */
export const law = { ...networkAct, ...privacyLaw, ...channelRules } as const satisfies Record<
  string,
  Rule
>

/** A rule as it stands beside a refusal. */
export type NamedRule = Pick<Rule, 'article' | 'text' | 'reviewed'>

/** What is shown of a rule beside a refusal; the page of rules says the rest. */
export function named({ article, text, reviewed }: Rule): NamedRule {
  return { article, text, reviewed }
}
