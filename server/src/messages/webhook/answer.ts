import { clean } from '../../events/clean.ts'
import { isJsonObject, type JsonObject } from '../../lib/json.ts'
import { parseJson } from '../../lib/json-parse.ts'

/** Most of an answer that is kept, bytes of JSON. */
const answerLimit = 8 * 1024

/**
 * What a server answered a call, for the flow that asked: a JSON object of at most 8 KB. Anything else is no answer; addresses
 * of people are left out, for they are kept in the clear nowhere.
 */
export function answerOf(words: string): JsonObject | undefined {
  const parsed = parseJson(words)
  if (parsed.kind === 'refused') return undefined
  const cleaned = clean(parsed.value, answerLimit)
  if (cleaned.kind === 'refused' || !isJsonObject(cleaned.value)) return undefined
  const { email: _, phone: __, ...kept } = cleaned.value
  return kept
}
