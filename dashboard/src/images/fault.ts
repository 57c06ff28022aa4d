import { faultInField, imageFaults } from '../../../server/src/images/faults.ts'
import { problemIn } from '../api/client.ts'
import type { Language } from '../app/language.ts'
import { problemSentence } from '../design/problem-words.ts'

/** Why a picture was not taken, in the reader's language. */
export function imageFaultSentence(error: unknown, language: Language): string {
  const problem = problemIn(error)
  const fault = faultInField(problem?.field)
  return fault ? imageFaults[fault][language] : problemSentence(problem, language)
}
