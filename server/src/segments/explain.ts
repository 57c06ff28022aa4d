import type { Condition, Definition } from './definition.ts'
import { described } from './describe.ts'
import { evaluate, type View } from './evaluate.ts'
import { type Found, foundBehind, foundSentence } from './found.ts'

/** Why a person is in or not: the tree of conditions, each with its truth and what stands behind it. */
export type Explanation = {
  readonly kind: Condition['kind']
  /** Whether this part holds at `now`. */
  readonly holds: boolean
  /** The part as a sentence; groups too. */
  readonly sentence: Spoken
  /** What is known of the person for this condition. */
  readonly found: Found
  /** The same in words; empty when there is nothing to say. */
  readonly says: Spoken
  /** When time alone may next change it, UTC ms; null for never. */
  readonly nextFlipAt: number | null
  /** The parts of a group; empty for a condition. */
  readonly of: readonly Explanation[]
}
export type Spoken = { readonly ko: string; readonly en: string }

/** Explains a definition for a person by the very evaluator that judges on the line. Times are told in `zone`. */
export function explain(
  definition: Definition,
  view: View,
  at: { readonly now: number; readonly zone: string },
): Explanation {
  const whole = explained(definition.where, { ...view, internal: false }, at)
  return view.internal ? { ...whole, holds: false, says: ownPerson, nextFlipAt: null } : whole
}

const ownPerson: Spoken = {
  ko: '내부 직원으로 표시되어 어느 세그먼트에도 들지 않아요',
  en: 'marked as staff: in no segment',
}

function explained(
  condition: Condition,
  view: View,
  at: { readonly now: number; readonly zone: string },
): Explanation {
  const definition: Definition = { format: 1, where: condition }
  const { value, nextFlipAt } = evaluate(definition, view, at.now)
  const found = foundBehind(condition, view, at.now)
  return {
    kind: condition.kind,
    holds: value,
    sentence: described(definition),
    found,
    says: {
      ko: foundSentence(found, 'ko', at.zone),
      en: foundSentence(found, 'en', at.zone),
    },
    nextFlipAt: nextFlipAt === Infinity ? null : nextFlipAt,
    of: partsOf(condition).map((part) => explained(part, view, at)),
  }
}

function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of
    case 'not':
      return [condition.of]
    default:
      return []
  }
}

/** One part of an explanation, with how deep it stands in the tree: 0 is the whole. */
export type ExplainedPart = Omit<Explanation, 'of'> & { readonly depth: number }

/** The tree as a list, each part before what it is made of. */
export function explainedParts(whole: Explanation, depth = 0): readonly ExplainedPart[] {
  const { of, ...part } = whole
  return [{ ...part, depth }, ...of.flatMap((one) => explainedParts(one, depth + 1))]
}
