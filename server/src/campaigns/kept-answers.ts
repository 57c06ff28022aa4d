import type { Json } from '../lib/json.ts'
import type { Notes } from './enrolment.ts'

/** Most of what webhooks answered that one way keeps, characters of JSON. */
export const answersLength = 32_000

/**
 * The notes with one more answer of a webhook step. All answers of one way together have at most `answersLength`
 * characters of JSON: whoever would keep more forgets what was answered longest ago, and the newest is always kept (one has at
 * most 8 KB). A step that calls again replaces its own answer.
 */
export function withAnswer(
  notes: Notes,
  { step, answer }: { readonly step: number; readonly answer: Json },
): Notes {
  const { answers = {} } = notes
  const order = [...(notes.answered ?? Object.keys(answers).map(Number))]
  const answered = [...order.filter((one) => one !== step), step]
  const all: Record<string, Json> = { ...answers, [step]: answer }
  while (answered.length > 1 && JSON.stringify(all).length > answersLength)
    delete all[String(answered.shift())]
  return { ...notes, answers: all, answered }
}
