import type { Problem, ProblemCode } from './compose.ts'
import type { Rule } from './law/rule.ts'
import { law, named } from './law.ts'
import type { MessageContent } from './message-content.ts'

/** The rule of law or of the channel behind what keeps a message from being published; undefined where it is only a slip. */
function ruleBehind(code: ProblemCode, content: MessageContent): Rule | undefined {
  switch (code) {
    case 'sender_missing':
    case 'sender_hidden':
      return law.sender
    case 'label_imitated':
      return law.label
    case 'opt_out_missing':
      return content.channel === 'sms' ? law.freeRefusal : law.sender
    case 'looks_like_advertising':
      return content.channel === 'kakao' ? law.alimtalk : law.informational
    case 'kakao_template':
    case 'kakao_informational':
      return law.alimtalk
    case 'kakao_advertising':
    case 'kakao_limits':
      return law.brandMessage
    case 'shop_address_missing':
    case 'address_private':
    case 'template_wrong':
    case 'fact_unknown':
    case 'fact_needs_default':
    case 'layout_wrong':
    case 'picture_wordless':
    case 'coupon_missing':
    case 'coupon_unsaid':
    case 'place_unknown':
    case 'selector_missing':
    case 'silence_too_short':
    case 'trait_missing':
    case 'options_missing':
    case 'contact_missing':
    case 'unsendable':
    case 'too_long':
    case 'name_repeated':
    case 'kakao_variable':
      return undefined
  }
}

/** The problems, each with the rule it breaks. */
export function withRules(
  problems: readonly Problem[],
  content: MessageContent,
): readonly Problem[] {
  return problems.map((problem) => {
    const rule = ruleBehind(problem.code, content)
    return rule ? { ...problem, rule: named(rule) } : problem
  })
}
